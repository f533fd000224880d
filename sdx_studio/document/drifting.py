"""Standards of policy groups, and what has drifted from them: settings that are not as their group says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sdx_studio.document.document import Document
from sdx_studio.kinds import Field, FieldError, Kind, Value
from sdx_studio.kinds.fields import Values
from sdx_studio.kinds.links import LINK_FIELDS, link_values
from sdx_studio.words import _

MEMBERS, STANDARD = "members", "standard"
LISTS = ("tags",)
"""Types whose values are several words; in a standard they stand with spaces between."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Setting `field` of `element` is `value`; its group `group` says `wanted`."""

    group: str
    element: str
    field: Field
    value: Value
    wanted: Value

    def words(self, document: Document) -> str:
        """What has drifted, for people."""
        return _("{field} is {value}, {group} says {wanted}", field=_(self.field.label),
                 value=self.field.show(self.value), wanted=self.field.show(self.wanted),
                 group=document.element(self.group).name)  # fmt: skip


OF_ONE_CABLE = ("label", "port_a", "port_b")
"""Fields of a cable that no other has alike."""
CABLE = tuple(field for field in LINK_FIELDS if field.key not in OF_ONE_CABLE)
"""Fields that several cables can have alike."""


def settings(kind: Kind) -> tuple[Field, ...]:
    """Fields of a kind that several elements can have alike: no references, no identities, no recordings."""
    kinds = ("reference", "references", "series")
    return tuple(field for field in kind.fields if field.type not in kinds and not field.identity)


def settings_of(document: Document, id: str) -> tuple[Field, ...]:
    """Fields that an element or a cable can have like others."""
    return CABLE if id in document.links else settings(document.kind_of(id))


def values_of(document: Document, id: str) -> Values:
    """Values of an element or a cable."""
    return link_values(document.links[id]) if id in document.links else document.values(id)


def spelled(field: Field, value: Value) -> str:
    """One setting as it stands in a standard: "memory = 4 GiB"."""
    if isinstance(value, bool):
        words = "yes" if value else "no"
    elif isinstance(value, tuple):
        words = " ".join(value)
    elif isinstance(value, int | float):
        words = _number(field, value)
    else:
        words = "" if value is None else field.show(value)
    return f"{field.key} = {words}"


def _number(field: Field, value: float) -> str:
    """A number with its unit as people write it, as long as it reads as the same again; commas separate settings."""
    words = field.show(value).replace(",", "").replace("\u00a0", " ")
    try:
        exact = same(read(field, words), value)
    except FieldError:
        exact = False
    return words if exact else f"{value!r}"


def entries(standard: tuple[str, ...]) -> dict[str, str]:
    """Key → value as it is written; what has no "=" is a key without a value."""
    found = {}
    for text in standard:
        key, _sign, value = text.partition("=")
        found[key.strip()] = value.strip()
    return found


def read(field: Field, text: str) -> Value:
    """A value of a standard; raises FieldError saying what is allowed."""
    if field.type in LISTS:
        return tuple(text.replace(";", " ").replace(",", " ").split())
    return field.read(text)


def wanted(document: Document, group: str, member: str) -> Mapping[Field, Value]:
    """What a group says about one member; what it cannot have or cannot be read is left out."""
    known = {field.key: field for field in settings_of(document, member)}
    found: dict[Field, Value] = {}
    for key, text in entries(document.values(group)[STANDARD]).items():
        if key in known:
            try:
                found[known[key]] = read(known[key], text)
            except FieldError:
                continue
    return found


def members(document: Document, group: str) -> tuple[str, ...]:
    """Members of a group that are there, elements and cables."""
    return tuple(id for id in document.values(group)[MEMBERS] if id in document.elements or id in document.links)


def drift(document: Document) -> tuple[Drift, ...]:
    """All settings that are not as a group says, by group and member."""
    return tuple(_drift(document))


def _drift(document: Document) -> Iterator[Drift]:
    for group in document.having("policy"):
        for member in members(document, group):
            values = values_of(document, member)
            for field, should in wanted(document, group, member).items():
                if not same(values[field.key], should):
                    yield Drift(group, member, field, values[field.key], should)


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same; numbers up to what is lost when they are written."""
    numbers = [value for value in (one, other) if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == len((one, other)):
        first, second = numbers
        return abs(first - second) <= 1e-9 * max(abs(first), abs(second))
    return one == other


def mistakes(document: Document, group: str, standard: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a standard, in words."""
    known: dict[str, Field] = {}
    for member in members(document, group):
        known.update({field.key: field for field in settings_of(document, member)})
    for key, text in entries(standard).items():
        if known and key not in known:
            yield _("no member has a setting “{key}”", key=key)
        elif key in known:
            try:
                read(known[key], text)
            except FieldError as reason:
                yield str(reason)
