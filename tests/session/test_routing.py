"""Flows and tables in words, and what would be before a run."""

from sdx_studio import assets
from sdx_studio.engine.network.reading import Line
from sdx_studio.session import Session, routing
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.words import dictionary


def lot() -> tuple[Session, dict[str, str]]:
    """x, y, z behind three switches in a row, greedy flows over one and over both cables between them."""
    s = Session()
    ids = {name: s.place("client_pc", name=name, nic_speed="100 Gbit/s") for name in "xyz"}
    ids |= {name: s.place("switch", name=name) for name in ("s1", "s2", "s3")}
    for end, switch in zip("xyz", ("s1", "s2", "s3"), strict=True):
        s.connect(ids[end], ids[switch], bandwidth="100 Gbit/s")
    ids["a"] = s.connect(ids["s1"], ids["s2"], bandwidth="1 Gbit/s")
    ids["b"] = s.connect(ids["s2"], ids["s3"], bandwidth="1 Gbit/s", port_a="ge-0/1")
    for name, source, target in (("long", "x", "z"), ("one", "x", "y"), ("two", "y", "z"), ("three", "y", "z")):
        ids[name] = s.place("flow", name=name, source=ids[source], target=ids[target])
    return s, ids


def told(s: Session) -> dict[str, Line]:
    answer = routing.Preview(s.document).answer("routes", "")
    return {s.document.elements[line.id].name: line for line in answer["flows"]}


def test_before_a_run_the_limiting_link_is_named() -> None:
    s, ids = lot()
    found = told(s)
    assert {name: line.limit for name, line in found.items()} == {
        "long": ids["b"], "one": ids["a"], "two": ids["b"], "three": ids["b"],
    }  # fmt: skip
    assert routing.course(s.document, found["long"]) == "limited by s2-s3"
    cells = [column.words(s.document, found["long"]).replace("\u00a0", " ") for column in routing.FLOWS]
    assert cells[:5] == ["long", "x → z", "333 Mbit/s", "limited by s2-s3", "all it can get"]


def test_the_words_follow_the_language() -> None:
    s, _ids = lot()
    line = told(s)["long"]
    with dictionary.speaking("ja"):
        assert "s2-s3" in routing.course(s.document, line)


def test_an_edit_is_seen_when_the_preview_forgets() -> None:
    s, ids = lot()
    preview = routing.Preview(s.document)
    before = preview.answer("routes", "")
    s.set(ids["b"], bandwidth="10 Gbit/s")
    assert preview.answer("routes", "") == before
    preview.forget()
    limits = {line.limit for line in preview.answer("routes", "")["flows"] if line.id in (ids["long"], ids["one"])}
    assert limits == {ids["a"]}


def test_a_preview_shows_what_a_run_of_one_second_does() -> None:
    s, ids = lot()
    run = s.run(until=routing.GLIMPSE)
    for name, line in told(s).items():
        assert line.rate == run.value(f"flow:{name}", "net.rate")
    assert len(ids) == 12


def test_ports_have_the_names_of_the_drawing() -> None:
    s, ids = lot()
    table = routing.Preview(s.document).answer("tables", ids["s2"])["table"]
    shown = {port.cable: routing.port_words(ids["s2"], s.document, port.cable) for port in table.ports}
    assert shown[ids["b"]] == "ge-0/1 → s3"
    assert shown[ids["a"]] == "→ s1"
    title, columns, rows = routing.listing(table)
    assert title == "Forwarding table"
    cells = [[column.words(s.document, row) for column in columns] for row in rows]
    assert ["z", "ge-0/1 → s3", "", "2"] in cells
    assert routing.facts(s.document, table).startswith("spanning tree with root s1")


def test_programmed_nodes_come_first_and_only_what_forwards_is_listed() -> None:
    s = Session.open(assets.path("samples", "04-hop-by-hop-or-central.sdx"))
    names = [s.document.elements[id].name for id in routing.nodes(s.document)]
    assert names == ["s2", "t2", "u2", "v2", "w2", "s1", "t1", "u1", "v1", "w1"]


def test_a_running_model_answers_about_one_thing() -> None:
    s, ids = lot()
    live = Live(s, lambda: InlinePlayer(lambda: 0.0))
    live.seek(2.0)
    live.poll()
    live.ask("routes", f"traffic/{ids['one']}")
    live.ask("tables", ids["s3"])
    live.ask_totals()
    live.ask_measures()
    live.poll()
    assert live.told["routes"].figures["chosen"] == f"traffic/{ids['one']}"
    assert live.told["tables"].figures["table"].device == ids["s3"]
    assert live.told["totals"].figures == live.totals
    assert live.measured is live.told["measures"]
    live.reset()
    assert not live.told
    live.close()
