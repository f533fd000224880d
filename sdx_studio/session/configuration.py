"""An element's configuration as text, one `key: value unit` a line, and back again with every mistake by its line.

The keys are those of files and scripts, so a text means the same in every language; what stands after `#` is for
people. A line that is left out changes nothing; one without a value puts the usual one (or the template's) back.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from sdx_studio import units
from sdx_studio.document import Document, EditError
from sdx_studio.document.document import UnknownElementError
from sdx_studio.document.inheriting import circle
from sdx_studio.document.placing import the
from sdx_studio.kinds import Field, FieldError, Value
from sdx_studio.words import _

NAME, ID = "name", "id"
_LINE = re.compile(r"(?P<key>[^:：#]*?)\s*[:：]\s*(?P<rest>.*)$")
_PLAIN = re.compile(r'[^\s"#](?:[^"#\n\r]*[^\s"#])?')
LONGEST = 4 * 1024 * 1024
"""Characters; longer texts are refused."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on a line (counted from 1), in words that say what is allowed."""

    line: int
    key: str
    message: str


class ConfigurationError(EditError):
    """A text is no configuration of the element; `mistakes` has all of them, in the order of their lines."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(_("line {line}: {message}", line=one.line, message=one.message) for one in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Changes:
    """What a text asks for: another name, and fields of which None goes back to the usual value."""

    name: str | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.name is not None or bool(self.fields)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison: sign " ", "-" (as in the first) or "+" (as in the second), key, and the value's text."""

    sign: str
    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.sign} {self.key}: {self.value}".rstrip()


def portable(document: Document, id: str) -> bool:
    """Whether an element is, so to speak, a file of its own: a guest that can go to another machine."""
    return id in document.elements and "mobile" in document.traits(id)


def text_of(document: Document, id: str, help: bool = True) -> str:
    """The configuration of an element; with `help` every line says what it is for. Raises UnknownElementError."""
    what = document.kind_of(id)
    values = dict(_lines(document, id))
    lines = [f"{NAME}: {values[NAME]}", f"{ID}: {values[ID]}"]
    if help:
        lines[1] += "  # " + _("cannot be changed")
    group = ""
    for one in _ordered(what.fields):
        if one.group != group:
            group = one.group
            lines += ["", f"# {_(group)}"]
        line = f"{one.key}: {values[one.key]}".rstrip()
        lines.append(f"{line}  # {_(one.help)}" if help and one.help else line)
    return "\n".join(lines) + "\n"


def _ordered(fields: tuple[Field, ...]) -> list[Field]:
    """Fields of one group side by side, groups in the order in which they first come."""
    groups = list(dict.fromkeys(one.group for one in fields))
    return sorted(fields, key=lambda one: groups.index(one.group))


def _lines(document: Document, id: str) -> Iterator[tuple[str, str]]:
    one, values = document.element(id), document.values(id)
    yield NAME, _quoted(one.name)
    yield ID, id
    for each in _ordered(document.kind_of(id).fields):
        yield each.key, _shown(document, each, values[each.key])


