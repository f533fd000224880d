"""XML from strangers: without DTDs, entities or external references, and with a line in every complaint."""

import re
from typing import Any

from sdx_studio.exchange.formats import LARGEST, FileError
from sdx_studio.words import _

Node = Any
"""An `xml.etree` element; the defused library has no types for it."""
_ROOT = re.compile(rb"<(?![?!])")
_JUNK = "junk after document element"


def root(data: bytes, name: str) -> Node:
    """The outermost element of an XML file; raises FileError with the line for everything that is none."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > LARGEST:
        raise FileError(name, 0, 0, "", _("larger than {limit} MiB", limit=LARGEST // 2**20))
    try:
        return fromstring(data, forbid_dtd=True)
    except ParseError as reason:
        line, column = reason.position
        message = str(reason).rpartition(": line")[0] or str(reason)
        if _JUNK in message:
            message = _("a second document or loose text begins here; a file holds one document")
        raise FileError(name, line, column + 1, "", _("no well-formed XML: {reason}", reason=message)) from None
    except DefusedXmlException:
        at = max(data.find(b"<!DOCTYPE"), data.find(b"<!ENTITY"), 0)
        message = _("document types and entities are refused, they can be used to do harm")
        raise FileError(name, data.count(b"\n", 0, at) + 1, 1, "", message) from None
    except (LookupError, ValueError) as reason:
        raise FileError(name, 1, 1, "", _("no readable XML: {reason}", reason=reason)) from None


def line_of_root(data: bytes) -> int:
    """Line on which the outermost element begins, counted from 1."""
    bare = re.sub(rb"<!--.*?-->", lambda match: b"\n" * match.group().count(b"\n"), data, flags=re.DOTALL)
    found = _ROOT.search(bare)
    return bare.count(b"\n", 0, found.start()) + 1 if found else 1


def local(tag: object) -> str:
    """A tag without its namespace; comments have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text(node: Node, path: str, default: str = "") -> str:
    """Stripped text of the element at `path` below `node`."""
    found = node.find(path)
    return (found.text or "").strip() if found is not None else default
