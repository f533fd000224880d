"""The scenario as it is edited on the time line: acts move in time, get other figures, come and go."""

from sdx_studio import units
from sdx_studio.document import Act, Document, EditError
from sdx_studio.kinds import Value
from sdx_studio.session.acts import ACTS
from sdx_studio.session.session import Session
from sdx_studio.session.wording import name_of
from sdx_studio.words import _

GRID = 0.1
"""Simulated seconds to which a time is rounded that somebody drags."""


def planned(document: Document) -> list[Act]:
    """The acts by time."""
    return sorted(document.scenario.values(), key=lambda act: (act.at, act.id))


def words(act: Act, document: Document) -> str:
    """An act as people read it: "Migrate web01 → b", "Add load db01 +50 %"."""
    label = _(ACTS[act.verb].label) if act.verb in ACTS else act.verb
    figures = [_figure(key, value, document) for key, value in act.fields.items()]
    return " ".join(one for one in (label, name_of(act.target, document), *figures) if one)


def _figure(key: str, value: Value, document: Document) -> str:
    if key in ("to", "of") and isinstance(value, str):
        return f"→ {name_of(value, document)}"
    if key == "by" and isinstance(value, int | float):
        return f"{'+' if value > 0 else '−'}{units.show(abs(value), '1')}"
    return f"×{value:g}" if key == "factor" and isinstance(value, int | float) else ""


def fitting(document: Document, id: str) -> tuple[str, ...]:
    """Verbs that can be done to an element or a link."""
    traits = {"link"} if id in document.links else document.traits(id) if id in document.elements else set()
    return tuple(verb for verb, one in ACTS.items() if traits & set(one.targets))


def figure_of(document: Document, verb: str, target: str) -> tuple[str, str, float] | None:
    """The quantity that a verb takes for this target: figure, base unit, usual value; None when it takes none."""
    numbers = ACTS[verb].numbers if verb in ACTS else ()
    if not numbers:
        return None
    flows = target in document.elements and "traffic" in document.traits(target)
    wanted = "factor" if flows else "by"
    return next((one for one in numbers if one[0] == wanted), None)


def snapped(seconds: float, exact: bool = False) -> float:
    """A time as it is planned by dragging: on the grid unless `exact`, and in a run at all."""
    seconds = min(units.LONGEST, max(0.0, seconds))
    return round(seconds, 6) if exact else round(round(seconds / GRID) * GRID, 6)


def reschedule(session: Session, id: str, at: float) -> None:
    """Let an act happen at another time (s), as one step; nothing when it is the same."""
    act = session.document.scenario.get(id)
    if act is None:
        raise EditError(_("this act is not planned any more"))
    if act.at != at:
        with session.history.edit(_("Move {name} in time", name=words(act, session.document))) as edit:
            edit.update(act.but(at=at))


def change(session: Session, id: str, at: float, figures: dict[str, Value]) -> None:
    """Give an act another time and other figures, as one step."""
    act = session.document.scenario.get(id)
    if act is None:
        raise EditError(_("this act is not planned any more"))
    with session.history.edit(_("Change {name}", name=words(act, session.document))) as edit:
        edit.update(act.but(at=at).setting(**figures))


def cancel(session: Session, id: str) -> None:
    """Take an act out of the scenario."""
    act = session.document.scenario.get(id)
    if act is not None:
        with session.history.edit(_("Delete {name}", name=words(act, session.document))) as edit:
            edit.remove(id)
