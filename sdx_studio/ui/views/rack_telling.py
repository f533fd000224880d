"""Machines and racks of the rack view in words: as tooltips and for those who hear it."""

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session import describing, racking
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.ui.views.rack_plan import Berth, Plan
from sdx_studio.ui.views.rack_readings import Reading, Readings
from sdx_studio.words import _


def told(document: Document, plan: Plan, readings: Readings, id: str) -> list[str]:
    """Lines about a machine or a rack."""
    berth = plan.berths.get(id)
    if berth is None:
        return _rack(document, plan, readings, id)
    lines = [document.element(id).name, _what(document, id), _where(document, berth)]
    state = in_words(readings.of(document, id))
    if state:
        lines.append(state)
    into = racking.patched(document, id)
    if into:
        lines.append(_("connected to {names}", names=", ".join(document.element(one).name for one in into)))
    return lines


def _what(document: Document, id: str) -> str:
    said = (_(document.kind_of(id).label), describing.sizes(document, id))
    return " · ".join(part for part in said if part)


def _where(document: Document, berth: Berth) -> str:
    if berth.rack is None:
        return _("Not in a rack")
    rack = document.element(berth.rack).name
    if berth.slot is None:
        return _("{name} has no room for it", name=rack)
    wish = document.values(berth.id).get("unit")
    words = f"{rack}, {berth.slot.words}"
    if wish is not None and wish != berth.slot.unit:
        words += f" ({_('U {unit} is taken', unit=wish)})"
    return words


def _rack(document: Document, plan: Plan, readings: Readings, id: str) -> list[str]:
    if id not in plan.frames:
        return []
    rack = plan.frames[id].rack
    lines = [document.element(id).name, _("{used} of {total} U", used=rack.used, total=rack.units)]
    watts = readings.value(id, "power")
    return [*lines, units.show(watts, "W")] if watts == watts else lines


def in_words(reading: Reading) -> str:
    """State, number and power: "busy, 92 %, 231 W"; empty when nothing runs."""
    said = [_(STATE_WORDS[reading.state])] if reading.state != State.NONE else []
    if reading.lead == reading.lead:
        said.append(f"{reading.lead * 100:.0f}\u00a0%")
    if reading.watts == reading.watts:
        said.append(units.show(reading.watts, "W"))
    return ", ".join(said)
