"""`check`: whether the file is sound and the design makes sense."""

from pathlib import Path

import click

from sdx_studio.cli.frame import as_json
from sdx_studio.document import Document
from sdx_studio.document.checks import Problem, problems
from sdx_studio.document.drifting import drift
from sdx_studio.exchange import load
from sdx_studio.session.policies import edits
from sdx_studio.words import _


@click.command("check", help="List design problems in words; exit code 1 when there is an error or a warning.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="Print the findings as JSON.")
def COMMAND(file: Path, wants_json: bool) -> int:
    """Exit code 0 or 1; hints alone are no failure."""
    opened = load(file)
    found = problems(opened.document)
    failed = any(problem.severity in ("error", "warning") for problem in found)
    if wants_json:
        rows = [_row(problem, opened.document) for problem in found]
        told = {"file": str(file), "ok": not failed, "problems": rows, "notices": list(opened.notices)}
        click.echo(as_json(told | {"policy": _kept(opened.document)}))
        return int(failed)
    for notice in opened.notices:
        click.echo(_("notice: {text}", text=notice))
    for problem in found:
        who = opened.document.address(problem.element) if problem.element is not None else ""
        click.echo(": ".join(part for part in (_severity(problem), who, problem.text) if part))
    kept = _kept(opened.document)
    if kept is not None:
        words = _("{groups} policy groups: {edits_after} edits, not {edits_before}; {drifted} settings drifted", **kept)
        click.echo(words)
    counts = len(opened.document.elements), len(opened.document.links), len(found)
    click.echo(_("{elements} elements, {links} links, {findings} findings", elements=counts[0], links=counts[1],
                 findings=counts[2]))  # fmt: skip
    return int(failed)


def _kept(document: Document) -> dict[str, int] | None:
    """Policy groups, edits for a patch of everything with them and without, and settings that have drifted."""
    groups = document.having("policy")
    if not groups:
        return None
    wanted = edits(document)
    return {"groups": len(groups), "edits_before": wanted.before, "edits_after": wanted.after,
            "drifted": len(drift(document))}  # fmt: skip


def _severity(problem: Problem) -> str:
    return {"error": _("error"), "warning": _("warning"), "hint": _("hint")}[problem.severity]


def _row(problem: Problem, document: Document) -> dict[str, str | None]:
    address = document.address(problem.element) if problem.element is not None else None
    return {"severity": problem.severity, "element": address, "id": problem.element, "text": problem.text}
