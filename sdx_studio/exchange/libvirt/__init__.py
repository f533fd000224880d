"""libvirt XML: guests, networks, pools and volumes, and whole connections, drawn as one host with its surroundings.

May not enter: paths and addresses in such a file are names only, nothing is opened or resolved.
"""

import re

from sdx_studio.exchange.formats import Format, Opened, Options
from sdx_studio.words import mark

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*<(?:domains?|networks?|pools?|volumes?|node)[\s>/]", re.DOTALL
)


def _read(data: bytes, name: str, _options: Options) -> Opened:
    from sdx_studio.exchange.libvirt.connection import parse

    return parse(data, name)


FORMAT = Format("libvirt", mark("libvirt XML"), (".xml",), lambda head: _START.match(head) is not None, _read)
