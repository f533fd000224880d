"""Views on one model: the same elements as a rack, as blocks, as flows, as costs, as text. One file each."""

from typing import TYPE_CHECKING

from sdx_studio.ui.views.page import Page

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


def make(name: str, window: "Window") -> Page:
    """The page of a view (`session.views.VIEWS`); its module is imported when it is first shown."""
    if name == "outline":
        from sdx_studio.ui.views.text import TextPage

        return TextPage(window)
    if name == "racks":
        from sdx_studio.ui.views.rack import RackPage

        return RackPage(window)
    if name == "blocks":
        from sdx_studio.ui.views.blocks import BlocksPage

        return BlocksPage(window)
    if name == "cost":
        from sdx_studio.ui.views.cost import CostPage

        return CostPage(window)
    if name == "flows":
        from sdx_studio.ui.views.flows import FlowsPage

        return FlowsPage(window)
    if name == "layers":
        from sdx_studio.ui.views.stack import StackPage

        return StackPage(window)
    if name == "plan":
        from sdx_studio.ui.views.plan import PlanPage

        return PlanPage(window)
    raise KeyError(name)


__all__ = ["Page", "make"]
