"""Cut out and put in: names and identities are new, references lead to the copies, undo gives the same bytes back."""

import json

import pytest
from editing import OPERATIONS, attempt, consistent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdx_studio.document import EditError
from sdx_studio.document.checks import problems
from sdx_studio.document.clipboard import cut_out, drawn, put_in
from sdx_studio.document.clipboard.naming import Names
from sdx_studio.exchange.native import dump, parse
from sdx_studio.kinds.identity import fresh
from sdx_studio.session import Session, copying


def put(session: Session, text: str, **where: object) -> tuple[str, ...]:
    with session.history.edit("Paste") as edit:
        return put_in(edit, text, **where)  # type: ignore[arg-type]


def named(session: Session, ids: tuple[str, ...]) -> list[str]:
    return [session.document.element(id).name for id in ids]


def test_links_and_references_inside_lead_to_the_copies(lab: Session) -> None:
    document = lab.document
    before = dump(document)
    chosen = [document.find(one) for one in ("rack:r1", "san", "sw", "cluster:c1", "f1")]
    new = put(lab, cut_out(document, chosen))
    rack, array, cluster, _switch, flow = new
    hosts = tuple(document.children(rack))
    assert named(lab, new) == ["r2", "san-02", "c2", "sw-02", "f2"]
    assert document.values(cluster)["members"] == hosts
    assert (document.values(flow)["source"], document.values(flow)["target"]) == hosts
    volume = next(id for id in document.children(array) if "blocks" in document.traits(id))
    vms = [id for id in document.below(rack) if "mobile" in document.traits(id)]
    assert [document.values(id)["disk"] for id in vms] == [volume, volume]
    copies = [link for link in document.links.values() if link.a in hosts or link.a == array]
    assert len(copies) == 3
    assert len(document.scenario) == 1, "acts are not copied"
    assert lab.history.labels[-1] == "Paste"
    consistent(document)
    lab.undo()
    assert dump(document) == before


def test_a_reference_to_what_is_left_behind_stays_only_where_that_is(lab: Session) -> None:
    text = cut_out(lab.document, [lab.document.find("vm-" + lab.document.find("host:a"))])
    volume = lab.document.find("v1")
    assert lab.document.values(put(lab, text)[0])["disk"] == volume
    other = Session()
    for index in range(20):
        other.place("host", name=f"h{index}")
    host = other.document.find("h3")
    vm = put(other, text, parent=host)[0]
    assert volume in other.document.elements, "another element has that id"
    assert other.document.values(vm)["disk"] is None


def test_where_copies_go(session: Session) -> None:
    a, b = (session.place("host", name=name, x=500 * index) for index, name in enumerate("ab"))
    switch = session.place("switch", x=40, y=400)
    vm = session.place("vm", on=a, name="web01")
    document = session.document
    text = cut_out(document, [vm])
    assert document.ancestor(put(session, text)[0], "machine") == a, "beside the original"
    copy = put(session, text, parent=b)[0]
    assert document.ancestor(copy, "machine") == b
    assert "layer" in document.traits(document.element(copy).parent or ""), "the layer in between came by itself"
    assert document.ancestor(put(session, text, parent=copy)[0], "machine") == b, "beside one of its kind, not in it"
    assert document.ancestor(put(session, text, at=(600, 100), over=b)[0], "machine") == b
    before = dump(document)
    with pytest.raises(EditError, match="A switch cannot hold a VM"):
        put(session, text, parent=switch)
    assert dump(document) == before
    with pytest.raises(EditError, match="A VM needs a place"):
        put(Session(), text)
    session.set(b, memory="24 GiB")
    big = session.place("vm", on=a, memory="30 GiB")
    before, steps = dump(document), session.history.labels
    with pytest.raises(EditError, match="Needs 30 GiB"):
        put(session, cut_out(document, [big]), parent=b)
    assert (dump(document), session.history.labels) == (before, steps)


