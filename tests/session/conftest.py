from collections.abc import Callable
from pathlib import Path

import pytest
from drawings import moving

from sdx_studio.session import Session


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Session], Path]:
    """Save a session into a file and give its path."""

    def save(session: Session) -> Path:
        return session.save(tmp_path / "lab.sdx")

    return save


@pytest.fixture
def migration() -> Session:
    return moving()
