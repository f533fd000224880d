"""`formats`: which files can be read and written."""

import click

from sdx_studio.cli.frame import as_json
from sdx_studio.exchange import formats
from sdx_studio.words import _


@click.command("formats", help="The file formats that can be read and written, and their options.")
@click.option("--json", "wants_json", is_flag=True, help="Print them as JSON.")
def COMMAND(wants_json: bool) -> int:
    """Exit code 0."""
    if wants_json:
        click.echo(as_json([
            {"key": one.key, "label": _(one.label), "suffixes": list(one.suffixes), "reads": one.reads,
             "writes": one.writes, "options": [{"key": option.key, "help": _(option.help)} for option in one.options]}
            for one in formats().values()
        ]))  # fmt: skip
        return 0
    for one in formats().values():
        ways = ", ".join(word for word, can in ((_("read"), one.reads), (_("written"), one.writes)) if can)
        click.echo(f"{one.key:<10} {' '.join(one.suffixes):<12} {_(one.label)} ({ways})")
        for option in one.options:
            click.echo(f"{'':<10} --option {option.key}=…  {_(option.help)}")
    return 0
