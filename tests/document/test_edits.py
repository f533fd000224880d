"""The verbs of an edit: new ids, records in, out and exchanged, and what goes along with what is removed."""

import pytest

from sdx_studio.document import Act, Document, EditError, Element, History, Link, Properties
from sdx_studio.session import Session

A = Element("e1", "host", "a")
B = Element("e2", "host", "b")


@pytest.fixture
def history() -> History:
    return History(Document())


def test_ids_are_new_and_readable(history: History) -> None:
    with history.edit("x") as edit:
        assert [edit.new_id("e"), edit.new_id("e"), edit.new_id("l")] == ["e0001", "e0002", "l0001"]
        edit.add(Element("e0040", "host", "a"))
        edit.add(Element("e²", "host", "strange"))
    with history.edit("y") as edit:
        assert edit.new_id("e") == "e0041"


@pytest.mark.parametrize(
    ("verb", "argument", "words"),
    [("add", A, "id 'e1' is already in use"), ("update", B, "no elements with id 'e2'"),
     ("update", Act("s9", 0.0, "fail", "e1"), "no scenario with id 's9'"), ("remove", "e7", "nothing with id 'e7'")],
)  # fmt: skip
def test_impossible_edits_say_why(verb: str, argument: object, words: str) -> None:
    history = History(Document([A]))
    with pytest.raises(EditError, match=words), history.edit("x") as edit:
        getattr(edit, verb)(argument)
    assert history.labels == ()


def test_properties_are_a_record_too(history: History) -> None:
    with history.edit("Title") as edit:
        edit.update(Properties(title="Lab"))
    assert history.document.properties.title == "Lab"
    history.undo()
    assert history.document.properties == Properties()


def test_setting_to_none_puts_the_default_back() -> None:
    one = A.setting(cores=4, memory=8.0)
    assert one.fields == {"cores": 4, "memory": 8.0}
    assert list(one.setting(cores=None).fields) == ["memory"]
    assert A.fields == {}


def test_removing_takes_what_is_inside_its_cables_and_its_acts_along(lab: Session) -> None:
    host = lab.document.find("host:a")
    inside = set(lab.document.below(host))
    lab.remove("host:a")
    assert not (inside | {host}) & lab.document.elements.keys()
    assert not any(host in (link.a, link.b) for link in lab.document.links.values())
    assert dict(lab.document.scenario) == {}


def test_removing_clears_the_fields_that_refer_to_it_in_the_same_step(lab: Session) -> None:
    before = {id: one.fields for id, one in lab.document.elements.items()}
    steps = len(lab.history.labels)
    lab.remove("host:a")
    assert lab.document.values(lab.document.find("cluster:c1"))["members"] == (lab.document.find("host:b"),)
    assert lab.document.values(lab.document.find("flow:f1"))["source"] is None
    assert "source" not in lab.document.element(lab.document.find("flow:f1")).fields
    assert len(lab.history.labels) == steps + 1
    lab.undo()
    assert {id: one.fields for id, one in lab.document.elements.items()} == before


def test_removing_what_is_inside_clears_references_to_it(lab: Session) -> None:
    lab.remove("storage_array:san")
    assert lab.document.values(lab.document.find("vm-" + lab.document.find("host:b")))["disk"] is None


def test_removing_the_last_member_leaves_an_empty_list(lab: Session) -> None:
    lab.remove("host:a", "host:b")
    cluster = lab.document.find("cluster:c1")
    assert lab.document.values(cluster)["members"] == ()
    assert "members" not in lab.document.element(cluster).fields


def test_the_target_of_an_act_takes_the_act_along(lab: Session) -> None:
    lab.remove("host:b")
    assert dict(lab.document.scenario) == {}
    lab.undo()
    assert len(lab.document.scenario) == 1


def test_links_and_acts_can_be_removed_by_id(lab: Session) -> None:
    link = min(lab.document.links)
    cut = lab.do("cut", link, at=1)
    other = lab.do("fail", "host:a", at=2)
    with lab.history.edit("x") as edit:
        edit.remove(link, other)
    assert link not in lab.document.links
    assert not {cut, other} & lab.document.scenario.keys()


def test_unknown_fields_with_the_same_text_stay() -> None:
    one = Element("e3", "host", "c", fields={"cpu_family": "e1", "strange": "e1"})
    history = History(Document([A, one, Link("l1", "e1", "e3")]))
    with history.edit("Delete") as edit:
        edit.remove("e1")
    assert history.document.element("e3") == one
    assert dict(history.document.links) == {}
