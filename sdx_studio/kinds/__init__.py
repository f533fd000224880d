"""The catalogue: one file per element kind, found by walking this package; no other room names a kind.

May import the engine's parts. May not enter: documents, files, Qt, anything that knows several kinds at once.
"""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches

from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field, FieldError, Value, Values

__all__ = [
    "GROUND", "Field", "FieldError", "Kind", "Meter", "Placed", "Plan", "Thresholds", "UnknownKindError", "Value",
    "Values", "catalogue", "having", "kind", "standing_for",
]  # fmt: skip
_NOT_KINDS = {"base", "choice_words", "fields", "identity", "links", "placeholder", "power_tables", "presets", "slots"}


class UnknownKindError(KeyError):
    """No such kind; the message names the closest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@functools.lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Kind]:
    """All kinds by key, in palette order."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name not in _NOT_KINDS]
    found: list[Kind] = [importlib.import_module(f"{__name__}.{name}").KIND for name in names]
    return {one.key: one for one in sorted(found, key=lambda one: (one.order, one.key))}


def kind(key: str) -> Kind:
    """The kind with this key; raises UnknownKindError with a suggestion."""
    known = catalogue()
    if key in known:
        return known[key]
    close = get_close_matches(key, known, 1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise UnknownKindError(f"unknown kind {key!r}{hint} (known: {', '.join(sorted(known))})")


def having(trait: str) -> tuple[Kind, ...]:
    """Kinds with `trait`, in palette order."""
    return tuple(one for one in catalogue().values() if trait in one.traits)


def standing_for(foreign: str) -> Kind:
    """The kind that stands for a thing of a foreign format, such as "graphml:node"."""
    for one in catalogue().values():
        if foreign in one.stands_for:
            return one
    raise UnknownKindError(f"no kind stands for {foreign!r}")
