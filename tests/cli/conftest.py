from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from doubles import LAB, Drawn, Said

from sdx_studio.cli import main
from sdx_studio.words import dictionary


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Said]]:
    def go(*words: object) -> Said:
        studio = Drawn()
        code = main([str(word) for word in words], studio)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err, studio)

    yield go
    dictionary.use("en")


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    path = tmp_path / "lab.sdx"
    path.write_bytes(LAB.read_bytes())
    return path
