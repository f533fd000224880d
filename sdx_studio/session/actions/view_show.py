"""Show another view on the model; the first is the canvas."""

from collections.abc import Callable

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.session.views import VIEWS
from sdx_studio.words import mark


def _runner(name: str) -> Callable[[Desk], None]:
    return lambda desk: desk.show_view(name)


def _checker(name: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.view == name


ACTIONS = tuple(
    Action(
        id=f"view.show.{name}",
        label=label,
        menu="View",
        run=_runner(name),
        order=1 + number,
        shortcut=f"Ctrl+{number}",
        under=mark("Views"),
        checked=_checker(name),
    )
    for number, (name, label) in enumerate(VIEWS.items(), 1)
)
