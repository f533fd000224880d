"""`convert`: from any format that can be read into any that can be written."""

from pathlib import Path

import click

from sdx_studio.cli.quantities import PAIR
from sdx_studio.exchange import FileError, formats, load, store
from sdx_studio.words import _


@click.command("convert", help="Import or export: read SRC, write DST; formats by name or by content.")
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.argument("target", metavar="DST", type=click.Path(path_type=Path))
@click.option("--from", "origin", metavar="FORMAT", help="Format of SRC (see the command formats).")
@click.option("--to", "goal", metavar="FORMAT", help="Format of DST.")
@click.option("--option", "options", multiple=True, type=PAIR, help="Something for a format, such as demands=gravity.")
def COMMAND(
    source: Path, target: Path, origin: str | None, goal: str | None, options: tuple[tuple[str, str], ...]
) -> int:
    """Exit code 0; notices go to stderr."""
    if target.exists() and source.exists() and target.samefile(source):
        raise click.UsageError(_("SRC and DST are the same file"))
    _known(dict(options), target)
    opened = load(source, origin, _only(dict(options), reads=True))
    store(opened.document, target, goal, _only(dict(options), reads=False))
    for notice in opened.notices:
        click.echo(notice, err=True)
    counts = len(opened.document.elements), len(opened.document.links)
    click.echo(_("{target}: {elements} elements, {links} links", target=target, elements=counts[0], links=counts[1]))
    return 0


def _keys(reads: bool) -> set[str]:
    return {option.key for one in formats().values() for option in one.options if option.writes != reads}


def _only(options: dict[str, str], reads: bool) -> dict[str, str]:
    """Options for reading, or those that are only for writing."""
    reading = _keys(reads=True)
    return {key: value for key, value in options.items() if (key in reading) == reads}


def _known(options: dict[str, str], target: Path) -> None:
    known = _keys(reads=True) | _keys(reads=False)
    for key in options:
        if key not in known:
            allowed = ", ".join(sorted(known))
            message = _("there is no option “{key}”; known: {allowed}", key=key, allowed=allowed)
            raise FileError(target, 0, 0, "", message)
