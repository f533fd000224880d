"""`run`: simulate a project and tell what came of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sdx_studio.cli.frame import as_json
from sdx_studio.cli.quantities import TIME
from sdx_studio.words import _


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[float], None] | None]:
    """A bar on stderr when somebody is there to see it; takes the share that is done (0…1)."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(words, total=1.0)
        yield lambda share: bars.update(bar, completed=share)


@click.command("run", help="Simulate a project and print a summary, or everything as JSON.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--until", type=TIME, help="Simulated time to run, such as 2h; by default the project's duration.")
@click.option("--seed", type=click.IntRange(0, 2**53), help="Seed of all random numbers; by default the project's.")
@click.option("--json", "wants_json", is_flag=True, help="Print measures, events and totals as JSON.")
def COMMAND(file: Path, until: float | None, seed: int | None, wants_json: bool) -> int:
    """Exit code 0."""
    from sdx_studio.session import Session

    session = Session.open(file)
    _tell(session.notices)
    end = session.document.properties.duration if until is None else until
    with progress_bar(_("Simulating")) as progress:
        run = session.run(until=end, seed=seed, progress=progress)
    if wants_json:
        click.echo(as_json(run.as_json()))
    else:
        for line in run.summary():
            click.echo(line)
    return 0


def _tell(notices: tuple[str, ...]) -> None:
    for notice in notices:
        click.echo(notice, err=True)
