"""Locked elements: neither moved nor deleted, and the file remembers it."""

import pytest

from sdx_studio.document import EditError
from sdx_studio.exchange.formats import FileError
from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session, arranging


@pytest.fixture
def pair() -> tuple[Session, str, str]:
    session = Session()
    site = session.place("site", name="dc")
    return session, site, session.place("host", on=site, name="web-01", x=60, y=60)


def test_a_locked_element_is_neither_moved_nor_deleted(pair: tuple[Session, str, str]) -> None:
    session, site, host = pair
    arranging.toggle_lock(session, [host])
    before, steps = dump(session.document), session.history.labels
    for refused in (
        lambda: session.move(host, x=0), lambda: session.remove(host), lambda: session.remove(site),
        lambda: arranging.to_grid(session, [host]),
    ):  # fmt: skip
        with pytest.raises(EditError, match="web-01 is locked"):
            refused()
    assert dump(session.document) == before
    assert session.history.labels == steps
    session.rename(host, "web-02")
    session.set(host, cores=8)
    session.move(site, x=500)
    arranging.toggle_lock(session, [host])
    session.remove(site)
    assert not session.document.elements


def test_locking_some_locks_all_and_is_one_step(pair: tuple[Session, str, str]) -> None:
    session, site, host = pair
    before = dump(session.document)
    arranging.toggle_lock(session, [host])
    arranging.toggle_lock(session, [site, host])
    assert arranging.all_locked(session.document, [site, host])
    assert session.history.labels[-2:] == ("Lock 1", "Lock 2")
    session.undo()
    session.undo()
    assert dump(session.document) == before
    with pytest.raises(EditError):
        arranging.toggle_lock(session, [])


def test_the_file_says_locked_only_when_it_is(pair: tuple[Session, str, str]) -> None:
    session, _site, host = pair
    assert b"locked" not in dump(session.document)
    arranging.toggle_lock(session, [host])
    text = dump(session.document)
    assert text.count(b'"locked":true') == 1
    again = parse(text, "lab.sdx").document
    assert again.element(host).locked
    assert dump(again) == text
    with pytest.raises(FileError, match="true or false"):
        parse(text.replace(b'"locked":true', b'"locked":1'), "lab.sdx")