def _shown(document: Document, what: Field, value: Value) -> str:
    """A value so that reading it gives exactly the same."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if what.type in ("reference", "references"):
        ids = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(_addressed(document, str(id)) for id in ids)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, (int, float)):
        return _quantity(what, value)
    return _quoted(value)


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.isprintable() else json.dumps(text, ensure_ascii=False)


def _addressed(document: Document, id: str) -> str:
    """An element by kind and name where that says which one and can be told from what stands around it, else its id."""
    if id not in document.elements:
        return id
    address = document.address(id)
    return address if "," not in address and _PLAIN.fullmatch(address) else id


def _quantity(what: Field, value: float) -> str:
    shown = units.show(value, what.unit).replace(units.NBSP, " ")
    try:
        if same(what.read(shown), value):
            return shown
    except FieldError:
        pass
    return repr(int(value)) if value == int(value) else repr(value)


def changes_of(document: Document, id: str, text: str) -> Changes:
    """What `text` would change about the element. Raises ConfigurationError with all mistakes, and changes nothing."""
    reader = _Reader(document, id)
    if len(text) > LONGEST:
        raise ConfigurationError((Mistake(1, "", _("the text is too long")),))
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        reader.take(number, line)
    return reader.changes()


def same(a: Value, b: Value) -> bool:
    """Whether two values are one and the same but for the last digits of a number (70 % and 0.7)."""
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (a, b))
    return math.isclose(a, b, rel_tol=1e-12) if numbers else a == b  # type: ignore[arg-type]


class _Reader:
    """Takes a configuration line by line."""

    def __init__(self, document: Document, id: str) -> None:
        self._document, self._id = document, id
        self._fields = document.kind_of(id).by_key
        self._mistakes: list[Mistake] = []
        self._found: dict[str, tuple[int, Value]] = {}

    def take(self, number: int, line: str) -> None:
        """One line, from 1."""
        plain = line.strip().lstrip("\ufeff")
        if not plain or plain.startswith("#"):
            return
        found = _LINE.match(plain)
        key = unicodedata.normalize("NFKC", found["key"]).strip() if found is not None else ""
        if found is None or not key:
            self._wrong(number, "", _("this is no line of a configuration; one is “key: value”"))
        elif key in self._found:
            self._wrong(number, key, _("“{key}” has been said on line {line}", key=key, line=self._found[key][0]))
        elif key not in self._fields and key not in (NAME, ID):
            self._wrong(number, key, self._unknown(key))
        else:
            self._found[key] = (number, None)
            self._read(number, key, found["rest"])

    def _unknown(self, key: str) -> str:
        known = [NAME, *self._fields]
        close = get_close_matches(key.lower(), known, 1)
        if close:
            return _("there is no “{key}”; did you mean “{word}”?", key=key, word=close[0])
        return _("there is no “{key}”; known are {all}", key=key, all=", ".join(known))

    def _read(self, number: int, key: str, rest: str) -> None:
        try:
            entered = _unquoted(rest)
            self._found[key] = (number, self._value(key, entered))
        except FieldError as reason:
            self._wrong(number, key, f"{key}: {reason.reason}")
        except (EditError, UnknownElementError) as reason:
            self._wrong(number, key, f"{key}: {reason}")

    def _value(self, key: str, entered: str) -> Value:
        if key == ID and entered != self._id:
            raise EditError(_("it is {id} and cannot be changed", id=self._id))
        if key == NAME and not entered:
            raise EditError(_("a name is needed"))
        if key in (ID, NAME):
            return entered
        what = self._fields[key]
        if what.type == "reference":
            return self._target(what, entered) if entered else None
        if not entered and what.type in ("number", "integer", "choice", "flag"):
            return None
        value = what.read(entered)
        if what.type == "references" and isinstance(value, tuple):
            return tuple(dict.fromkeys(self._target(what, one) for one in value))
        if what.identity and value:
            self._own(key, value)
        return value

    def _target(self, what: Field, address: str) -> str:
        """Id of what a reference names, if it may."""
        id = self._document.find(address)
        if id in self._document.links and what.cables:
            return id
        if id not in self._document.elements or (what.to and not self._document.traits(id) & {*what.to, "placeholder"}):
            kind = the(self._document.kind_of(id)) if id in self._document.elements else address
            raise EditError(_("cannot point to {what}", what=kind))
        if what.inherits and circle(self._document, self._document.element(self._id).setting(**{what.key: id})):
            raise EditError(_("it would take its values from itself"))
        return id

    def _own(self, key: str, value: Value) -> None:
        """Refuse an identity that another element has."""
        for id, other in self._document.elements.items():
            if id != self._id and other.fields.get(key) == value:
                raise EditError(_("{name} has this one", name=other.name))

    def _wrong(self, number: int, key: str, message: str) -> None:
        self._mistakes.append(Mistake(number, key, message))

    def changes(self) -> Changes:
        """All of it, compared with what the element is."""
        if self._mistakes:
            raise ConfigurationError(tuple(self._mistakes))
        one, values = self._document.element(self._id), self._document.values(self._id)
        fields: dict[str, Value] = {}
        for key in self._fields:
            if key not in self._found:
                continue
            wanted = self._found[key][1]
            if (wanted is None and key in one.fields) or (wanted is not None and not same(wanted, values[key])):
                fields[key] = wanted
        name = self._found.get(NAME, (0, one.name))[1]
        return Changes(str(name) if name != one.name else None, fields)


def _unquoted(rest: str) -> str:
    """The value on a line, without the comment behind it."""
    if not rest.startswith('"'):
        return re.split(r"(?:^|\s)#", rest, maxsplit=1)[0].strip()
    try:
        value, end = json.JSONDecoder().raw_decode(rest)
    except ValueError:
        raise EditError(_("the quotation marks do not close")) from None
    left = rest[end:].strip()
    if left and not left.startswith("#"):
        raise EditError(_("“{text}” stands behind the quotation marks", text=left))
    return str(value)


def difference(document: Document, a: str, b: str) -> tuple[Line, ...]:
    """The configurations of two elements (by id) line by line; those that differ stand below each other."""
    first, second = dict(_lines(document, a)), dict(_lines(document, b))
    lines: list[Line] = []
    for key in (*first, *(key for key in second if key not in first)):
        if key in first and first[key] == second.get(key):
            lines.append(Line(" ", key, first[key]))
            continue
        lines += [Line(sign, key, one[key]) for sign, one in (("-", first), ("+", second)) if key in one]
    return tuple(lines)


def differing(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The keys in which the two differ."""
    return tuple(dict.fromkeys(one.key for one in lines if one.sign != " "))
