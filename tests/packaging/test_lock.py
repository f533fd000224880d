"""The lock file holds every package with its hashes and no address; it belongs to pyproject.toml as it stands."""

import re
import tomllib
from pathlib import Path

import pytest
from environments import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = ROOT / "packaging" / "requirements.lock"
TEXT = LOCK.read_text(encoding="utf-8")
HASHES = r"((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+?)(?: ; (.+?))? \\\n" + HASHES, re.MULTILINE)
ELSEWHERE = re.compile(r"https?:|file:|www\.|@ |^-|--(?!hash=sha256:)\S*|[\w-]+\.(?:org|com|net|io)\b", re.MULTILINE)


def locked() -> list[Requirement]:
    """All entries."""
    return [
        Requirement(f"{name}=={version}" + (f" ; {marker}" if marker else ""))
        for name, version, marker, _hashes in ENTRY.findall(TEXT)
    ]


def wanted() -> list[Requirement]:
    """What the project asks for, with its tests and its build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = (project["project"]["dependencies"], project["project"]["optional-dependencies"]["test"],
             project["build-system"]["requires"])  # fmt: skip
    return [Requirement(text) for texts in lists for text in texts]


def test_every_entry_has_hashes() -> None:
    lines = [line for line in TEXT.splitlines() if "==" in line]
    assert len(locked()) == len(lines) > 30


def test_no_address_and_no_option_is_inside() -> None:
    assert ELSEWHERE.findall(TEXT) == []
    assert not re.search(r"(?<![\w.=/+-])/\w", TEXT)


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_it_has_what_the_project_asks_for(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    found = [one for one in locked() if canonicalize_name(one.name) == name]
    assert found, "python3 packaging/prepare.py lock writes the lock file anew"
    for one in found:
        version = str(one.specifier).removeprefix("==")
        assert requirement.specifier.contains(version, prereleases=True)


def test_qt_stays_below_the_version_that_aborts() -> None:
    pins = {one.name: str(one.specifier).removeprefix("==") for one in locked()}
    for name in ("pyside6-essentials", "shiboken6"):
        assert tuple(map(int, pins[name].split(".")[:2])) < (6, 12)


def test_it_is_where_the_set_up_looks() -> None:
    assert Path(LOCK).is_file()
    assert '"requirements.lock"' in (ROOT / "packaging" / "prepare.py").read_text(encoding="utf-8")
