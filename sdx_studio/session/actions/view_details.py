"""Plots, events and table below the timeline."""

from sdx_studio.session.actions.action import Action, switch
from sdx_studio.words import mark

TURN, ON = switch("details")

ACTION = Action(
    id="view.details",
    label=mark("Plots and events"),
    menu="View",
    run=TURN,
    order=51,
    shortcut="Ctrl+J",
    checked=ON,
)
