"""From bytes to a JSON tree without tolerance: what another program could read differently is refused."""

import json
import re
from typing import Any

import msgspec

from sdx_studio.exchange.formats import LARGEST, FileError
from sdx_studio.exchange.native.positions import DEEPEST, Path, first_fault, line_column, locate, spell
from sdx_studio.words import _

_BYTE = re.compile(r"\s*\(byte (\d+)\)$")
_BOM = b"\xef\xbb\xbf"


class Source:
    """The bytes of one file and its name; it makes the errors that speak of them."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.data = data.removeprefix(_BOM)
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The whole file as text; what is no UTF-8 stands as U+FFFD."""
        if self._text is None:
            self._text = self.data.decode("utf-8", errors="replace")
        return self._text

    def at_byte(self, offset: int, message: str) -> FileError:
        """An error at a byte of the file."""
        characters = len(self.data[:offset].decode("utf-8", errors="replace"))
        return FileError(self.name, *line_column(self.text, characters), "", message)

    def at_path(self, path: Path, message: str) -> FileError:
        """An error at a member of the file."""
        return FileError(self.name, *line_column(self.text, locate(self.text, path)), spell(path), message)

    def guard(self) -> None:
        """Refuse what is too large, no UTF-8 or holds a NUL."""
        if len(self.data) > LARGEST:
            limit = LARGEST // 2**20
            raise FileError(self.name, 0, 0, "", _("larger than {limit} MiB, which no project is", limit=limit))
        nul = self.data.find(b"\0")
        if nul >= 0:
            raise self.at_byte(nul, _("a NUL byte; this is no text file"))
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError as reason:
            raise self.at_byte(reason.start, _("not UTF-8 text")) from None

    def syntax(self, reason: msgspec.DecodeError) -> FileError:
        """A decoder's complaint with the place where it stopped."""
        message = str(reason)
        found = _BYTE.search(message)
        offset = int(found.group(1)) if found else len(self.data)
        return self.at_byte(offset, _("no well-formed JSON: {reason}", reason=_BYTE.sub("", message)))

    def tree(self) -> Any:
        """The whole file as plain dicts and lists."""
        try:
            msgspec.json.decode(self.data)
            tree = json.loads(self.text, object_pairs_hook=_once, parse_int=_bounded)
        except (RecursionError, _RepeatedError):
            raise self._fault() from None
        except msgspec.DecodeError as reason:
            raise self.syntax(reason) from None
        except ValueError as reason:
            raise FileError(self.name, 1, 1, "", str(reason)) from None
        if _too_deep(tree):
            raise self._fault()
        return tree

    def _fault(self) -> FileError:
        offset, path, message = first_fault(self.text) or (0, (), _("nested too deep"))
        return FileError(self.name, *line_column(self.text, offset), spell(path), message)


class _RepeatedError(Exception):
    """A name twice in one object, or a number beyond the bounds."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RepeatedError
    return made


def _bounded(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > 2**53:
        raise _RepeatedError
    return int(digits)


def _too_deep(tree: Any) -> bool:
    level = [tree]
    for _depth in range(DEEPEST):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(value for value in one.values() if isinstance(value, (dict, list)))
            elif isinstance(one, list):
                inner.extend(value for value in one if isinstance(value, (dict, list)))
        if not inner:
            return False
        level = inner
    return True
