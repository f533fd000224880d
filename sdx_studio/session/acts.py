"""The acts that a scenario, a script or a menu can do to a running model, and to what."""

from dataclasses import dataclass

from sdx_studio.document import EditError
from sdx_studio.words import _, mark


@dataclass(frozen=True, slots=True)
class ActKind:
    """One act: the engine's verb, its words, and the traits of which its target must have one (links: "link")."""

    id: str
    label: str
    targets: tuple[str, ...]
    icon: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Figures that are words, and which ones; every other text names an element."""

    def allows(self, figure: str, value: str) -> bool:
        """Whether the text `value` is a word of this figure; raises EditError for another word of a figure of words."""
        known = dict(self.words).get(figure)
        if known is None:
            return False
        if value not in known:
            words = {"figure": figure, "choices": ", ".join(known), "value": value}
            raise EditError(_("{figure} is one of {choices}, not “{value}”", **words))
        return True


ACTS = {
    one.id: one
    for one in (
        ActKind("migrate", mark("Migrate"), ("mobile",), "split", (("method", ("precopy", "postcopy")),)),
        ActKind("fail", mark("Fail"), ("machine", "forwarder", "store"), "no"),
        ActKind("repair", mark("Repair"), ("machine", "forwarder", "store"), "wrench"),
        ActKind("cut", mark("Cut cable"), ("link",), "x"),
        ActKind("mend", mark("Mend cable"), ("link",), "check"),
        ActKind("power_on", mark("Switch on"), ("machine", "mobile"), "power"),
        ActKind("optimise", mark("Choose paths anew"), ("controller",), "split"),
        ActKind("power_off", mark("Switch off"), ("machine", "mobile"), "power"),
    )
}


def act(verb: str) -> ActKind:
    """The act with this verb; raises EditError naming the known ones."""
    if verb not in ACTS:
        raise EditError(_("no act “{verb}”; there are {known}", verb=verb, known=", ".join(ACTS)))
    return ACTS[verb]
