"""Editing at random: indexes agree, nothing dangles, undoing everything gives the first bytes again."""

import random

import pytest
from editing import OPERATIONS, attempt, consistent
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sdx_studio.exchange.native import dump, parse
from sdx_studio.session import Session

NUMBERS = st.integers(0, 999)


class Editing(RuleBasedStateMachine):
    """A person who does anything at all; `saved` holds what the file was after each step that is still done."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.saved = [dump(self.session.document)]

    @rule(operation=st.sampled_from(OPERATIONS), a=NUMBERS, b=NUMBERS)
    def edit(self, operation: object, a: int, b: int) -> None:
        attempt(operation, self.session, a, b)  # type: ignore[arg-type]
        done = len(self.session.history.labels)
        if not self.session.history.can_redo:
            self.saved = [*self.saved[:done], dump(self.session.document)]

    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for _ in range(times):
            could = self.session.history.can_undo
            assert (self.session.undo() is not None) == could

    @rule(times=st.integers(1, 5))
    def redo(self, times: int) -> None:
        for _ in range(times):
            could = self.session.history.can_redo
            assert (self.session.redo() is not None) == could

    @invariant()
    def the_file_is_what_it_was_at_this_step(self) -> None:
        assert dump(self.session.document) == self.saved[len(self.session.history.labels)]

    @invariant()
    def everything_fits_together(self) -> None:
        consistent(self.session.document)

    def teardown(self) -> None:
        last = dump(self.session.document)
        there_and_back(self.session)
        assert dump(self.session.document) == last
        assert dump(parse(last, "lab.sdx").document) == last


def there_and_back(session: Session) -> None:
    """Undo everything, then do all of it again."""
    blank = dump(Session().document)
    done = session.history.labels
    while session.undo() is not None:
        pass
    assert dump(session.document) == blank
    consistent(session.document)
    for _ in done:
        assert session.redo() is not None
    assert session.history.labels == done


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=40, stateful_step_count=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def walk(session: Session, steps: int, dice: random.Random) -> None:
    """Edits with some undoing and redoing in between; the bytes are compared each time."""
    saved = {0: dump(session.document)}
    for _ in range(steps):
        turn = dice.random()
        if turn < 0.15:
            session.undo()
        elif turn < 0.25:
            session.redo()
        else:
            attempt(dice.choice(OPERATIONS), session, dice.randrange(1000), dice.randrange(1000))
            saved[len(session.history.labels)] = dump(session.document)
        assert dump(session.document) == saved[len(session.history.labels)]


@pytest.mark.parametrize("seed", range(3))
def test_a_long_walk_comes_back(seed: int) -> None:
    session = Session()
    walk(session, 150, random.Random(seed))
    last = dump(session.document)
    session.run(until=3)
    there_and_back(session)
    assert dump(session.document) == last


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_long_walks_come_back(seed: int) -> None:
    session = Session()
    walk(session, 600, random.Random(seed))
    session.run(until=20)
    there_and_back(session)
