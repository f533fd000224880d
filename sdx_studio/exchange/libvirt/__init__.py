"""libvirt XML: guests, networks, pools and volumes, and whole connections, drawn as one host with its surroundings.

One guest can be written as a domain, which libvirt's own schema accepts.

May not enter: paths and addresses in such a file are names only, nothing is opened or resolved.
"""

import re

from sdx_studio.document import Document
from sdx_studio.exchange.formats import Format, Opened, Option, Options
from sdx_studio.words import mark

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*<(?:domains?|networks?|pools?|volumes?|node)[\s>/]", re.DOTALL
)


def _read(data: bytes, name: str, _options: Options) -> Opened:
    from sdx_studio.exchange.libvirt.connection import parse

    return parse(data, name)


def _write(document: Document, options: Options) -> bytes:
    from sdx_studio.exchange.libvirt.writing import write

    return write(document, options)


FORMAT = Format(
    "libvirt", mark("libvirt XML"), (".xml",), lambda head: _START.match(head) is not None, _read, _write,
    (Option("guest", mark("which VM to write, one a file; else the one called as the file, else the only one"), True),),
)  # fmt: skip
