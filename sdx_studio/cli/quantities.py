"""Parameter types: simulated times with units, sizes in pixels, `key=value` pairs."""

import re

import click

from sdx_studio import units
from sdx_studio.words import _


class Time(click.ParamType):  # type: ignore[type-arg]
    """Simulated time in any unit (`90`, `2h`, `1.5 min`), in seconds."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds, from 0 to ten years."""
        try:
            seconds = units.parse(str(value), "s")
        except units.UnitError as reason:
            self.fail(str(reason), param, ctx)
        if not 0 <= seconds <= units.LONGEST:
            self.fail(_("{value} is outside 0 s … 10 years", value=value), param, ctx)
        return seconds


class Size(click.ParamType):  # type: ignore[type-arg]
    """Width and height in pixels, `1280x720`."""

    name = "WxH"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Both from 16 to 16,384 pixels."""
        found = re.match(r"(\d{2,5})[x×](\d{2,5})$", str(value))
        if found is None or not all(16 <= int(side) <= 16_384 for side in found.groups()):
            self.fail(_("{value} is no size; 1280x720 is one (16 to 16,384 pixels)", value=value), param, ctx)
        return int(found.group(1)), int(found.group(2))


class Pair(click.ParamType):  # type: ignore[type-arg]
    """One `key=value`."""

    name = "key=value"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Key and value."""
        key, sign, rest = str(value).partition("=")
        if not sign or not key:
            self.fail(_("{value} is not of the form key=value", value=value), param, ctx)
        return key, rest


TIME, SIZE, PAIR = Time(), Size(), Pair()
FILE = click.Path()
