"""The command palette: every command by its name in both languages, with its keys, or why it cannot be used now."""

from typing import TYPE_CHECKING

from sdx_studio.session.actions import Action, commands
from sdx_studio.session.fuzzy import score
from sdx_studio.ui.chrome import MENUS, keys_of
from sdx_studio.ui.panels.picker import Entry, Picker
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

TITLES = dict(MENUS)
OTHER_WORDS = 0.5
"""Weight of a match in the menu's title or the id beside one in the label."""


class CommandPicker(Picker):
    """Enter runs the command, or says why not."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window, "commands", window.look, self.entries, self._run, row=40)
        self._window = window

    def entries(self, text: str) -> tuple[Entry, ...]:
        """Commands that answer, best first; without words all of them in the order of the menus."""
        order = {menu: place for place, (menu, _title) in enumerate(MENUS)}
        known = sorted(commands().values(), key=lambda one: (order.get(one.menu, len(order)), one.order))
        if text.strip():
            points = {one.id: rate(text, one) for one in known}
            known = sorted((one for one in known if points[one.id] > 0), key=lambda one: -points[one.id])
        self.tell("" if known else _("no command is called so"))
        return tuple(self._entry(one) for one in known)

    def _entry(self, command: Action) -> Entry:
        reason = command.why_not(self._window.desk)
        menu = _(TITLES.get(command.menu, command.menu))
        return Entry(
            command.id, _(command.label), reason or menu, keys_of(self._window.actions_by_id[command.id]),
            f"ui-{command.icon}" if command.icon else "", enabled=reason is None, keys=True,
        )  # fmt: skip

    def _run(self, entry: Entry) -> None:
        action = commands()[entry.key]
        reason = action.why_not(self._window.desk)
        if reason is not None:
            self.tell(f"{_(action.label)}: {reason}")
            return
        self.close_up()
        self._window.actions_by_id[entry.key].trigger()


def rate(text: str, command: Action) -> float:
    """How well a command answers: by its label in the language in use or in English, then by menu and id."""
    labels = max(score(text, _(command.label)), score(text, command.label))
    menu = TITLES.get(command.menu, command.menu)
    wide = max(score(text, f"{one} {label}") for one, label in (
        (_(menu), _(command.label)), (menu, command.label), (_(command.under), _(command.label))))  # fmt: skip
    return max(labels, OTHER_WORDS * wide, OTHER_WORDS * score(text, command.id))
