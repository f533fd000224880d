"""Transactions: rollback leaves no trace and tells nobody, nested edits join, steps merge, the saved mark."""

import pytest

from sdx_studio.document import Change, Document, EditError, Element, History
from sdx_studio.document.changes import joined

A = Element("e1", "host", "a")
B = Element("e2", "host", "b")


@pytest.fixture
def history() -> History:
    return History(Document())


class Ear:
    """Hears what a document and its history tell."""

    def __init__(self, history: History) -> None:
        self.changes: list[tuple[Change, ...]] = []
        self.calls = 0
        self.end = history.document.on_change(self.changes.append)
        history.on_change(self._count)

    def _count(self) -> None:
        self.calls += 1


# changes -------------------------------------------------------------------------------------------------------------


def test_the_inverse_takes_a_change_back() -> None:
    change = Change("elements", "e1", None, A)
    document = Document()
    document.apply(change)
    assert document.element("e1") == A
    assert change.inverse().inverse() == change
    document.apply(change.inverse())
    assert dict(document.elements) == {}


def test_a_change_that_does_not_fit_is_refused_and_changes_nothing() -> None:
    document = Document([A])
    with pytest.raises(ValueError, match="not as the change expects it"):
        document.apply(Change("elements", "e1", B, None))
    assert document.element("e1") == A


def test_joined_changes_have_one_for_each_record_and_none_without_effect() -> None:
    moved = A.but(x=5.0)
    changes = [
        Change("elements", "e1", A, moved), Change("elements", "e2", None, B), Change("elements", "e1", moved, None),
        Change("elements", "e3", None, B), Change("elements", "e3", B, None),
    ]  # fmt: skip
    assert joined(changes) == (Change("elements", "e1", A, None), Change("elements", "e2", None, B))


# edits ---------------------------------------------------------------------------------------------------------------


def test_one_edit_is_one_step_and_one_message(history: History) -> None:
    ear = Ear(history)
    with history.edit("Two hosts") as edit:
        edit.add(A)
        edit.add(B)
        assert ear.changes == []
    assert history.labels == ("Two hosts",)
    assert [len(changes) for changes in ear.changes] == [2]
    assert ear.calls == 1
    assert history.undo() == "Two hosts"
    assert history.undone_labels == ("Two hosts",)
    assert history.redo() == "Two hosts"
    assert [[change.id for change in changes] for changes in ear.changes] == [["e1", "e2"], ["e2", "e1"], ["e1", "e2"]]
    assert ear.calls == 3


def test_whoever_stops_listening_hears_no_more(history: History) -> None:
    ear = Ear(history)
    ear.end()
    ear.end()
    with history.edit("x") as edit:
        edit.add(A)
    assert ear.changes == []


def test_a_failed_edit_leaves_no_trace_and_tells_nobody(history: History) -> None:
    ear = Ear(history)

    def fail() -> None:
        with history.edit("Fails") as edit:
            edit.add(A)
            edit.update(A.but(name="other"))
            raise KeyError("on purpose")

    with pytest.raises(KeyError):
        fail()
    assert dict(history.document.elements) == {}
    assert history.labels == ()
    assert (ear.changes, ear.calls) == ([], 0)
    with history.edit("Works") as edit:
        edit.add(A)
    assert history.labels == ("Works",)


def test_an_edit_that_changes_nothing_is_no_step(history: History) -> None:
    ear = Ear(history)
    with history.edit("Nothing") as edit:
        edit.add(A)
        edit.remove("e1")
    assert (history.labels, ear.calls) == ((), 0)


def test_nested_edits_join_the_outer_one(history: History) -> None:
    with history.edit("Outer") as outer:
        outer.add(A)
        with history.edit("Inner") as inner:
            assert inner is outer
            inner.add(B)
        assert not history.can_undo
        assert history.undo() is None
    assert history.labels == ("Outer",)
    history.undo()
    assert dict(history.document.elements) == {}


def add_both(history: History) -> None:
    with history.edit("Both") as edit:
        edit.add(B)
        edit.add(A)


def test_a_nested_edit_that_fails_takes_back_only_itself(history: History) -> None:
    with history.edit("Outer") as outer:
        outer.add(A)
        with pytest.raises(EditError):
            add_both(history)
        assert list(history.document.elements) == ["e1"]
    assert history.labels == ("Outer",)


def test_a_step_after_undo_ends_what_could_be_redone(history: History) -> None:
    for one in (A, B):
        with history.edit(one.name) as edit:
            edit.add(one)
    history.undo()
    assert history.can_redo
    with history.edit("other") as edit:
        edit.update(A.but(name="z"))
    assert not history.can_redo
    assert history.redo() is None
    assert history.labels == ("a", "other")


def nudged(history: History, x: float, merge: str | None = "nudge") -> None:
    with history.edit("Nudge", merge=merge) as edit:
        edit.update(edit.document.element("e1").but(x=x))


def test_steps_of_the_same_sort_merge(history: History) -> None:
    with history.edit("Add") as edit:
        edit.add(A)
    for x in (1.0, 2.0, 3.0):
        nudged(history, x)
    assert history.labels == ("Add", "Nudge")
    nudged(history, 4.0, merge=None)
    nudged(history, 5.0)
    assert history.labels == ("Add", "Nudge", "Nudge", "Nudge")
    for expected in (4.0, 3.0, 0.0):
        history.undo()
        assert history.document.element("e1").x == expected


def test_merging_back_to_the_start_leaves_no_step(history: History) -> None:
    with history.edit("Add") as edit:
        edit.add(A)
    nudged(history, 1.0)
    nudged(history, 0.0)
    assert history.labels == ("Add",)


def test_nothing_merges_into_what_was_saved(history: History) -> None:
    with history.edit("Add") as edit:
        edit.add(A)
    nudged(history, 1.0)
    history.mark_saved()
    nudged(history, 2.0)
    assert history.modified
    history.undo()
    assert not history.modified
    assert history.document.element("e1").x == 1.0


def test_modified_follows_the_saved_mark(history: History) -> None:
    calls = Ear(history)
    assert not history.modified
    with history.edit("Add") as edit:
        edit.add(A)
    assert history.modified
    history.mark_saved()
    assert calls.calls == 2
    assert not history.modified
    history.undo()
    assert history.modified
    history.redo()
    assert not history.modified
