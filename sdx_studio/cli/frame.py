"""The frame of all commands: finds them, reads what stands before them, and turns errors into one clear message."""

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

import sdx_studio
from sdx_studio.cli.studio import Studio
from sdx_studio.words import LANGUAGES, _, dictionary

NAME = "sdx-studio"
INTERNAL = 3
INTERRUPTED = 130


class _Top(click.Group):
    """Knows the commands of this package; a first word that is none of them is a file to open."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names of the commands, sorted."""
        package = importlib.import_module("sdx_studio.cli")
        found = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
        return [name for name in found if self._module(name) is not None]

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, or None."""
        return self._module(name) if name.isidentifier() else None

    def _module(self, name: str) -> click.Command | None:
        try:
            module = importlib.import_module(f"sdx_studio.cli.{name}")
        except ModuleNotFoundError:
            return None
        found: click.Command | None = getattr(module, "COMMAND", None)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and what is left for it; a file's name opens the window."""
        command = self.get_command(ctx, args[0])
        if command is not None:
            return args[0], command, args[1:]
        path = Path(args[0])
        if not path.exists() and not path.suffix and os.sep not in args[0]:
            known = self.list_commands(ctx)
            close = get_close_matches(args[0], known, 1)
            hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
            message = _("there is no command and no file “{word}”{hint} (commands: {all})", word=args[0], hint=hint,
                        all=", ".join(known))  # fmt: skip
            raise click.UsageError(message, ctx)
        return "open", _open_file, args


def _language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        dictionary.use(value)


@click.command("open", help="Open the window with a project.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--play", is_flag=True, help="Start the simulation at once.")
@click.option("--new-window", "another", is_flag=True, help="Open a window of its own, also where one is open.")
@click.pass_context
def _open_file(ctx: click.Context, file: Path, play: bool, another: bool) -> int:
    studio: Studio = ctx.obj
    before = ctx.find_root().params  # flags may stand before the file as well
    if not file.exists():
        raise click.UsageError(_("{file}: there is no such file", file=file))
    return studio.window(file, play or before["play"], another or before["another"])


@click.group(
    NAME, cls=_Top, invoke_without_command=True, help="Draw an IT infrastructure, run it, understand it. "
    "Without a command the window opens, with FILE in it when one is given.",
    subcommand_metavar="[FILE | COMMAND [ARGS]...]", context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
@click.option("--lang", type=click.Choice(sorted(LANGUAGES)), callback=_language, expose_value=False, is_eager=True,
              help="Language of messages, window and pictures.")  # fmt: skip
@click.option("--play", is_flag=True, help="Start the simulation at once.")
@click.option("--new-window", "another", is_flag=True, help="Open a window of its own, also where one is open.")
@click.version_option(sdx_studio.__version__, prog_name=NAME)
@click.pass_context
def _top(ctx: click.Context, play: bool, another: bool) -> int:
    if ctx.invoked_subcommand is None:
        studio: Studio = ctx.obj
        return studio.window(None, play, another)
    return 0


def main(argv: Sequence[str], studio: Studio) -> int:
    """Carry out one command line (without the program's name); returns the exit code: 0, 1 or 2, 3 on our own error."""
    try:
        code = _top.main(list(argv), NAME, standalone_mode=False, obj=studio)
        sys.stdout.flush()
    except click.UsageError as reason:
        return _complain(reason.format_message(), reason.ctx)
    except click.ClickException as reason:
        return _complain(reason.format_message(), None)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return _hung_up()
    except Exception as reason:  # noqa: BLE001 - the last door: people see one line, never a traceback
        return _known(reason)
    return code if isinstance(code, int) else 0


def _complain(message: str, ctx: click.Context | None) -> int:
    command = ctx.command_path if ctx is not None else NAME
    click.echo(f"{command}: {' '.join(message.split())}", err=True)
    return 2


def _known(reason: Exception) -> int:
    """Exit code for an error after telling it: 2 for what the one who typed can mend, 3 for what we must."""
    from sdx_studio.document import EditError, UnknownElementError
    from sdx_studio.exchange import FileError
    from sdx_studio.kinds import FieldError, UnknownKindError
    from sdx_studio.units import UnitError

    known: tuple[type[Exception], ...] = (FileError, EditError, UnknownElementError, UnknownKindError, FieldError)
    if isinstance(reason, (*known, UnitError, OSError)):
        click.echo(str(reason), err=True)
        return 2
    where = reason.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where is not None else ""
    message = _("an error of the program itself: {kind}: {reason} ({place})", kind=type(reason).__name__,
                reason=" ".join(str(reason).split()), place=place)  # fmt: skip
    click.echo(f"{NAME}: {message}", err=True)
    return INTERNAL


def _hung_up() -> int:
    """Whoever read our output has gone; nothing more may be written when the interpreter ends."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.close(quiet)
    return 0


def as_json(value: Any) -> str:
    """A value as people and programs read it: indented JSON with every character as it is; halves of one escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
