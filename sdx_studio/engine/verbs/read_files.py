"""Somebody tries to read the files of somebody else: the figure `of`, a guest, a layer or a machine."""

from typing import TYPE_CHECKING

from sdx_studio.engine import files
from sdx_studio.engine.events import Ref
from sdx_studio.engine.verbs import Figures
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World


def act(world: "World", target: str, figures: Figures) -> str | None:
    """Tell whether it sees them and why, or say why that is no question."""
    other = str(figures.get("of", ""))
    if other == target or other not in world.plant.parts.ids:
        return mark("Say whose files: another element.")
    answer = files.look(world.plant, target, other)
    if isinstance(answer, str):
        return answer
    if answer.read:
        world.plant.tell("files.read", target, mark("{reader} reads the files of {of}: {reason}."), reader=Ref(target),
                         of=Ref(other), reason=answer.reason)  # fmt: skip
    else:
        world.plant.tell("files.hidden", target, mark("{reader} does not see the files of {of}: {reason}."),
                         reader=Ref(target), of=Ref(other), reason=answer.reason)  # fmt: skip
    return None
