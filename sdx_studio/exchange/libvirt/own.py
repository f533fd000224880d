"""What the model knows of a guest and libvirt has no place for: kept in `<metadata>`, which libvirt leaves as it is."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element as Part

from sdx_studio.exchange.markup import Node
from sdx_studio.kinds import Field, Kind, Value

SPACE = "urn:sdx-studio:guest:1"
GUEST, DISK = f"{{{SPACE}}}guest", f"{{{SPACE}}}disk"
_SAID = {"vcpus", "memory", "shares", "limit", "mac"}
"""Fields that a domain says itself."""
_ILLEGAL = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = {"number", "integer", "text", "choice", "flag", "series"}


def written(into: Part, values: Mapping[str, Value], what: Kind, leave: Iterable[str] = _SAID) -> None:
    """Put what was set as attributes, exactly; what refers to other elements has no meaning in another file."""
    for key, value in sorted(values.items()):
        field = what.by_key.get(key)
        if field is not None and field.type in _PLAIN and key not in leave and value is not None:
            into.set(key, _text(value))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return legal(str(value))


def legal(text: str) -> str:
    """Words without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def read(node: Node, what: Kind) -> dict[str, Value]:
    """The fields among an element's attributes; those that do not fit are left to whoever draws them."""
    if node is None:
        return {}
    return {key: _value(what.by_key[key], text) for key, text in node.attrib.items()
            if key in what.by_key and what.by_key[key].type in _PLAIN}  # fmt: skip


def _value(field: Field, text: str) -> Value:
    if field.type not in ("number", "integer"):
        return text
    try:
        return float(text)
    except ValueError:
        return text


def of_guest(node: Node, what: Kind) -> dict[str, Value]:
    """Fields of a guest that its domain's metadata tell."""
    return read(node.find(f"metadata/{GUEST}"), what)


def of_disk(node: Node, device: str, what: Kind) -> dict[str, Value]:
    """Fields of the volume behind a guest's disk `device` (vda), as far as the metadata tell them."""
    for one in node.findall(f"metadata/{DISK}"):
        if one.get("dev") == device:
            return read(one, what)
    return {}
