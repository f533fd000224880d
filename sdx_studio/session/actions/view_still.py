"""Nothing in the window moves by itself."""

from sdx_studio.session.actions.action import Action, switch
from sdx_studio.words import mark

TURN, ON = switch("still")

ACTION = Action(
    id="view.still",
    label=mark("Reduce motion"),
    menu="View",
    run=TURN,
    order=68,
    checked=ON,
)
