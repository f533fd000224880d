import pytest

from sdx_studio.session import Session


@pytest.fixture
def session() -> Session:
    return Session()
