"""Values of which each element has its own: what a copy gets in place of its original's."""

import re
from collections.abc import Collection
from ipaddress import AddressValueError, IPv4Address

_MAC = re.compile(r"([0-9A-Fa-f]{2}(?P<sign>[:-]))(?:[0-9A-Fa-f]{2}(?P=sign)){4}[0-9A-Fa-f]{2}")
_HOSTS = 2**24
"""Ends of a MAC address that its maker may give out: the last three of six bytes."""


def fresh(value: str, taken: Collection[str]) -> str:
    """The next MAC or IPv4 address after `value` that is not in `taken`; empty for any other text, or without one."""
    mac = _MAC.fullmatch(value.strip())
    if mac is not None:
        return _next_mac(value.strip(), mac["sign"], taken)
    try:
        start = int(IPv4Address(value.strip()))
    except AddressValueError:
        return ""
    net = start & ~0xFF
    ends = (net | (start + step) % 256 for step in range(1, 256))
    addresses = (str(IPv4Address(end)) for end in ends if end % 256 not in (0, 255))
    return next((address for address in addresses if address not in taken), "")


def _next_mac(value: str, sign: str, taken: Collection[str]) -> str:
    """Counted up in the part that the maker gives out, written as `value` is."""
    whole = int(value.replace(sign, ""), 16)
    upper = value == value.upper() and value != value.lower()
    for step in range(1, min(len(taken) + 2, _HOSTS)):
        number = whole - whole % _HOSTS + (whole + step) % _HOSTS
        digits = f"{number:012X}" if upper else f"{number:012x}"
        text = sign.join(digits[at : at + 2] for at in range(0, 12, 2))
        if text not in taken:
            return text
    return ""
