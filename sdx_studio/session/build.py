"""From the drawing to the engine: every element's kind and every link says what parts it stands for."""

from collections.abc import Iterable

from sdx_studio.document import Act, Document
from sdx_studio.engine.parts import Command, Part
from sdx_studio.kinds.links import link_parts

MICROSECONDS = 1_000_000


def parts_of(document: Document) -> list[Part]:
    """All parts of a project, by id."""
    found: list[Part] = []
    for id in sorted(document.elements):
        found.extend(document.kind_of(id).parts(document.elements[id], document))
    for id in sorted(document.links):
        found.extend(link_parts(document.links[id], document))
    return found


def scenario_of(document: Document) -> list[Command]:
    """The timed acts as the engine's commands, by time and id."""
    acts = sorted(document.scenario.values(), key=lambda act: (act.at, act.id))
    return [command_of(act, document) for act in acts]


def command_of(act: Act, document: Document) -> Command:
    """One act as a command; where something goes `to` is a machine, whatever on it is named."""
    figures = []
    for key, value in sorted(act.fields.items()):
        if key == "to" and isinstance(value, str) and value in document.elements:
            value = machine_of(document, value)
        if isinstance(value, (str, float, int, bool)):
            figures.append((key, value))
    return Command(round(act.at * MICROSECONDS), act.verb, act.target, tuple(figures), act.id)


def machine_of(document: Document, id: str) -> str:
    """`id` itself if it is a machine, otherwise the machine below it (a layer's host), otherwise `id`."""
    if "machine" in document.traits(id):
        return id
    return document.ancestor(id, "machine") or id


def revision(before: Iterable[Part], after: Iterable[Part]) -> tuple[list[Part], list[tuple[type, str]]]:
    """What changed between two builds: parts that are new or different, and (type, id) of those that went."""
    old = {(type(part), part.id): part for part in before}
    new = {(type(part), part.id): part for part in after}
    changed = [part for key, part in new.items() if old.get(key) != part]
    return changed, [key for key in old if key not in new]
