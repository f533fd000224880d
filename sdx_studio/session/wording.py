"""Events in words: names instead of ids, in the language in use."""

from collections.abc import Mapping
from typing import Any

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.events import Event, Ref
from sdx_studio.session.acts import ACTS
from sdx_studio.words import _

SPOKEN = ("reason", "verb")
"""Figures that are words themselves (marked where they are given) and are said in the language in use."""

UNITS = {"downtime": "s", "total": "s", "sent": "B", "bytes": "B", "dirty": "B", "rate": "B/s", "left": "B",
         "seconds": "s", "wait": "s", "throttle": "1", "by": "1", "factor": "", "utilisation": "1", "gets": "bit/s",
         "otherwise": "bit/s", "limit": "1", "memory": "B", "free_cores": "1", "free_memory": "1", "reserve": "1",
         "asked": "B", "room": "B", "free": "core", "lost": "B", "headroom": "B", "outage": "s",
         "turnaround": "s"}  # fmt: skip


def sentence(event: Event, document: Document) -> str:
    """The event as people read it."""
    return _(event.template, **{key: _shown(key, value, document) for key, value in event.figures.items()})


def _shown(key: str, value: object, document: Document) -> object:
    if isinstance(value, Ref):
        return name_of(str(value), document)
    if isinstance(value, str):
        return _(ACTS[value].label if key == "verb" and value in ACTS else value) if key in SPOKEN else value
    if isinstance(value, float):
        return units.show(value, UNITS.get(key, ""))
    return value


def name_of(id: str, document: Document) -> str:
    """An element's name, a link's two ends, the number of a VM that was asked for, or the id when it is gone."""
    if id in document.elements:
        return document.elements[id].name
    if id in document.links:
        return document.address(id).removeprefix("link:")
    source, _slash, number = id.rpartition("/")
    return f"{document.elements[source].name}-{number}" if source in document.elements else id


def record(event: Event, document: Document) -> dict[str, Any]:
    """The event with its figures as plain values, elements by address: one entry of the command line's JSON."""
    figures: Mapping[str, Any] = {
        key: document.address(str(value)) if isinstance(value, Ref) else value for key, value in event.figures.items()
    }
    return {
        "time": event.time / 1e6,
        "kind": event.kind,
        "element": document.address(event.element) if event.element else None,
        "text": sentence(event, document),
        **figures,
    }
