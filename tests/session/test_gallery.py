"""The gallery: every sample has its words, runs, and something happens in it; templates begin without a scenario."""

import subprocess
import sys
from pathlib import Path

import pytest

from sdx_studio import assets
from sdx_studio.document.checks import problems
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session
from sdx_studio.session.gallery import SAMPLES, Sample, begun, opened
from sdx_studio.session.gallery_notes import NOTES
from sdx_studio.words import _, dictionary

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = {"07-too-much-memory": 2, "18-policy": 7, "24-three-kinds": 1}
"""Their point is design problems: so many."""
SLOW = {"06-two-sites": 120.0, "17-sprawl": 86_400.0, "19-recovery": 300.0}
"""Seconds (simulated) until something happens where that takes longer than a minute."""
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.stem)


def test_every_file_has_an_entry_and_every_entry_a_file() -> None:
    assert [one.path for one in SAMPLES] == assets.listing("samples", ".sdx")
    assert len(SAMPLES) >= 10
    assert len({one.title for one in SAMPLES}) == len({one.line for one in SAMPLES}) == len(SAMPLES)


@every_sample
def test_the_file_is_called_as_the_gallery_says(sample: Sample) -> None:
    assert opened(sample).document.properties.title == sample.title
    assert len(sample.line) <= 64


@every_sample
def test_its_notes_are_the_gallerys_in_both_languages(sample: Sample) -> None:
    notes = opened(sample).document.properties.notes
    assert notes == NOTES[sample.stem]
    assert len(notes) <= 480
    with dictionary.speaking("ja"):
        assert _(notes) != notes
        assert _(sample.title) != sample.title


@every_sample
def test_it_has_no_design_problem(sample: Sample) -> None:
    found = [one.text for one in problems(opened(sample).document)]
    assert len(found) == PROBLEMS.get(sample.stem, 0), found


@every_sample
def test_something_happens_within_a_minute(sample: Sample) -> None:
    session = opened(sample)
    assert session.path is None
    assert session.run(until=SLOW.get(sample.stem, 60.0)).events(), "nothing is told"


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.template], ids=lambda one: one.stem)
def test_a_template_is_the_drawing_alone(sample: Sample) -> None:
    new, whole = begun(sample), Session.open(sample.path)
    assert new.path is None
    assert not new.history.modified
    assert not new.document.scenario
    assert (new.document.properties.title, new.document.properties.notes) == ("", "")
    assert dict(new.document.elements) == dict(whole.document.elements)
    assert dict(new.document.links) == dict(whole.document.links)


def test_samples_are_drawn_byte_for_byte(tmp_path: Path) -> None:
    """If this fails: `python packaging/samples.py`, and look at what it draws."""
    code = (
        "import sys; sys.path.insert(0, 'packaging'); import samples; from pathlib import Path;"
        f"samples.OUT = Path({str(tmp_path)!r}); samples.main()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=120)
    drawn = {path.name: path.read_bytes() for path in tmp_path.glob("*.sdx")}
    assert drawn == {one.path.name: one.path.read_bytes() for one in SAMPLES}


@every_sample
def test_opening_and_saving_keeps_the_bytes(sample: Sample) -> None:
    assert dump(Session.open(sample.path).document) == sample.path.read_bytes()