def test_copies_step_on_and_keep_their_arrangement(session: Session) -> None:
    a, b = session.place("switch", x=0, y=0), session.place("switch", x=200, y=80)
    text = cut_out(session.document, [a, b])
    pasted = [[session.document.element(id) for id in put(session, text)] for _ in range(3)]
    spots = [[(one.x, one.y) for one in each] for each in pasted]
    assert spots == [[(24 * n, 24 * n), (200 + 24 * n, 80 + 24 * n)] for n in (1, 2, 3)]
    site = session.place("site", x=1000, y=1000)
    new = put(session, text, at=(1300, 1200), over=site)
    one, two = (session.document.element(id) for id in new)
    assert (one.parent, two.parent) == (site, site)
    assert (two.x - one.x, two.y - one.y) == (200, 80)
    assert abs(1000 + (one.x + two.x + 148) / 2 - 1300) <= 4
    text = copying.cut(session, (a, b))
    back = copying.paste(session, text)
    assert named(session, back) == ["sw-01", "sw-02"]
    assert [session.document.element(id).x for id in back] == [0, 200], "what was cut comes back to where it was"


def test_identities_are_new(session: Session) -> None:
    host = session.place("host")
    vm = session.place("vm", on=host, mac="52:54:00:12:34:ff")
    macs = {session.document.values(id)["mac"] for id in (vm, *(copying.duplicate(session, [vm])[0] for _ in range(3)))}
    assert macs == {"52:54:00:12:34:ff", "52:54:00:12:35:00", "52:54:00:12:35:01", "52:54:00:12:35:02"}
    session.set(vm, mac="52:54:00:12:35:00")
    assert any("MAC address 52:54:00:12:35:00" in one.text for one in problems(session.document))


def test_the_next_address() -> None:
    assert fresh("aa-bb-cc-ff-ff-ff", {"aa-bb-cc-ff-ff-ff"}) == "aa-bb-cc-00-00-00"
    assert fresh("AA:BB:CC:00:00:0F", {"AA:BB:CC:00:00:10"}) == "AA:BB:CC:00:00:11"
    assert fresh("10.0.0.254", {"10.0.0.1"}) == "10.0.0.2"
    assert fresh("anything", ()) == ""


def test_names() -> None:
    names = Names(["vm-01", "vm-02", "db", "7", "x" * 5000 + "9" * 5000])
    assert [names.give("vm-01", "vm") for _ in range(2)] == ["vm-03", "vm-04"]
    assert [names.give(one, "vm") for one in ("db", "db", "", " ", "7", "new")] == [
        "db-02", "db-03", "vm-05", "vm-06", "8", "new",
    ]  # fmt: skip
    assert len(names.give("x" * 5000 + "9" * 5000, "vm")) > 10000


def test_unknown_kinds_and_members_come_along() -> None:
    data = b"""{"format": "sdx-project", "version": 1, "elements": [
        {"id": "e1", "kind": "warp_core", "name": "w1", "power": 9, "fields": {"deep": {"a": [1]}, "flux": 3}}]}"""
    session = Session(parse(data, "x").document)
    new = put(session, cut_out(session.document, ["e1"]))[0]
    one = session.document.element(new)
    assert (one.kind, one.name, one.fields["flux"], one.extra["power"]) == ("warp_core", "w2", 3, 9)
    assert dump(parse(dump(session.document), "x").document) == dump(session.document)


# damaged text --------------------------------------------------------------------------------------------------------


