"""Templates kept among the parts, and copies made of them."""

import pytest

from sdx_studio.document import EditError
from sdx_studio.document.inheriting import template_of
from sdx_studio.exchange.native import dump
from sdx_studio.exchange.native.reading import parse
from sdx_studio.session import Session, templates


def test_a_guest_is_kept_and_its_copies_are_linked() -> None:
    s = Session()
    host = s.place("host")
    web = s.place("vm", on=host, name="web", vcpus=3)
    before = dump(s.document)
    templates.toggle(s, (web,))
    assert templates.templates(s.document) == (web,)
    assert templates.all_kept(s.document, (web,))
    assert templates.of_key(s.document, f"template:{web}") == web
    copies = templates.use(s, web, 3, parent=host)
    assert len(copies) == 3
    for id in copies:
        assert template_of(s.document, s.document.element(id)) == web
        assert s.document.values(id)["vcpus"] == 3
    s.set(web, vcpus=5)
    assert [s.document.values(id)["vcpus"] for id in copies] == [5, 5, 5]
    assert templates.templates(parse(dump(s.document), "lab.sdx").document) == (web,)
    while s.undo():
        if len(s.history.labels) == 2:
            assert dump(s.document) == before


def test_what_cannot_have_a_template_is_copied_plainly() -> None:
    s = Session()
    host = s.place("host", name="esx", cores=24)
    s.place("vm", on=host)
    templates.toggle(s, (host,))
    (copy,) = templates.use(s, host, at=(900, 400))
    assert s.document.values(copy)["cores"] == 24
    assert len(s.document.below(copy)) == len(s.document.below(host))


def test_what_is_gone_is_no_template_any_more() -> None:
    s = Session()
    host = s.place("host")
    templates.toggle(s, (host,))
    s.remove(host)
    assert templates.templates(s.document) == ()
    assert templates.of_key(s.document, f"template:{host}") is None
    assert templates.of_key(s.document, "host") is None


def test_toggling_twice_leaves_nothing() -> None:
    s = Session()
    a, b = s.place("host"), s.place("host")
    templates.toggle(s, (a,))
    templates.toggle(s, (a, b))
    assert templates.templates(s.document) == (a, b)
    templates.toggle(s, (a, b))
    assert "templates" not in s.document.properties.fields
    with pytest.raises(EditError):
        templates.toggle(s, ("nothing",))


def test_a_refusal_leaves_everything_as_it_was() -> None:
    s = Session()
    host, client = s.place("host"), s.place("thin_client")
    web = s.place("vm", on=host)
    before = dump(s.document)
    with pytest.raises(EditError):
        templates.use(s, web, 2, parent=client)
    assert dump(s.document) == before


def test_what_a_file_names_twice_is_one_template() -> None:
    s = Session()
    host = s.place("host")
    with s.history.edit("file") as edit:
        edit.update(s.document.properties.setting(templates=(host, "gone", host) * 500))
    assert templates.templates(s.document) == (host,)
