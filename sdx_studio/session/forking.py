"""A fork of a session and its run at a moment, and the way back: what the fork has drawn taken over as one step."""

from collections.abc import Callable, Iterator, Mapping

from sdx_studio.document import Act, Document
from sdx_studio.document.history import Edit
from sdx_studio.document.records import Element, Link, Record
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.journal import Do
from sdx_studio.engine.parts import Command
from sdx_studio.session.build import scenario_of
from sdx_studio.session.live import Live
from sdx_studio.session.players import Player
from sdx_studio.session.session import Session
from sdx_studio.words import _

Drawn = Element | Link | Act


def fork(live: Live, make_player: Callable[[], Player]) -> Live:
    """The run of another session with the same drawing, at the same moment.

    What has been done by hand later in this run, before somebody went back, stands in the fork's scenario.
    """
    document = live.session.document
    known = {act.id for act in document.scenario.values()}
    free = (id for id in (f"s{number:04d}" for number in range(1, 1_000_000)) if id not in known)
    now = round(live.time * SECOND)
    later = [
        Act(next(free), one.at / SECOND, one.verb, one.target, fields=dict(one.figures)) for one in by_hand(live, now)
    ]
    records: list[Record] = [document.properties, *document.elements.values(), *document.links.values()]
    made = Live(Session(Document([*records, *document.scenario.values(), *later])), make_player)
    made.branch_off(live)
    return made


def keep_acts(live: Live) -> int:
    """Put what has been done by hand in this run into the scenario, as one step; returns how many acts those are."""
    session = live.session
    planned = {(one.at, one.verb, one.target, one.figures) for one in scenario_of(session.document)}
    fresh = [one for one in by_hand(live) if (one.at, one.verb, one.target, one.figures) not in planned]
    if fresh:
        with session.history.edit(_("Keep what was done by hand")) as edit:
            for one in fresh:
                edit.add(Act(edit.new_id("s"), one.at / SECOND, one.verb, one.target, fields=dict(one.figures)))
    return len(fresh)


def by_hand(live: Live, after: int = -1) -> Iterator[Command]:
    """Commands that have been carried out in the run later than `after` (µs), with the moments at which they were."""
    for entry in live.player.journal().entries if live.player is not None else ():
        if entry.at > after and isinstance(entry.act, Do):
            done = entry.act.command
            yield Command(entry.at, done.verb, done.target, done.figures)


def take_over(session: Session, other: Session) -> None:
    """Draw in `session` what is drawn in `other`, as one step that can be undone."""
    mine, theirs = session.document, other.document
    with session.history.edit(_("Keep B in place of A")) as edit:
        _leave_out(edit, theirs)
        if mine.properties != theirs.properties:
            edit.update(theirs.properties)
        _put_in(edit, mine.elements, {id: theirs.elements[id] for id in _holders_first(theirs)})
        _put_in(edit, mine.links, theirs.links)
        _put_in(edit, mine.scenario, theirs.scenario)


def _leave_out(edit: Edit, theirs: Document) -> None:
    """Remove what is not there in the other drawing, or is something else."""
    mine = edit.document
    there: dict[str, Drawn] = {**theirs.elements, **theirs.links, **theirs.scenario}
    for id, record in {**mine.elements, **mine.links, **mine.scenario}.items():
        gone = id not in there or getattr(there[id], "kind", "") != getattr(record, "kind", "")
        if gone and (id in mine.elements or id in mine.links or id in mine.scenario):
            edit.remove(id)


def _put_in(edit: Edit, here: Mapping[str, Drawn], there: Mapping[str, Drawn]) -> None:
    for id, record in there.items():
        if id not in here:
            edit.add(record)
        elif here[id] != record:
            edit.update(record)


def _holders_first(document: Document) -> Iterator[str]:
    stack = list(reversed(document.children(None)))
    while stack:
        id = stack.pop()
        yield id
        stack.extend(reversed(document.children(id)))
