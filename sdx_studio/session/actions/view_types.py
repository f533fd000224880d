"""Outlines around what virtualization makes of something: one as many, many as one, one as another."""

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _run(desk: Desk) -> None:
    desk.toggle("types")


def _checked(desk: Desk) -> bool:
    return desk.types


ACTION = Action(
    id="view.types",
    label=mark("Kinds of virtualization"),
    menu="View",
    run=_run,
    order=57,
    shortcut="Ctrl+Shift+K",
    checked=_checked,
)
