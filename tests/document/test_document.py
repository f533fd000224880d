"""Looking things up: by address, by trait, around and inside."""

import pytest

from sdx_studio.document import Act, Document, Element, Link, Properties, UnknownElementError
from sdx_studio.session import Session


def test_addresses_find_elements(lab: Session) -> None:
    document = lab.document
    host = document.find("host:a")
    assert document.element(host).name == "a"
    assert document.find("a") == host
    assert document.find(host) == host
    assert document.address(host) == "host:a"


def test_a_wrong_address_gets_a_suggestion(lab: Session) -> None:
    with pytest.raises(UnknownElementError, match="no element 'hots:a'; did you mean 'host:a'"):
        lab.document.find("hots:a")
    with pytest.raises(UnknownElementError, match=r"no element 'zzzzzz'$"):
        lab.document.find("zzzzzz")
    with pytest.raises(UnknownElementError, match="no element 'e9' in the project"):
        lab.document.element("e9")


def test_an_ambiguous_address_names_the_ids(session: Session) -> None:
    ids = sorted(session.place(key, name="twin") for key in ("host", "host", "switch"))
    with pytest.raises(UnknownElementError, match=r"'host:twin' names 2 elements; use one of the ids"):
        session.document.find("host:twin")
    with pytest.raises(UnknownElementError, match="'twin' names 3 elements"):
        session.document.find("twin")
    assert [session.document.address(id) for id in ids] == [ids[0], ids[1], "switch:twin"]


def test_addresses_of_links_name_both_ends(lab: Session) -> None:
    first = lab.document.links_of(lab.document.find("host:a"))[0].id
    assert lab.document.address(first) == "link:a-sw"
    second = lab.connect("host:a", "switch:sw")
    assert lab.document.address(first) == f"link:a-sw#{first}"
    assert lab.document.address(second) == f"link:a-sw#{second}"
    assert lab.document.address("nowhere") == "nowhere"
    assert lab.document.find(second) == second


def test_around_and_inside(lab: Session) -> None:
    document = lab.document
    vm = next(id for id, one in document.elements.items() if one.kind == "vm")
    kinds = [document.element(id).kind for id in document.above(vm)]
    assert kinds == ["hypervisor", "host", "rack", "site"]
    assert document.ancestor(vm, "machine") == document.find("host:a")
    assert document.ancestor(vm, "store") is None
    assert vm in document.below(document.find("site:dc"))
    assert document.below(vm) == ()
    assert document.having("machine") == tuple(sorted(document.find(f"host:{name}") for name in "ab"))
    assert "guest" in document.traits(vm)


def test_children_come_in_drawing_order() -> None:
    document = Document(
        [Element("e1", "host", "a", order=3), Element("e2", "host", "b", order=1), Element("e3", "host", "c")]
    )
    assert document.children(None) == ("e3", "e2", "e1")
    assert document.children("e1") == ()


def test_values_are_defaults_unless_set() -> None:
    document = Document([Element("e1", "host", "a", fields={"cores": 4})])
    values = document.values("e1")
    assert (values["cores"], values["units"]) == (4, 2)
    assert len(values) == len(document.kind_of("e1").fields)
    assert set(values) == set(document.kind_of("e1").by_key)


def test_an_unknown_kind_is_a_placeholder() -> None:
    document = Document([Element("e1", "warp_drive", "w", fields={"speed": 9})])
    assert document.kind_of("e1").traits == ("placeholder",)
    assert document.kind_of("e1").label == "warp_drive"
    assert document.values("e1")["speed"] == 9


def test_records_with_the_same_id_replace_each_other() -> None:
    document = Document([Element("e1", "host", "a"), Element("e1", "switch", "b"), Properties(title="T"),
                         Link("l1", "e1", "e1"), Act("s1", 1.0, "fail", "e1")])  # fmt: skip
    assert document.element("e1").kind == "switch"
    assert document.properties.title == "T"
    assert document.find("switch:b") == "e1"
    assert len(document.scenario) == 1
    with pytest.raises(UnknownElementError):
        document.find("host:a")


def test_the_tables_are_read_only(lab: Session) -> None:
    with pytest.raises(TypeError):
        lab.document.elements["e1"] = None  # type: ignore[index]


def test_circles_in_a_damaged_document_end() -> None:
    document = Document([Element("e1", "site", "a", parent="e2"), Element("e2", "site", "b", parent="e1")])
    assert document.above("e1") == ("e2", "e1")


def test_new_names_are_free(session: Session) -> None:
    session.place("host", name="host-02")
    assert [session.document.element(session.place("host")).name for _ in range(2)] == ["host-01", "host-03"]


def test_cables_with_equal_ends_have_addresses_of_their_own() -> None:
    document = Document(
        [
            Element("e1", "host", "x"), Element("e2", "host", "x"), Element("e3", "switch", "sw"),
            Element("e4", "switch", "x-sw"), Element("e5", "host", "b"), Element("e6", "switch", "sw-b"),
            Link("l1", "e1", "e3"), Link("l2", "e2", "e3"), Link("l3", "e4", "e5"), Link("l4", "e1", "e6"),
            Link("l5", "e3", "e4"),
        ]
    )  # fmt: skip
    addresses = {id: document.address(id) for id in document.links}
    assert len(set(addresses.values())) == 5
    assert addresses["l5"] == "link:sw-x-sw"
    assert {document.find(address): address for address in addresses.values()} == addresses
    with pytest.raises(UnknownElementError):
        document.find("link:x-sw")
    with pytest.raises(UnknownElementError):
        document.find("link:sw-x-sw#l1")
