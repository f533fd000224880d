"""`render`: a picture or an animation of the canvas. The drawing itself is the studio's."""

from difflib import get_close_matches
from pathlib import Path

import click

from sdx_studio.cli.quantities import SIZE, TIME
from sdx_studio.cli.run import progress_bar
from sdx_studio.cli.studio import Picture, Studio
from sdx_studio.session.views import VIEWS
from sdx_studio.words import LANGUAGES, _, dictionary

STILL = ("png", "svg", "pdf")
MOVING = ("gif", "webp", "html")
THEMES = ("light", "dark", "contrast")


@click.command("render", help="Draw the canvas into OUT: png, svg, pdf, or moving as gif, webp, html.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path), metavar="OUT",
              help="File to write; its ending says what it becomes.")  # fmt: skip
@click.option("--at", type=TIME, help="Simulated time that the picture shows.")
@click.option("--until", type=TIME, help="Simulated time at which an animation ends.")
@click.option("--fps", type=click.FloatRange(1, 60), default=12.0, show_default=True, help="Frames a second.")
@click.option("--speed", type=click.FloatRange(0.1, 1000), default=1.0, show_default=True,
              help="Simulated seconds that a second of an animation shows.")  # fmt: skip
@click.option("--scale", type=click.FloatRange(1, 4), default=1.0, show_default=True, help="Pixels a pixel.")
@click.option("--theme", type=click.Choice(THEMES), default="light", show_default=True)
@click.option("--view", type=click.Choice(tuple(VIEWS)), default="topology", show_default=True,
              help="Which view of the project; only the topology moves.")  # fmt: skip
@click.option("--size", type=SIZE, help="Width and height in pixels; by default what the drawing needs.")
@click.option("--lang", type=click.Choice(sorted(LANGUAGES)), help="Language of the words in it.")
@click.pass_obj
def COMMAND(
    studio: Studio, file: Path, target: Path, at: float | None, until: float | None, fps: float, speed: float,
    scale: float, theme: str, view: str, size: tuple[int, int] | None, lang: str | None,
) -> int:  # fmt: skip
    """Exit code 0."""
    from sdx_studio.session import Session

    _possible(target, at, until)
    if lang is not None:
        dictionary.use(lang)
    session = Session.open(file)
    for notice in session.notices:
        click.echo(notice, err=True)
    try:
        with progress_bar(_("Drawing")) as progress:
            studio.render(Picture(session, target, at, until, fps, scale, theme, view, size, speed, progress))
    except (ValueError, MemoryError) as reason:
        raise click.ClickException(str(reason)) from reason
    return 0


def _possible(target: Path, at: float | None, until: float | None) -> None:
    ending = target.suffix.lower().removeprefix(".")
    if ending not in STILL + MOVING:
        close = get_close_matches(ending, STILL + MOVING, 1)
        hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
        allowed = ", ".join(STILL + MOVING)
        message = _("{target}: cannot draw “{ending}”; allowed: {allowed}{hint}", target=target, ending=ending,
                    allowed=allowed, hint=hint)  # fmt: skip
        raise click.UsageError(message)
    if at is not None and until is not None and until <= at:
        raise click.UsageError(_("--until must be later than --at"))
    if not target.absolute().parent.is_dir():
        raise click.UsageError(_("{folder}: there is no such folder", folder=target.absolute().parent))
