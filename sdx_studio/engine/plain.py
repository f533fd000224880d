"""Plain data: frozen values as dicts, lists, numbers and texts that any process can read again; nothing is executed."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from sdx_studio.engine import parts
from sdx_studio.engine.formulas.migration import Brake, Rules
from sdx_studio.engine.journal import Do, Entry, Journal, Plan, Revise

SORTS: Mapping[str, type] = {
    one.__name__: one
    for one in (
        *(getattr(parts, name) for name in parts.__all__ if isinstance(getattr(parts, name), type)),
        Brake, Rules, Do, Entry, Journal, Plan, Revise,
    )
}  # fmt: skip
"""Every type that may stand in plain data, by name."""


def plain(value: object) -> Any:
    """`value` (a journal, a part, …) as JSON could carry it; raises TypeError for anything unknown."""
    if is_dataclass(value) and SORTS.get(type(value).__name__) is type(value):
        rows = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **rows}
    if isinstance(value, type) and SORTS.get(value.__name__) is value:
        return {"is": "type", "name": value.__name__}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, bytes):
        return {"is": "bytes", "hex": value.hex()}
    if isinstance(value, float) and not isfinite(value):
        return {"is": "float", "text": repr(value)}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")


def rich(value: Any) -> Any:
    """What `plain` was given; raises ValueError when it does not come from there."""
    if isinstance(value, list):
        return tuple(rich(one) for one in value)
    if not isinstance(value, dict):
        return value
    rows = dict(value)
    sort = rows.pop("is", None)
    if sort == "bytes":
        return bytes.fromhex(rows["hex"])
    if sort == "float":
        return float(rows["text"])
    if sort == "type" and rows.get("name") in SORTS:
        return SORTS[rows["name"]]
    if sort not in SORTS:
        raise ValueError(f"{sort!r} is nothing that a journal holds")
    named = {name: rich(one) for name, one in rows.items()}
    if sort == "Journal":
        named["entries"] = list(named["entries"])
    return SORTS[sort](**named)
