"""One of the palettes, or the desktop's."""

from collections.abc import Callable

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark

LOOKS = {
    "system": mark("Theme of the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
    "contrast": mark("High contrast"),
}


def _runner(name: str) -> Callable[[Desk], None]:
    return lambda desk: desk.prefer("look", name)


def _checker(name: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.preferred("look") == name


ACTIONS = tuple(
    Action(
        id=f"view.look.{name}",
        label=label,
        menu="View",
        run=_runner(name),
        order=60 + place,
        checked=_checker(name),
        under=mark("Theme"),
    )
    for place, (name, label) in enumerate(LOOKS.items())
)
