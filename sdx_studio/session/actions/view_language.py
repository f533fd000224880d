"""English or Japanese."""

from collections.abc import Callable

from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import mark


def _toggle(desk: Desk) -> None:
    desk.toggle("language")


def _runner(name: str) -> Callable[[Desk], None]:
    return lambda desk: desk.prefer("language", name)


def _checker(name: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.preferred("language") == name


CHOICES = {
    "system": mark("Language of the system"),
    "en": mark("English"),
    "ja": mark("Japanese · 日本語"),
}
ACTIONS = (
    *(
        Action(
            id=f"view.language.{name}",
            label=label,
            menu="View",
            run=_runner(name),
            order=70 + place,
            checked=_checker(name),
            under=mark("Language"),
        )
        for place, (name, label) in enumerate(CHOICES.items())
    ),
    Action("view.language", mark("Next language"), "View", _toggle, 75, "F8"),
)
