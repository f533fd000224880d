"""`calc`: one formula with numbers put in, or a file of cases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sdx_studio.cli.frame import as_json
from sdx_studio.cli.quantities import PAIR
from sdx_studio.session import blackboard
from sdx_studio.session.blackboard import BlackboardError
from sdx_studio.words import _


@click.command("calc", help="Compute a model by its formula. Without MODEL all models are listed.")
@click.argument("model", required=False)
@click.argument("inputs", nargs=-1, type=PAIR, metavar="[KEY=VALUE]...")
@click.option("--json", "wants_json", is_flag=True, help="Print the result as JSON.")
@click.option("--cases", type=click.Path(path_type=Path), metavar="FILE",
              help="Compute a JSON list of {id, model, inputs}.")  # fmt: skip
def COMMAND(model: str | None, inputs: tuple[tuple[str, str], ...], wants_json: bool, cases: Path | None) -> int:
    """Exit code 0; 2 when a model, a key or a file is wrong."""
    if cases is not None:
        if model is not None:
            raise click.UsageError(_("either a model or --cases"))
        click.echo(as_json(blackboard.solve_cases(_read_cases(cases))))
        return 0
    if model is None:
        _list_models(wants_json)
        return 0
    try:
        return _one(model, inputs, wants_json)
    except BlackboardError as reason:
        raise click.UsageError(str(reason)) from reason


def _one(key: str, pairs: tuple[tuple[str, str], ...], wants_json: bool) -> int:
    from sdx_studio.session.entered import entered

    asked = blackboard.model(key)
    if not pairs and not wants_json:
        _explain(key)
        return 0
    inputs = blackboard.read(asked, entered(asked, pairs))
    outputs = blackboard.write(asked, blackboard.compute(asked, inputs))
    if wants_json:
        click.echo(as_json(outputs))
        return 0
    given = blackboard.show(asked.inputs, inputs)
    found = blackboard.show(asked.outputs, outputs)
    click.echo(f"{_(asked.title)} ({key})\n  {asked.formula}")
    wide = max((len(place) for place, _value, _path in (*given, *found)), default=0)
    for title, rows in ((_("put in"), given), (_("result"), found)):
        click.echo(f"\n{title}")
        long = max((len(value) for _place, value, _path in rows), default=0)
        for place, value, path in rows:
            click.echo(f"  {place:<{wide}}  {value:<{long}}  {_meaning(key, path)}".rstrip())
    return 0


def _explain(key: str) -> None:
    """What a model asks for and answers."""
    from sdx_studio.engine.formulas.model import items

    asked = blackboard.model(key)
    click.echo(f"{_(asked.title)} ({key})\n  {asked.formula}")
    sides = (_("inputs"), items(asked.inputs)), (_("outputs"), items(asked.outputs))
    wide = max(len(item.path) for _title, rows in sides for item in rows)
    for title, rows in sides:
        click.echo(f"\n{title}")
        for item in rows:
            unit = "" if item.unit in ("1", "count") else item.unit
            click.echo(f"  {item.path:<{wide}}  {unit:<9}  {_meaning(key, item.path)}")


def _meaning(key: str, path: str) -> str:
    from sdx_studio.engine.formulas.catalogue import meaning

    return _(meaning(key, path))


def _list_models(wants_json: bool) -> None:
    from sdx_studio.engine.formulas.catalogue import catalogue

    models = catalogue().values()
    if wants_json:
        click.echo(as_json([
            {"key": one.key, "title": _(one.title), "formula": one.formula, "inputs": list(_described(one.inputs)),
             "outputs": list(_described(one.outputs))}
            for one in models
        ]))  # fmt: skip
        return
    wide = max(len(one.key) for one in models)
    for one in models:
        click.echo(f"{one.key:<{wide}}  {_(one.title)}")


def _described(text: str) -> Iterator[dict[str, Any]]:
    from sdx_studio.engine.formulas.model import items

    for item in items(text):
        yield {"path": item.path, "unit": item.unit, "optional": item.optional, "null": item.nullable,
               "choices": list(item.codes)}  # fmt: skip


def _read_cases(path: Path) -> list[object]:
    """The cases of a file; UsageError with the file and the place when it holds none."""
    try:
        text = path.read_text(encoding="utf-8")
        cases = json.loads(text)
    except json.JSONDecodeError as reason:
        place = _("line {line}, column {column}", line=reason.lineno, column=reason.colno)
        raise click.UsageError(_("{file}: {place}: this is no JSON: {reason}", file=path, place=place,
                                 reason=reason.msg)) from reason  # fmt: skip
    except UnicodeDecodeError as reason:
        place = _("byte {number}", number=reason.start)
        raise click.UsageError(_("{file}: {place}: this is no UTF-8 text", file=path, place=place)) from reason
    except OSError as reason:
        raise click.UsageError(_("{file}: cannot be opened: {reason}", file=path, reason=reason.strerror)) from reason
    except (ValueError, RecursionError) as reason:
        raise click.UsageError(_("{file}: cannot be read: {reason}", file=path, reason=reason)) from reason
    if not isinstance(cases, list):
        raise click.UsageError(_("{file}: a list of cases must stand there, not {given}", file=path,
                                 given=blackboard.told(cases)))  # fmt: skip
    return cases
