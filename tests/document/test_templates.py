"""Templates: values come from another element, follow it, and stay when it goes."""

import pytest

from sdx_studio.document import EditError
from sdx_studio.document.checks import problems
from sdx_studio.document.inheriting import circle, inherited
from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session, copying

GIB = 2.0**30


@pytest.fixture
def family(session: Session) -> tuple[Session, str, tuple[str, ...]]:
    """A golden VM and three that are linked to it."""
    host = session.place("host", memory="256 GiB")
    gold = session.place("vm", on=host, name="gold", memory="8 GiB", vcpus=4, load=1, mac="52:54:00:00:00:01")
    text = copying.copied(session, [gold])
    return session, gold, tuple(copying.paste_linked(session, text)[0] for _ in range(3))


def test_values_come_from_the_template(family: tuple[Session, str, tuple[str, ...]]) -> None:
    session, gold, copies = family
    document = session.document
    for id in copies:
        assert dict(document.element(id).fields) == {"template": gold}
        assert (document.values(id)["memory"], document.values(id)["vcpus"]) == (8 * GIB, 4)
        assert document.values(id)["mac"] == "", "an identity is never inherited"
    session.set(gold, memory="2 GiB")
    assert {document.values(id)["memory"] for id in copies} == {2 * GIB}
    session.set(copies[0], memory="3 GiB")
    assert document.values(copies[0])["memory"] == 3 * GIB
    session.set(copies[0], memory=None)
    assert document.values(copies[0])["memory"] == 2 * GIB
    session.set(copies[1], template=copies[0])
    session.set(copies[0], vcpus=1)
    assert (document.values(copies[1])["vcpus"], document.values(copies[1])["memory"]) == (1, 2 * GIB)
    assert inherited(document, document.element(copies[1]))["memory"] == (2 * GIB, gold)
    again = parse(dump(document), "lab.sdx").document
    assert dump(again) == dump(document)
    assert again.values(copies[2])["vcpus"] == 4


def test_the_engine_gets_the_templates_values(family: tuple[Session, str, tuple[str, ...]]) -> None:
    session, _gold, copies = family
    run = session.run(until=2)
    assert [run.value(id, "cpu.grant") for id in copies] == [pytest.approx(run.value(copies[0], "cpu.grant"))] * 3
    assert run.value(copies[0], "cpu.grant") > 3


def test_the_template_goes_and_the_values_stay(family: tuple[Session, str, tuple[str, ...]]) -> None:
    session, gold, copies = family
    before = dump(session.document)
    values = [dict(session.document.values(id)) | {"template": None} for id in copies]
    session.remove(gold)
    assert [dict(session.document.values(id)) for id in copies] == values
    session.undo()
    assert dump(session.document) == before
    copying.unlink(session, copies)
    assert session.history.labels[-1] == "Unlink from the template"
    assert [dict(session.document.values(id)) for id in copies] == values
    with pytest.raises(EditError, match="has a template"):
        copying.unlink(session, copies)


def test_a_circle_of_templates_is_found_and_does_no_harm(family: tuple[Session, str, tuple[str, ...]]) -> None:
    session, gold, copies = family
    session.set(gold, template=copies[0])
    document = session.document
    assert document.values(copies[0])["memory"] == 8 * GIB
    assert circle(document, document.element(gold)) == (gold, copies[0])
    found = [one for one in problems(document) if "takes its values from itself" in one.text]
    assert {one.element for one in found} == {gold, copies[0]}
    assert found[0].text == "takes its values from itself: gold, gold-02, gold"
    session.set(copies[1], template=copies[1])
    assert document.values(copies[1])["vcpus"] == 2


def test_between_kinds_only_what_both_declare_alike(session: Session) -> None:
    host = session.place("host")
    vm = session.place("vm", on=host, memory="8 GiB", load=0.9)
    container = session.place("container", on=vm, template=vm)
    values = session.document.values(container)
    assert (values["load"], values["memory"]) == (0.9, 256 * 2**20)


def test_a_linked_guest_keeps_its_values_where_the_template_is_not(
    family: tuple[Session, str, tuple[str, ...]],
) -> None:
    session, _gold, copies = family
    text = copying.copied(session, [copies[0]])
    other = Session()
    host = other.place("host")
    vm = copying.paste(other, text, parent=host)[0]
    assert other.document.values(vm)["template"] is None
    assert other.document.values(vm)["memory"] == 8 * GIB
    with pytest.raises(EditError, match="is not in this project"):
        copying.paste_linked(other, text, parent=host)
    switch = other.place("switch")
    with pytest.raises(EditError, match="only guests"):
        copying.paste_linked(other, copying.copied(other, [switch]))
