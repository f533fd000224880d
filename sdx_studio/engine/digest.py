"""A canonical fingerprint of plain state: the same in every process and for every order of input."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from hashlib import sha256
from struct import pack

import numpy as np


def fingerprint(state: object) -> str:
    """SHA-256, in hex, of nested tuples, lists, dicts, sets, dataclasses, arrays and plain values."""
    pieces: list[bytes] = []
    _spell(state, pieces)
    return sha256(b"".join(pieces)).hexdigest()


def _spell(value: object, pieces: list[bytes]) -> None:
    if isinstance(value, float):
        pieces.append(b"f" + pack(">d", value))
    elif isinstance(value, bytes):
        pieces.append(b"b" + value)
    elif value is None or isinstance(value, int | str):
        pieces.append(f"{type(value).__name__[0]}{value}\x1f".encode())
    elif isinstance(value, np.ndarray):
        pieces.append(b"a" + np.ascontiguousarray(value).tobytes())
    elif isinstance(value, dict):
        _spell_all(b"d", sorted(value.items()), pieces)
    elif isinstance(value, set | frozenset):
        _spell_all(b"e", sorted(value), pieces)
    elif isinstance(value, tuple | list):
        _spell_all(b"l", value, pieces)
    elif is_dataclass(value):
        pieces.append(type(value).__name__.encode())
        _spell_all(b"o", [getattr(value, one.name) for one in fields(value)], pieces)
    else:
        raise TypeError(f"no canonical form for {type(value).__name__}")


def _spell_all(mark: bytes, values: Iterable[object], pieces: list[bytes]) -> None:
    pieces.append(mark + b"(")
    for one in values:
        _spell(one, pieces)
    pieces.append(b")")
