"""Migrate to …: the list of machines, by keys, at rest and while the model runs."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sdx_studio import Session


def lab() -> tuple[Session, str]:
    s = Session()
    hosts = [s.place("host", name=name, x=400 * at, y=0) for at, name in enumerate(("alpha", "beta", "gamma"))]
    switch = s.place("switch", name="sw", x=400, y=400)
    for host in hosts:
        s.connect(host, switch)
    guest = s.place("vm", on=hosts[0], name="web", memory="2 GiB")
    s.place("vm", on=hosts[1], name="db", memory="2 GiB")
    s.place("container", on=hosts[2], name="box")
    return s, guest


def test_the_list_tells_where_a_guest_can_go(bench) -> None:
    session, guest = lab()
    bench.window.take(session)
    window, picker = bench.window, bench.window.ways.mover
    assert not window.actions_by_id["simulation.migrate"].isEnabled(), "nothing is selected"
    window.canvas.select((guest,))
    bench.trigger("simulation.migrate")
    assert picker.isVisible()
    rows = {row.title: row for row in picker.model.rows}
    assert [row.title for row in picker.model.rows] == ["beta", "alpha", "gamma"], "where it can go comes first"
    assert rows["beta"].enabled
    assert rows["alpha"].note == "It is already there."
    assert not rows["gamma"].enabled
    assert rows["gamma"].note, "an OS lies on the bare machine there"
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert not session.document.scenario


def test_at_rest_it_is_planned(bench) -> None:
    session, guest = lab()
    bench.window.take(session)
    bench.window.canvas.select((guest,))
    bench.trigger("simulation.migrate")
    picker = bench.window.ways.mover
    QTest.keyClicks(picker.field, "bet")
    assert [row.title for row in picker.model.rows] == ["beta"]
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    (act,) = session.document.scenario.values()
    assert (act.verb, act.target, act.fields["to"]) == ("migrate", guest, session.document.find("beta"))
    assert not picker.isVisible()


def test_while_it_runs_the_guest_goes(bench) -> None:
    session, guest = lab()
    bench.window.take(session)
    window = bench.window
    bench.trigger("simulation.play")
    bench.let_pass(1.0)
    window.canvas.select((guest,))
    bench.trigger("simulation.migrate")
    QTest.keyClicks(window.ways.mover.field, "beta")
    QTest.keyClick(window.ways.mover.field, Qt.Key.Key_Return)
    bench.let_pass(3.0)
    kinds = [event.kind for event in window.live.events]
    assert "migration.started" in kinds
    assert not session.document.scenario
