"""Nothing that comes with the studio is under the GPL; Qt may be used under the LGPL."""

import re
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

UNWANTED = re.compile(r"(?<!L)(?<!Lesser )(?:A?GPL|General Public License)", re.IGNORECASE)


def runtime(name: str, found: set[str]) -> set[str]:
    """Names of a distribution's dependencies and of theirs, without extras."""
    for text in distribution(name).requires or ():
        wanted = Requirement(text)
        if wanted.name in found or (wanted.marker is not None and not wanted.marker.evaluate({"extra": ""})):
            continue
        found.add(wanted.name)
        runtime(wanted.name, found)
    return found


def stated(name: str) -> list[str]:
    """What a distribution says about its licence."""
    metadata = distribution(name).metadata
    fields = [text.splitlines()[0] for text in map(metadata.get, ("License-Expression", "License")) if text]
    return fields + [one for one in metadata.get_all("Classifier", []) if one.startswith("License ::")]


def acceptable(text: str) -> bool:
    """Whether one may use it without the GPL: one side of an "or" is enough."""
    return any(not UNWANTED.search(choice) for choice in re.split(r"\bOR\b", text))


@pytest.mark.parametrize("name", sorted(runtime("sdx-studio", set())))
def test_no_dependency_asks_for_the_gpl(name: str) -> None:
    said = stated(name)
    assert said, f"{name} states no licence"
    assert all(acceptable(text) for text in said), said


@pytest.mark.parametrize(
    ("text", "fine"),
    [("MIT", True), ("LGPL-3.0-only OR GPL-2.0-only", True), ("LGPL-3.0-only", True), ("GPL-3.0-only", False),
     ("AGPL-3.0-or-later", False), ("MIT AND GPL-2.0-only", False),
     ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
     ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", True)],
)  # fmt: skip
def test_what_is_acceptable(text: str, fine: bool) -> None:
    assert acceptable(text) is fine
