"""For all tests: no screen is needed, every test begins in English, Hypothesis never looks at the clock."""

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from sdx_studio.kinds import GROUND, catalogue, kind
from sdx_studio.session import Session
from sdx_studio.words import dictionary

# The same examples every time, so that a change is judged by what it changes; SDX_EXPLORE=1 tries something else each
# time. A failing example prints its blob and is then kept as an @example.
settings.register_profile("studio", deadline=None, derandomize="SDX_EXPLORE" not in os.environ, print_blob=True)
settings.load_profile("studio")


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    if dictionary.language != "en":
        dictionary.use("en")


def _stand(session: Session, key: str) -> str:
    what = kind(key)
    if GROUND in what.needs:
        return session.place(key)
    home = next(one for one in catalogue().values() if set(what.needs) & set(one.offers))
    return session.place(key, on=_stand(session, home.key))


@pytest.fixture
def stand() -> Callable[[Session, str], str]:
    """Place one of a kind in the simplest way: on the canvas, or in the first kind that holds it."""
    return _stand
