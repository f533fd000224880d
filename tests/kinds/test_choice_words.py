"""Words of choices are in the catalogues, and nothing else is."""

from sdx_studio.kinds import catalogue
from sdx_studio.kinds.choice_words import WORDS
from sdx_studio.kinds.links import LINK_FIELDS

NAMES = {"linux", "windows", "bsd", "containerd"}
"""Written small, but names all the same."""
CODES = {"policy", "selection"}
"""Fields of a consolidation with the codes of its detectors; other kinds say words there."""


def choices() -> set[str]:
    """Every choice that is a word and not a name or a code."""
    found = {one for field in LINK_FIELDS for one in field.choices}
    for kind in catalogue().values():
        for field in kind.fields:
            coded = kind.key == "consolidation" and field.key in CODES
            found |= set() if coded else set(field.choices)
    return {one for one in found if one[0].islower()} - NAMES - {"vMotion"}


def test_every_choice_that_is_a_word_is_translated() -> None:
    assert choices() == set(WORDS)
