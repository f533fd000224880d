"""What the running model says about one element just now, as lines for people: label, words, and how bad it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.formulas.balancing import priority
from sdx_studio.engine.formulas.memory import STATES
from sdx_studio.session.measures import unit_of, words_of
from sdx_studio.session.wording import name_of
from sdx_studio.words import _, mark

Level = Literal["", "ok", "idle", "busy", "critical", "blocked"]

MEMORY: dict[str, tuple[str, str, Level]] = {
    "high": (mark("high"), mark("enough is free"), "ok"),
    "clear": (mark("clear"), mark("less than the minimum is free"), "idle"),
    "soft": (mark("soft"), mark("idle pages are taken back"), "busy"),
    "hard": (mark("hard"), mark("active pages are swapped"), "critical"),
    "low": (mark("low"), mark("no further guest is taken"), "blocked"),
}
"""States of a machine's memory: word, what it means, how bad it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is so just now."""

    label: str
    words: str
    level: Level = ""


@dataclass(frozen=True, slots=True)
class Advised:
    """A move that a cluster recommends: guest, machine, imbalance before and after, urgency, rule that is broken."""

    vm: str
    source: str
    target: str
    before: float
    after: float
    priority: int
    tag: str = ""

    def words(self, document: Document) -> str:
        """The move and its reason."""
        vm, source, target = (name_of(id, document) for id in (self.vm, self.source, self.target))
        figures = {"before": f"{self.before:.2g}", "after": f"{self.after:.2g}"}
        if self.tag:
            why = _("it breaks its rule “{tag}” where it is; σ {before} → {after}", tag=self.tag, **figures)
        else:
            why = _("σ {before} → {after}, priority {priority}", priority=self.priority, **figures)
        return f"{vm}: {source} → {target}\n{why}"


Value = Callable[[str], float]
"""A measure of the element; NaN where it has none."""


def memory_state(value: Value) -> str | None:
    """Key of the state of a machine's memory; None where it has none."""
    number = value("memory.state")
    return STATES[int(number)] if number == number else None


def figure(measure: str, value: float) -> str:
    """A value of a measure with its unit; a state of memory by its word."""
    if measure == "memory.state" and value in range(len(STATES)):
        return _(MEMORY[STATES[int(value)]][0])
    return units.show(value, unit_of(measure))


def lines(document: Document, id: str, value: Value) -> list[Line]:
    """Everything worth saying about an element; empty for most."""
    if id not in document.elements:
        return []
    return [*_memory(value), *_patches(value), *_cluster(document, id, value)]


TAKEN: tuple[tuple[str, Level], ...] = (("memory.shared", ""), ("memory.balloon", ""), ("memory.swap", "critical"))


def _memory(value: Value) -> list[Line]:
    found: list[Line] = []
    state = memory_state(value)
    if state is not None and value("memory.used") > 0:
        word, meaning, level = MEMORY[state]
        found.append(Line(words_of("memory.state"), f"{_(word)} – {_(meaning)}", level))
    found.extend(Line(words_of(name), units.show(value(name), "B"), level) for name, level in TAKEN if value(name) > 0)
    slowed = value("memory.slowdown")
    if slowed > 0:
        found.append(Line(words_of("memory.slowdown"), units.show(slowed, "1"), "critical"))
    return found


def _patches(value: Value) -> list[Line]:
    count = value("kernel.patched")
    return [Line(words_of("kernel.patched"), f"{count:.0f}", "ok")] if count > 0 else []


def _cluster(document: Document, id: str, value: Value) -> list[Line]:
    sigma = value("balance.sigma")
    if "group" not in document.traits(id) or sigma != sigma:
        return []
    hosts = value("hosts.up")
    urgency = priority(sigma, max(1, int(hosts))) if hosts == hosts else 5
    level: Level = "critical" if urgency <= 1 else "busy" if urgency <= 3 else "ok"
    return [
        Line(words_of("balance.sigma"), f"{sigma:.3g}", level),
        Line(_("Priority of a move"), _("{priority} of 5 (1 is most urgent)", priority=urgency), level),
    ]
