"""`kinds`: the catalogue of what can be drawn, with fields, units and bounds."""

from typing import Any

import click

from sdx_studio.cli.frame import as_json
from sdx_studio.kinds import GROUND, Field, Kind, catalogue
from sdx_studio.words import _

CANVAS = "canvas"


def seats(one: Kind) -> list[str]:
    """Keys of the kinds it may sit in, and "canvas" when it may stand on its own."""
    inside = [other.key for other in catalogue().values() if set(one.needs) & set(other.offers)]
    return [CANVAS, *inside] if GROUND in one.needs else inside


def guests(one: Kind) -> list[str]:
    """Keys of the kinds that may sit in it."""
    return [other.key for other in catalogue().values() if set(other.needs) & set(one.offers)]


def measures(one: Kind) -> list[str]:
    """Measures that its card shows."""
    found = [meter.measure for meter in one.meters]
    return found if one.lead is None or one.lead in found else [*found, one.lead]


def described(one: Kind) -> dict[str, Any]:
    """Everything one may want to know about a kind, as plain values."""
    return {
        "key": one.key,
        "label": _(one.label),
        "family": one.family,
        "group": one.group,
        "help": _(one.help),
        "sits_on": seats(one),
        "holds": guests(one),
        "capacity": one.capacity,
        "carries": list(one.carries),
        "fields": [_field(field) for field in one.fields],
        "measures": measures(one),
    }


def _field(one: Field) -> dict[str, Any]:
    default = list(one.default) if isinstance(one.default, tuple) else one.default
    return {
        "key": one.key,
        "label": _(one.label),
        "type": one.type,
        "unit": one.unit,
        "default": default,
        "minimum": one.minimum,
        "maximum": one.maximum,
        "choices": list(one.choices),
        "optional": one.optional,
        "help": _(one.help),
    }


@click.command("kinds", help="The catalogue: what can be drawn, what sits on what, fields, units and bounds.")
@click.option("--json", "wants_json", is_flag=True, help="Print it as JSON.")
def COMMAND(wants_json: bool) -> int:
    """Exit code 0."""
    if wants_json:
        click.echo(as_json([described(one) for one in catalogue().values()]))
        return 0
    for one in catalogue().values():
        click.echo(f"{one.key}  {_(one.label)}: {_(one.help)}")
        click.echo(f"    {_('sits on')}: {', '.join(seats(one))}")
        if guests(one):
            click.echo(f"    {_('holds')}: {', '.join(guests(one))}")
        for field in one.fields:
            allowed = ", ".join(field.choices) if field.choices else _allowed(field)
            click.echo(f"    {field.key} = {field.show(field.default)}  ({allowed})")
    return 0


def _allowed(field: Field) -> str:
    return field.range_text() if field.type in ("number", "integer") else _(field.type)
