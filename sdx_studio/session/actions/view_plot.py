"""Plot the leading measure of what is selected, in a plot that stays."""

from sdx_studio.session import plotting
from sdx_studio.session.actions.action import Action, Desk
from sdx_studio.words import _, mark


def _why_not(desk: Desk) -> str | None:
    if not desk.selection:
        return _("select what is to be plotted")
    if not _chosen(desk):
        return _("there is no number to plot")
    return None


def _chosen(desk: Desk) -> tuple[plotting.Series, ...]:
    document = desk.session.document
    known = [id for id in desk.selection if id in document.elements or id in document.links]
    return plotting.leading(document, known)[: plotting.MOST_CURVES]


def _run(desk: Desk) -> None:
    place = plotting.add(desk.session, _chosen(desk))
    desk.prefer("details", "true")
    plot = plotting.plots(desk.session.document)[place]
    desk.say(_("plotted: {what}", what=plotting.title(plot, desk.session.document)))


ACTION = Action(
    id="view.plot",
    label=mark("Plot what is selected"),
    menu="View",
    run=_run,
    order=52,
    shortcut="Ctrl+Shift+P",
    why_not=_why_not,
)