def _sample(session: Session) -> str:
    return cut_out(session.document, list(session.document.elements))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tree: tree.update(version=2), "need format 2"),
        (lambda tree: tree.update(format="other"), "holds no parts"),
        (lambda tree: tree.update(elements=[]), "holds no parts"),
        (lambda tree: tree["elements"].append(tree["elements"][0]), "taken twice"),
        (lambda tree: tree["elements"][0].update(parent=tree["elements"][1]["id"]), "cannot hold|inside itself"),
        (lambda tree: tree["links"][0].update(a="nobody"), "no element “nobody”"),
        (lambda tree: tree["links"][0].update(b=tree["links"][0]["a"]), "both ends"),
        (lambda tree: tree["links"][0].update(route="zigzag"), "zigzag"),
        (lambda tree: tree["elements"][0].update(fields={"pue": "2"}), "no number"),
        (lambda tree: tree["elements"][0].update(fields={"pue": -1}), "outside"),
        (lambda tree: tree["elements"][0].update(extra={"id": "e9"}), "another sort"),
        (lambda tree: tree["elements"][0].update(extra={"fields": {"pue": {}}}), "another sort"),
        (lambda tree: tree["elements"][0].update(extra={"big": 10**40}), "another sort"),
        (lambda tree: tree["elements"][0].update(x=1e300), "damaged"),
    ],
)
def test_damaged_text_is_refused_in_words(lab: Session, change: object, said: str) -> None:
    tree = json.loads(_sample(lab))
    assert tree["elements"][0]["kind"] == "site"
    change(tree)  # type: ignore[operator]
    before, steps = dump(lab.document), lab.history.labels
    with pytest.raises(EditError, match=said):
        put(lab, json.dumps(tree))
    assert (dump(lab.document), lab.history.labels) == (before, steps)


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"format": "sdx-elements"', '["sdx-elements"]', "\0",
                                  '{"format": "sdx-elements", "version": 1, "x": ' + "[" * 5000])  # fmt: skip
def test_foreign_text_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="clipboard"):
        put(Session(), text)


def _leaves(tree: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(one for key, value in items for one in _leaves(value, (*path, key)))]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=6),
    st.sampled_from(["e0001", "e0003", "vm", "host", "disk", "", "é\0"]), st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_but_an_edit_error_and_nothing_half_done(data: st.DataObject) -> None:
    session = Session()
    host = session.place("host")
    vm = session.place("vm", on=host, memory="1 GiB")
    session.connect(host, session.place("switch"))
    session.place("cluster", members=[host])
    session.place("vm", on=host, template=vm)
    tree = json.loads(_sample(session))
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from([one for one in _leaves(tree) if one]))
        holder = tree
        for key in path:
            holder = holder[key]
        if isinstance(holder, dict) and data.draw(st.booleans()):
            last = data.draw(st.sampled_from(["id", "parent", "fields", "extra", "taken", "memory", "template", "ha"]))
        holder[last] = data.draw(VALUES)
    text = json.dumps(tree)
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(text))))
    before = dump(session.document)
    try:
        put(session, text if cut is None else text[:cut])
    except EditError:
        assert dump(session.document) == before
        return
    consistent(session.document)
    after = dump(session.document)
    assert dump(parse(after, "lab.sdx").document) == after
    session.undo()
    assert dump(session.document) == before


# any drawing ---------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 999), st.integers(0, 999)), max_size=25),
       st.lists(st.integers(0, 999), min_size=1, max_size=5), st.booleans())  # fmt: skip
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_copies_of_any_drawing(steps: list, picks: list[int], linked: bool) -> None:
    session = Session()
    for operation, a, b in steps:
        attempt(operation, session, a, b)
    document = session.document
    if not document.elements:
        return
    known = sorted(document.elements)
    chosen = tuple(dict.fromkeys(known[number % len(known)] for number in picks))
    before, count = dump(document), len(document.elements)
    names = [one.name for one in document.elements.values()]
    text = cut_out(document, chosen)
    drawn(text)
    assert dump(document) == before
    try:
        new = (copying.paste_linked if linked else copying.paste)(session, text)
    except EditError:
        assert dump(document) == before
        return
    consistent(document)
    copies = [document.element(each) for one in new for each in (one, *document.below(one))]
    fresh_names = [one.name for one in copies]
    assert len(set(fresh_names)) == len(fresh_names)
    assert not set(fresh_names) & set(names)
    assert len(document.elements) >= count + len(copies)
    inside = {one for id in chosen for one in (id, *document.below(id))}
    for one in copies:
        for field in document.kind_of(one.id).fields:
            if field.type == "reference" and not (linked and field.inherits):
                assert one.fields.get(field.key) not in inside
    after = dump(document)
    assert dump(parse(after, "lab.sdx").document) == after
    session.undo()
    assert dump(document) == before
    session.redo()
    assert dump(document) == after
