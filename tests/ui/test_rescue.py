"""What the canvas tells of a cluster at work, and what is remembered of a run's events."""

import pytest

from sdx_studio import Session, assets
from sdx_studio.session.doings import Doings, Lost
from sdx_studio.session.filming import Film
from sdx_studio.ui.canvas import rescue

SAMPLE = assets.path("samples", "03-high-availability.sdx")


def at(seconds: float) -> tuple[Session, Film]:
    session = Session.open(SAMPLE)
    film = Film(session.document)
    film.at(round(seconds * 1e6))
    return session, film


def told(seconds: float) -> rescue.Beats:
    session, film = at(seconds)
    machine = session.document.find("node-02")
    watch = rescue.watch_of(session.document, machine)
    assert watch == rescue.Watch(15, 2)
    return rescue.beats(film.doings.lost[machine], watch, seconds, rescue.outcome(film.doings, machine))


@pytest.mark.parametrize(
    ("seconds", "missed", "title", "line"),
    [
        (20.0, 0, "No heartbeat for 0 s", "noticed in 15 s"),
        (26.5, 6, "No heartbeat for 7 s", "noticed in 9 s"),
        (34.9, 14, "No heartbeat for 15 s", "noticed in 1 s"),
        (36.0, 15, "Noticed after 15 s", "new places in 1 s"),
        (40.0, 15, "Noticed after 15 s", "2 guests find no place: not enough free memory"),
    ],
)
def test_heartbeats_are_counted(seconds: float, missed: int, title: str, line: str) -> None:
    found = told(seconds)
    assert (found.missed, found.count) == (missed, 15)
    assert (found.title.replace("\u00a0", " "), found.line.replace("\u00a0", " ")) == (title, line)


def test_a_guest_on_its_way_and_started() -> None:
    session, film = at(52.0)
    vm = session.document.find("vm-04")
    moved = film.doings.moved[vm]
    assert (moved.source, moved.target, moved.at) == (
        session.document.find("node-02"), session.document.find("node-03"), 37.0,
    )  # fmt: skip
    share, left = rescue.progress(session.document, vm, moved, 52.0)
    assert (share, left) == (pytest.approx(0.5), pytest.approx(15))
    film.at(70_000_000)
    assert vm not in film.doings.moved
    film.doings.clear()
    assert film.doings == Doings()


def test_a_machine_without_a_cluster() -> None:
    session = Session()
    host = session.place("host")
    assert rescue.watch_of(session.document, host) is None
    assert rescue.beats(Lost(3.0), None, 10.0).count == 1
