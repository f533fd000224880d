"""A fork goes on from the same moment, with its own drawing; kept in place of the first it is one step."""

import pytest

from sdx_studio.exchange.native import dump
from sdx_studio.session import Session, forking
from sdx_studio.session.comparing import compare, figures
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def cluster(hosts: int = 3) -> Session:
    """Hosts in a cluster with six VMs on the first one, on shared storage."""
    s = Session()
    switch, array = s.place("switch"), s.place("storage_array")
    s.place("disk", on=array)
    made = [s.place("host", name=f"esx-{at}", cores=8, memory="64 GiB") for at in range(hosts)]
    for host in made:
        s.connect(host, switch)
        s.connect(host, array)
    for at in range(6):
        volume = s.place("volume", on=array, size="20 GiB")
        s.place("vm", on=made[0], name=f"vm-{at}", vcpus=2, memory="8 GiB", disk=volume)
    s.place("cluster", name="ha", members=made)
    return s


def at_moment(session: Session, seconds: float) -> Live:
    live = Live(session, lambda: InlinePlayer(Clock()))
    live.seek(seconds)
    live.poll()
    live.latest()
    return live


def test_a_fork_is_at_the_same_moment_with_the_same_past() -> None:
    live = at_moment(cluster(), 20)
    live.act("fail", live.session.document.find("esx-0"))
    live.seek(60)
    live.poll(), live.latest()
    made = forking.fork(live, lambda: InlinePlayer(Clock()))
    assert made.time == live.time == 60
    assert made.events == live.events
    assert made.player.state_hash() == live.player.state_hash()
    for one in (live, made):
        one.seek(200)
        one.poll(), one.latest()
    assert made.player.state_hash() == live.player.state_hash()
    assert made.events == live.events


def test_what_was_done_by_hand_later_comes_in_the_fork_as_well() -> None:
    live = at_moment(cluster(), 30)
    live.act("fail", live.session.document.find("esx-0"))
    live.seek(120)
    live.poll(), live.latest()
    live.seek(29)
    live.poll(), live.latest()
    made = forking.fork(live, lambda: InlinePlayer(Clock()))
    assert [(act.at, act.verb) for act in made.session.document.scenario.values()] == [(30, "fail")]
    assert not made.session.history.modified
    for one in (live, made):
        one.seek(120)
        one.poll(), one.latest()
    assert [(event.time, event.kind, event.element) for event in made.events] == [
        (event.time, event.kind, event.element) for event in live.events
    ]
    assert live.player.world.totals() == made.player.world.totals()


def test_one_thing_changed_makes_the_difference_that_the_table_tells() -> None:
    live = at_moment(cluster(hosts=1), 29)
    made = forking.fork(live, lambda: InlinePlayer(Clock()))
    s = made.session
    document = s.document
    spare = s.place("host", name="esx-new", cores=8, memory="64 GiB")
    s.connect(spare, document.find("sw-01"))
    s.connect(spare, next(id for id in document.having("store") if document.children(id)))
    cluster_id = next(id for id, one in document.elements.items() if one.name == "ha")
    s.set(cluster_id, members=[document.find("esx-0"), spare])
    for one in (live, made):
        one.seek(30)
        one.act("fail", document.find("esx-0"))
        one.seek(3000)
        one.ask_totals()
        one.poll(), one.latest()
    a, b = (figures(one.session.document, *one.player.latest(), one.totals) for one in (live, made))
    rows = {row.key: row for row in compare(a, b)}
    assert a["outage_s"] == pytest.approx(6 * 2970)
    assert b["outage_s"] < a["outage_s"] / 2
    assert rows["outage_s"].better == "b"
    assert rows["hosts"].better == "a"
    assert (a["hosts"], b["hosts"]) == (0, 1)
    assert b["outage_s"] == made.player.world.totals()["outage_s"]


def test_kept_in_place_of_the_first_it_is_one_step() -> None:
    live = at_moment(cluster(), 10)
    first = live.session
    before = dump(first.document)
    made = forking.fork(live, lambda: InlinePlayer(Clock()))
    other = made.session
    other.remove("esx-2")
    rack = other.place("rack", name="new rack")
    host = other.place("host", on=rack, name="esx-9")
    other.connect(host, "sw-01")
    other.rename("vm-3", "database")
    other.do("fail", "esx-1", at=50)
    forking.take_over(first, other)
    assert dump(first.document) == dump(other.document)
    assert first.history.labels[-1] == "Keep B in place of A"
    first.undo()
    assert dump(first.document) == before
