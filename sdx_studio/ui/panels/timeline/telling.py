"""What stands on the time line, in words."""

from PySide6.QtCore import QPointF

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.session import planning
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.ui.panels.timeline.axis import EVENTS, LANE, PLAN
from sdx_studio.ui.panels.timeline.painting import Sight, crowd_at, diamond_at, ribbon_at
from sdx_studio.words import _

MOST_TOLD = 6
"""Events of a crowd that are told one by one."""


def on(at: QPointF, lane: float) -> bool:
    """Whether a place (px at scale 1) is on a lane."""
    return abs(at.y() - lane) <= LANE / 2 + 2


def told_at(sight: Sight, at: QPointF) -> str:
    """What stands at a place; empty where nothing does."""
    if on(at, EVENTS) and (crowd := crowd_at(sight, at.x())) is not None:
        events = sight.chronicle.known[crowd.first : crowd.first + crowd.count]
        lines = [words_of(one, sight.document) for one in events[:MOST_TOLD]]
        more = len(events) - len(lines)
        return "\n".join([*lines, _("and {count} more", count=more)] if more else lines)
    if on(at, PLAN) and (act := diamond_at(sight, at.x())) is not None:
        return f"{units.clock(act.at)}  {planning.words(act, sight.document)}"
    moment = ribbon_at(sight, at.x()) if at.y() < EVENTS - LANE / 2 else None
    return "" if moment is None else f"{units.clock(moment.time)}  {moment.name}"


def words_of(event: Event, document: Document) -> str:
    """An event with its time and its element."""
    name = f"{name_of(event.element, document)}: " if event.element else ""
    return f"{units.clock(event.seconds)}  {name}{sentence(event, document)}"
