"""The acts that a scenario, a script or a menu can do to a running model, and to what."""

from dataclasses import dataclass
from math import isfinite
from typing import TypeGuard

from sdx_studio import units
from sdx_studio.document import EditError
from sdx_studio.engine.policies.fillings import LIMIT, RULES
from sdx_studio.kinds import Value
from sdx_studio.words import _, mark

LARGEST = 1e15
"""The largest number that a figure can be."""


@dataclass(frozen=True, slots=True)
class ActKind:
    """One act: the engine's verb, its words, and the traits of which its target must have one (links: "link")."""

    id: str
    label: str
    targets: tuple[str, ...]
    icon: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Figures that are words, and which ones; every other text names an element."""
    numbers: tuple[tuple[str, str, float], ...] = ()
    """Figures that are quantities: their base unit, and what they are when nothing is said."""

    def allows(self, figure: str, value: str) -> bool:
        """Whether the text `value` of this figure names no element; raises EditError for another word than it has."""
        if any(figure == name for name, _unit, _usual in self.numbers):
            return True
        known = dict(self.words).get(figure)
        if known is None:
            return False
        if value not in known:
            words = {"figure": figure, "choices": ", ".join(known), "value": value}
            raise EditError(_("{figure} is one of {choices}, not “{value}”", **words))
        return True

    def value(self, figure: str, value: object) -> Value:
        """What is kept of a figure: a quantity that was written with its unit as a number; raises EditError."""
        if not _keeps(value):
            raise EditError(_("{figure} is a number or a word, not “{value}”", figure=figure, value=str(value)))
        unit = next((unit for name, unit, _usual in self.numbers if name == figure), None)
        if unit is None or not isinstance(value, str):
            return value
        try:
            return units.parse(value, unit)
        except units.UnitError as reason:
            words = {"text": reason.text, "examples": reason.examples}
            raise EditError(_("“{text}” is no quantity here; allowed are for example {examples}", **words)) from reason


ACTS = {
    one.id: one
    for one in (
        ActKind("migrate", mark("Migrate"), ("mobile",), "split", (("method", ("precopy", "postcopy")),)),
        ActKind("fail", mark("Fail"), ("machine", "forwarder", "store", "area"), "no"),
        ActKind("crash", mark("Crash its kernel"), ("layer", "mobile"), "no", (), (("reboot", "s", 60.0),)),
        ActKind("repair", mark("Repair"), ("machine", "forwarder", "store", "area"), "wrench"),
        ActKind("fail_over", mark("Fail over"), ("replication", "area"), "split", (("planned", ("no", "yes")),)),
        ActKind("fail_back", mark("Fail back"), ("replication", "area"), "split"),
        ActKind("cut", mark("Cut cable"), ("link",), "x"),
        ActKind("mend", mark("Mend cable"), ("link",), "check"),
        ActKind("power_on", mark("Switch on"), ("machine", "mobile"), "power"),
        ActKind(
            "patch",
            mark("Patch its kernel"),
            ("layer", "mobile", "machine"),
            "wrench",
            (("anyway", ("no", "yes")),),
            (("reboot", "s", 180.0),),
        ),
        ActKind("read_files", mark("Try to read files"), ("guest", "layer", "machine"), "eye"),
        ActKind("restore_guest", mark("Restore from its configuration"), ("mobile", "lease", "requests"), "check"),
        ActKind("optimise", mark("Choose paths anew"), ("controller",), "split"),
        ActKind("load", mark("Add load"), ("guest", "traffic"), "plus", (), (("by", "1", 0.5), ("factor", "", 2.0))),
        ActKind("enter_maintenance", mark("Enter maintenance"), ("machine",), "wrench"),
        ActKind("exit_maintenance", mark("Exit maintenance"), ("machine",), "check"),
        ActKind(
            "consolidate",
            mark("Consolidate"),
            ("group", "area", "machine"),
            "split",
            (("policy", RULES), ("power_off", ("yes", "no"))),
            (("head_room", "1", round(1 - LIMIT, 9)), ("steps", "", 0.0)),
        ),
        ActKind("apply_recommendation", mark("Apply recommendations"), ("group",), "bulb"),
        ActKind("power_off", mark("Switch off"), ("machine", "mobile"), "power", (("when", ("now", "empty")),)),
    )
}


def _keeps(value: object) -> TypeGuard[str | float | int | bool]:
    """Whether a file can keep a figure, and a run can do something with it."""
    if isinstance(value, int | float):
        return abs(value) <= LARGEST and isfinite(value)
    return isinstance(value, str)


def act(verb: str) -> ActKind:
    """The act with this verb; raises EditError naming the known ones."""
    if verb not in ACTS:
        raise EditError(_("no act “{verb}”; there are {known}", verb=verb, known=", ".join(ACTS)))
    return ACTS[verb]
