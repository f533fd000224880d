"""Quick add, fuzzy matching and bookmarks, without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.exchange.native import dump, parse
from sdx_studio.kinds import catalogue
from sdx_studio.session import Session, bookmarks
from sdx_studio.session.bookmarks import View
from sdx_studio.session.fuzzy import EXACT, NONE, SCATTERED, START, WORD, score
from sdx_studio.session.quick import home, wishes
from sdx_studio.words import dictionary


def test_scores_fall_from_the_whole_to_scattered_letters() -> None:
    row = [score("zoom in", "Zoom in"), score("zoo", "Zoom in"), score("in", "Zoom in"), score("oo", "Zoom in"),
           score("in zoom", "Zoom in"), score("zmi", "Zoom in"), score("x", "Zoom in")]  # fmt: skip
    assert row == sorted(row, reverse=True)
    assert len(set(row)) == len(row)
    assert row[0] == EXACT
    assert START <= row[1] < EXACT
    assert WORD <= row[2] < START
    assert row[5] >= SCATTERED
    assert row[6] == NONE
    assert score("omi", "Zoom in") == NONE, "scattered letters begin at the start of a word"


@given(st.text(max_size=12), st.text(max_size=20))
def test_a_score_is_bounded_and_a_text_answers_itself(wanted: str, text: str) -> None:
    assert NONE <= score(wanted, text) <= EXACT
    if score(text, text):
        assert score(text, text) == EXACT


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("ho", "host", None), ("vm web01", "vm", "web01"), ("thin client tc 9", "thin_client", "tc 9"),
        ("switch", "switch", None), ("host host", "host", "host"), ("VM 東京", "vm", "東京"),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, key: str, name: str | None) -> None:
    best = wishes(text)[0]
    assert (best.what.key, best.name) == (key, name)


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("vm 5", None, 5), ("5 vm", None, 5), ("vm web01 x3", "web01", 3), ("vm x3", None, 3), ("3 vm web", "web", 3),
        ("vm 2014", "2014", 1), ("vm 0", "0", 1), ("vm web 5", "web 5", 1), ("vm", None, 1), ("vm ５", None, 5),
    ],
)  # fmt: skip
def test_how_many(text: str, name: str | None, count: int) -> None:
    best = wishes(text)[0]
    assert (best.what.key, best.name, best.count) == ("vm", name, count)


def test_parts_in_japanese_and_nonsense() -> None:
    dictionary.use("ja")
    assert wishes("ホスト a")[0].what.key == "host"
    assert wishes("host")[0].what.key == "host"
    assert wishes("qqqq") == ()
    assert len(wishes("")) == len(catalogue())


def test_where_it_goes() -> None:
    s = Session()
    rack = s.place("rack")
    host = s.place("host", on=rack)
    vm = s.place("vm", on=host)
    client = s.place("thin_client")
    assert home(s.document, "host", (vm,))[0] == rack, "out to what takes it"
    assert home(s.document, "vm", (host,))[0] == host
    assert home(s.document, "switch", (client,))[0] is None
    assert home(s.document, "switch", (client,))[1].allowed
    assert home(s.document, "vm", (client,))[1].reason == "A thin client cannot hold a VM"
    assert "needs a place" in (home(s.document, "vm", ())[1].reason or "")


def test_bookmarks_are_steps_and_survive_the_file() -> None:
    s = Session()
    s.place("host")
    before = dump(s.document)
    bookmarks.keep(s, 3, View(-40, -20.5, 1366, 768))
    bookmarks.keep(s, 1, View(0, 0, 10, 10))
    kept = dict(bookmarks.bookmarks(s.document))
    assert kept == {1: View(0, 0, 10, 10), 3: View(-40, -20.5, 1366, 768)}
    assert dict(bookmarks.bookmarks(parse(dump(s.document), "lab.sdx").document)) == kept
    assert bookmarks.why_not(s.document, 3) is None
    assert "Alt+Shift+2" in (bookmarks.why_not(s.document, 2) or "")
    assert s.history.labels[-1] == "Set bookmark 1"
    s.undo()
    s.undo()
    assert dump(s.document) == before


@pytest.mark.parametrize(
    "bad", ["", "1 2 3", "0 0 0 1 1", "10 0 0 1 1", "1 0 0 0 5", "1 nan 0 1 1", "1 0 0 inf 1", "x 0 0 1 1"]
)
def test_what_is_no_bookmark_is_passed_over(bad: str) -> None:
    s = Session()
    with s.history.edit("Edit") as edit:
        edit.update(s.document.properties.setting(views=(bad, "2 0 0 1 1")))
    assert dict(bookmarks.bookmarks(s.document)) == {2: View(0, 0, 1, 1)}
