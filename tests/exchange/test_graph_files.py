"""GraphML and GML: real files whole, and one case for each oddity."""

import math
import re
from pathlib import Path

import pytest
import samples

from sdx_studio.exchange import FileError, Opened, load
from sdx_studio.exchange.graphs.demands import Line, gravity
from sdx_studio.exchange.graphs.placing import fibre_delay
from sdx_studio.exchange.native import dump, parse

ZOO = sorted((samples.DATA / "topology-zoo").glob("*.graphml"))
KEYS = (
    '<key id="n" for="node" attr.name="label" attr.type="string"/>'
    '<key id="o" for="node" attr.name="Longitude" attr.type="double"/>'
    '<key id="a" for="node" attr.name="Latitude" attr.type="double"/>'
    '<key id="p" for="node" attr.name="Population" attr.type="double"/>'
    '<key id="r" for="edge" attr.name="LinkSpeedRaw" attr.type="double"/>'
    '<key id="s" for="edge" attr.name="LinkSpeed" attr.type="string"/>'
    '<key id="u" for="edge" attr.name="LinkSpeedUnits" attr.type="string"/>'
)


def graphml(body: str, tmp_path: Path, edges: str = "undirected", **options: str) -> Opened:
    path = tmp_path / "a.graphml"
    graph = f'<graph edgedefault="{edges}">{body}</graph>'
    path.write_text(f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{KEYS}{graph}</graphml>')
    return load(path, options=options)


def node(id: str, label: str = "", east: float | None = None, north: float | None = None) -> str:
    place = f'<data key="o">{east}</data><data key="a">{north}</data>' if east is not None else ""
    words = f'<data key="n">{label}</data>' if label else ""
    return f'<node id="{id}">{words}{place}</node>'


def edge(a: str, b: str, inner: str = "") -> str:
    return f'<edge source="{a}" target="{b}">{inner}</edge>'


def names(opened: Opened) -> list[str]:
    return [one.name for one in opened.document.elements.values()]


def test_the_real_files_are_there_or_skipped(real_data: Path) -> None:
    assert len(ZOO) == len(list((real_data / "topology-zoo").iterdir()))


@pytest.mark.parametrize("path", ZOO, ids=lambda path: path.stem)
def test_real_networks(path: Path) -> None:
    opened = load(path, options={"demands": "gravity"})
    document = opened.document
    text = path.read_text()
    routers = [one for one in document.elements.values() if one.kind == "router"]
    assert len(routers) == len(re.findall(r"<node ", text))
    assert len(document.links) == len(re.findall(r"<edge ", text))
    assert len({one.name for one in routers}) == len(routers)
    assert len([one for one in document.elements.values() if one.kind == "flow"]) == min(2 * len(routers), 400)
    assert document.properties.title
    spots = [(one.x, one.y) for one in routers]
    assert not any(abs(a[0] - b[0]) < 150 and abs(a[1] - b[1]) < 48 for i, a in enumerate(spots) for b in spots[:i])
    data = dump(document)
    assert dump(parse(data, "a").document) == data
    assert dump(load(path, options={"demands": "gravity"}).document) == data


def test_speeds_positions_and_delays(real_data: Path) -> None:
    document = load(real_data / "topology-zoo" / "Geant2012.graphml").document
    speeds = {link.fields["bandwidth"] for link in document.links.values()}
    assert {1e10, 1e9} <= speeds
    abilene = load(real_data / "topology-zoo" / "Abilene.graphml").document
    york, seattle = (abilene.element(abilene.find(name)) for name in ("New York", "Seattle"))
    houston = abilene.element(abilene.find("Houston"))
    assert seattle.x < houston.x < york.x
    assert seattle.y < york.y < houston.y
    delays = {abilene.address(id): link.fields["latency"] for id, link in abilene.links.items()}
    expected = fibre_delay((-74.00597, 40.71427), (-77.03637, 38.89511))
    assert delays["link:New York-Washington DC"] == pytest.approx(expected, rel=1e-3)


def test_great_circle() -> None:
    quarter = fibre_delay((0, 0), (90, 0))
    assert quarter == pytest.approx(math.pi / 2 * 6371 / 200_000)
    assert fibre_delay((179, 10), (-179, 10)) == pytest.approx(fibre_delay((1, 10), (-1, 10)))


def test_oddities_get_one_notice_each(tmp_path: Path) -> None:
    body = (
        node("1", "A", 0, 50) + node("2", "A", 0, 50) + node("3", "B", 5, 51) + node("4") + node("3", "C")
        + edge("1", "1") + edge("1", "2") + edge("2", "1") + edge("3", "9") + "<edge source='1'/>"
        + "<hyperedge><endpoint node='1'/><endpoint node='2'/><endpoint node='3'/></hyperedge>"
        + "<node id='5'><port name='p'/><graph id='inner'><node id='6'/></graph></node>"
    )  # fmt: skip
    opened = graphml(body, tmp_path)
    assert names(opened) == ["A", "A (2)", "B", "4", "5", "6", "9", "segment"]
    assert len(opened.document.links) == 6
    for words in (
        "1 edges from a node to itself", "1 further edges between the same nodes", "1 repeated names got a number: A",
        "1 nodes with an id that was taken", "1 nodes that only edges name", "1 edges with fewer than two ends",
        "1 edges with more than two ends became switches", "1 nodes have ports", "1 further or nested graphs",
        "4 nodes without a position", "2 nodes at the same position", "6 edges without a speed got 1 Gbit/s",
    ):  # fmt: skip
        assert sum(notice.startswith(words) for notice in opened.notices) == 1, (words, opened.notices)


def test_directed_edges_there_and_back_are_one_cable(tmp_path: Path) -> None:
    opened = graphml(node("a") + node("b") + edge("a", "b") + edge("b", "a") + edge("a", "b"), tmp_path, "directed")
    assert len(opened.document.links) == 2
    assert any("there and back" in notice for notice in opened.notices)


@pytest.mark.parametrize(
    ("inner", "speed"),
    [
        ("<data key='r'>45000000.0</data>", 45e6),
        ("<data key='s'>2.5</data><data key='u'>G</data>", 2.5e9),
        ("<data key='s'>155</data><data key='u'>Mbps</data>", 155e6),
        ("<data key='s'>10 Gbit/s</data>", 1e10),
        ("<data key='r'>-5</data>", 1e9),
        ("<data key='r'>nan</data>", 1e9),
        ("<data key='r'>fast</data>", 1e9),
        ("", 1e9),
    ],
)
def test_speeds(inner: str, speed: float, tmp_path: Path) -> None:
    opened = graphml(node("a") + node("b") + edge("a", "b", inner), tmp_path)
    assert [link.fields["bandwidth"] for link in opened.document.links.values()] == [speed]


def test_an_empty_graph_and_a_single_node(tmp_path: Path) -> None:
    assert not graphml("", tmp_path, demands="gravity").document.elements
    assert len(graphml(node("a"), tmp_path, demands="gravity").document.elements) == 1


def test_nodes_without_any_position_do_not_overlap(tmp_path: Path) -> None:
    body = "".join(node(str(i)) for i in range(60)) + "".join(edge(str(i), str(i // 3)) for i in range(1, 50))
    spots = [(one.x, one.y) for one in graphml(body, tmp_path).document.elements.values()]
    assert not any(abs(a[0] - b[0]) < 150 and abs(a[1] - b[1]) < 48 for i, a in enumerate(spots) for b in spots[:i])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<graphml>\n<graph>", "no well-formed XML", 2),
        ("<graphml>\n</graph>", "no well-formed XML: mismatched tag", 2),
        ("<!DOCTYPE graphml [<!ENTITY a 'b'>]><graphml><graph/></graphml>", "document types and entities", 1),
        ("<graphml/>", "no <graph>", 1),
        ("<?xml version='1.0'?>\n<!-- x -->\n<svg/>", "<svg> is no GraphML", 3),
        ("<?xml version='1.0' encoding='klingon'?><graphml/>", "no ", 1),
    ],
)
def test_what_is_no_graphml_is_refused(tmp_path: Path, text: str, message: str, line: int) -> None:
    path = tmp_path / "a.graphml"
    path.write_text(text)
    with pytest.raises(FileError) as caught:
        load(path, "graphml")
    assert message in str(caught.value)
    assert caught.value.line == line


def test_demands_fill_the_busiest_cable_to_nine_tenths() -> None:
    lines = [Line("a", "b", 1e9), Line("b", "c", 1e8), Line("c", "d", 1e9)]
    found = gravity({"a": 1, "b": 2, "c": 2, "d": 1}, lines, 100)
    assert len(found) == 12
    over = sum(one.rate for one in found if one.source in "ab" and one.target in "cd")
    assert over == pytest.approx(0.9e8, rel=1e-3)
    assert found[0].rate == max(one.rate for one in found)


def test_demands_follow_the_option(tmp_path: Path) -> None:
    body = node("a", "A") + node("b", "B") + node("c", "C") + edge("a", "b") + edge("b", "c")
    assert len(graphml(body, tmp_path).document.elements) == 3
    assert len(graphml(body, tmp_path, demands="gravity:2").document.elements) == 5
    flows = [one for one in graphml(body, tmp_path, demands="gravity").document.elements.values() if one.kind == "flow"]
    assert len(flows) == 6
    assert flows[0].name in ("A → B", "B → A", "C → B", "B → C")
    assert min(one.x for one in flows) > max(one.x for one in graphml(body, tmp_path).document.elements.values()) + 150
    for wish in ("gravitas", "gravity:x", "gravity:-1"):
        with pytest.raises(FileError, match="allowed: none, gravity, gravity:N"):
            graphml(body, tmp_path, demands=wish)


def test_population_weighs_when_it_is_there(tmp_path: Path) -> None:
    people = {"a": 9_000_000, "b": 10, "c": 5_000_000}
    body = "".join(f'<node id="{key}"><data key="p">{count}</data></node>' for key, count in people.items())
    opened = graphml(body + edge("a", "b") + edge("b", "c"), tmp_path, demands="gravity:2")
    assert {one.name for one in opened.document.elements.values() if one.kind == "flow"} == {"a → c", "c → a"}


GML = """Creator "x"
graph [
  label "Net" directed 0
  node [ id 1 label "A &amp; B" graphics [ x 10 y 20.5 ] ]
  node [ id 2.0 label "C" graphics [ x 400 y 20 ] ]
  # a remark
  edge [ source 1 target "2" LinkSpeedRaw 1E9 value +INF ]
]
"""


def test_gml(tmp_path: Path) -> None:
    path = tmp_path / "a.gml"
    path.write_text(GML)
    opened = load(path)
    assert names(opened) == ["A & B", "C"]
    assert opened.document.properties.title == "Net"
    assert [link.fields["bandwidth"] for link in opened.document.links.values()] == [1e9]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("graph [\n node [ id 1 ]", "the list that begins in line 1 is not closed", 2),
        ('graph [\n node [ label "a" ] ]', "node: it has no id", 2),
        ("graph [ node [ id 1 ]\n edge [ source 1 ] ]", "edge: it has no target", 2),
        ("graph [ ] ]", "closes nothing", 1),
        ("graph [ id ]", "closes nothing", 1),
        ('graph\n[ label "abc ]', "never ends", 2),
        ("graph [ id hello ]", "“hello” is no value", 1),
        ("graph [ [ ] ]", "a name is needed", 1),
        ("graph", "has no value", 1),
        ("nodes [ ]", "no GML", 1),
        ("", "no GML", 1),
    ],
)
def test_what_is_no_gml_is_refused(tmp_path: Path, text: str, message: str, line: int) -> None:
    path = tmp_path / "a.gml"
    path.write_text(text)
    with pytest.raises(FileError) as caught:
        load(path, "gml")
    assert message in str(caught.value)
    assert caught.value.line == line


def test_gml_nested_a_thousand_deep_and_edges_to_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.gml"
    path.write_text("graph [ node [ id 1 " + "a [ " * 5000 + "]" * 5000 + " ] edge [ source 1 target 7 ] ]")
    assert names(load(path)) == ["1", "7"]


def test_export_and_import_again(tmp_path: Path) -> None:
    from sdx_studio.exchange import store

    document = parse(samples.data(elements__0__name='a<b>&"c"\x01'), "a").document
    store(document, tmp_path / "out.graphml")
    again = load(tmp_path / "out.graphml").document
    assert sorted(one.name for one in again.elements.values()) == ['a<b>&"c"', "sw"]
    assert [link.fields["bandwidth"] for link in again.links.values()] == [1e9]
    assert again.properties.title == "Lab"
