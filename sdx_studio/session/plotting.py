"""What is plotted: up to five plots beside the one that follows the selection, kept in the project, undoable steps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sdx_studio import units
from sdx_studio.document import Document, EditError
from sdx_studio.kinds import Thresholds
from sdx_studio.session import watching
from sdx_studio.session.measures import unit_of, words_of
from sdx_studio.session.players.messages import Watch
from sdx_studio.session.session import Session
from sdx_studio.session.watching import Breakpoint
from sdx_studio.session.wording import name_of
from sdx_studio.words import _

FIELD = "plots"
"""Where the project's own fields keep them: texts of the axis, a limit, and element/measure of each curve."""
MOST_PLOTS, MOST_CURVES = 5, 6
ZERO, FITTED, NO_LIMIT = "zero", "fitted", "-"
CABLE = Thresholds(busy=0.8, critical=0.97)
"""From which use on a cable is busy and full."""


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: a measure of an element or a link."""

    element: str
    measure: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves of one unit; `limit` (base unit) is a line that somebody has drawn, `from_zero` where the axis begins."""

    series: tuple[Series, ...]
    limit: float | None = None
    from_zero: bool = True

    @property
    def unit(self) -> str:
        """Base unit of all its curves."""
        return unit_of(self.series[0].measure)


# reading -------------------------------------------------------------------------------------------------------------


def plots(document: Document) -> tuple[Plot, ...]:
    """The plots of a project; curves of what is gone, and what is not written as a plot, are passed over."""
    kept = document.properties.fields.get(FIELD)
    found = [_read(str(one), document) for one in kept] if isinstance(kept, tuple) else []
    return tuple(one for one in found if one is not None)[:MOST_PLOTS]


def _read(text: str, document: Document) -> Plot | None:
    axis, _blank, rest = text.partition(" ")
    limit, *pairs = rest.split() or [""]
    try:
        bound = None if limit == NO_LIMIT else float(limit)
    except ValueError:
        return None
    if axis not in (ZERO, FITTED) or not _sound(bound):
        return None
    series = [Series(*pair.split("/", 1)) for pair in pairs if "/" in pair]
    known = [one for one in series if one.element in document.elements or one.element in document.links]
    alike = [one for one in dict.fromkeys(known) if unit_of(one.measure) == unit_of(known[0].measure)]
    return Plot(tuple(alike[:MOST_CURVES]), bound, axis == ZERO) if alike else None


def _sound(limit: float | None) -> bool:
    return limit is None or abs(limit) < 1e30


def title(plot: Plot, document: Document) -> str:
    """What it shows: the element and the measure, or what all curves have in common."""
    elements = list(dict.fromkeys(one.element for one in plot.series))
    measures = list(dict.fromkeys(words_of(one.measure) for one in plot.series))
    if len(elements) == 1 and len(measures) == 1:
        return f"{name_of(elements[0], document)} · {measures[0]}"
    return name_of(elements[0], document) if len(elements) == 1 else ", ".join(measures[:2])


def label(series: Series, plot: Plot, document: Document) -> str:
    """What stands at a curve's end: what tells it from the others."""
    single = len({one.element for one in plot.series}) == 1
    alike = len({one.measure for one in plot.series}) == 1
    if single:
        usual = {measure: words for words, measure in measured(document, series.element)}
        return usual.get(series.measure, words_of(series.measure))
    name = name_of(series.element, document)
    return name if alike else f"{name} {words_of(series.measure)}"


def thresholds(plot: Plot, document: Document) -> tuple[float, ...]:
    """From where on elements are busy and critical, when all curves are of leading measures with the same limits."""
    found = {_limits(one, document) for one in plot.series}
    return next(iter(found)) if len(found) == 1 else ()


def _limits(series: Series, document: Document) -> tuple[float, ...]:
    if series.element in document.links:
        limits = CABLE if series.measure == "net.utilisation" else None
    else:
        what = document.kind_of(series.element)
        limits = what.thresholds if series.measure == what.lead else None
    if limits is None:
        return ()
    return tuple(one for one in (limits.busy, limits.critical) if one <= 1.0)


def measured(document: Document, id: str) -> tuple[tuple[str, str], ...]:
    """Label and name of what is usually plotted of an element or a link: its meters."""
    if id in document.links:
        return ((_("NET"), "net.utilisation"),)
    return tuple((_(meter.label), meter.measure) for meter in document.kind_of(id).meters)


def leading(document: Document, ids: Iterable[str]) -> tuple[Series, ...]:
    """The leading measure of each of some elements and links that have one."""
    found = []
    for id in ids:
        lead = "net.utilisation" if id in document.links else document.kind_of(id).lead
        if lead is not None:
            found.append(Series(id, lead))
    return tuple(found)


def following(document: Document, ids: Iterable[str]) -> Plot | None:
    """What is plotted of a selection: all usual measures of one element, the leading ones of several."""
    chosen = [id for id in ids if id in document.elements or id in document.links]
    if len(chosen) == 1:
        series = tuple(Series(chosen[0], measure) for _words, measure in measured(document, chosen[0]))
    else:
        series = leading(document, chosen)
    return Plot(series[:MOST_CURVES]) if series else None


# editing -------------------------------------------------------------------------------------------------------------


def add(session: Session, series: Iterable[Series], place: int | None = None) -> int:
    """Plot curves in the plot at `place`, or in another one; the place where they are now. Raises EditError."""
    fresh, kept = tuple(dict.fromkeys(series)), list(plots(session.document))
    if not fresh:
        raise EditError(_("there is no number to plot"))
    if place is None and (same := _same(kept, fresh)) is not None:
        return same
    if place is None:
        if len(kept) >= MOST_PLOTS:
            raise EditError(_("there is room for {count} plots; close one of them first", count=MOST_PLOTS))
        place = len(kept)
        kept.append(Plot(()))
    joined = tuple(dict.fromkeys((*kept[place].series, *fresh)))
    if len({unit_of(one.measure) for one in joined}) > 1:
        raise EditError(_("a plot shows one unit; drop it beside this one for another plot"))
    if len(joined) > MOST_CURVES:
        raise EditError(_("there is room for {count} curves in a plot", count=MOST_CURVES))
    kept[place] = replace(kept[place], series=joined)
    _keep(session, kept, _("Plot {what}", what=title(Plot(fresh), session.document)))
    return place


def _same(kept: list[Plot], series: tuple[Series, ...]) -> int | None:
    """The plot that shows just this already."""
    return next((place for place, one in enumerate(kept) if one.series == series), None)


def remove(session: Session, place: int) -> None:
    """Take a plot away."""
    kept = list(plots(session.document))
    gone = kept.pop(place)
    _keep(session, kept, _("Close plot {what}", what=title(gone, session.document)))


def remove_curve(session: Session, place: int, series: Series) -> None:
    """Take one curve away; the plot goes with its last one."""
    kept = list(plots(session.document))
    left = tuple(one for one in kept[place].series if one != series)
    if not left:
        remove(session, place)
        return
    kept[place] = replace(kept[place], series=left)
    words = f"{name_of(series.element, session.document)} · {words_of(series.measure)}"
    _keep(session, kept, _("Remove curve {what}", what=words))


def set_limit(session: Session, place: int, limit: float | None) -> None:
    """Draw a line at `limit` (base unit), or take it away."""
    if not _sound(limit):
        raise EditError(_("a limit must be a number"))
    kept = list(plots(session.document))
    if kept[place].limit != limit:
        kept[place] = replace(kept[place], limit=limit)
        _keep(session, kept, _("Set limit of plot") if limit is not None else _("Remove limit of plot"))


def read_limit(session: Session, place: int, text: str) -> None:
    """The same in people's words, "80 %"; nothing takes the line away. Raises EditError."""
    plot = plots(session.document)[place]
    if not text.strip():
        set_limit(session, place, None)
        return
    try:
        value = units.parse(text, plot.unit)
    except units.UnitError as reason:
        raise EditError(_("“{text}” is no quantity here; allowed are for example {examples}",
                          text=reason.text, examples=reason.examples)) from reason  # fmt: skip
    bare = plot.unit == "1" and text.strip().replace(".", "").isdecimal()
    set_limit(session, place, value / 100 if bare and value >= 2 else value)


def begin_at_zero(session: Session, place: int, wanted: bool) -> None:
    """Let the axis begin at zero, or just below the curves."""
    kept = list(plots(session.document))
    if kept[place].from_zero != wanted:
        kept[place] = replace(kept[place], from_zero=wanted)
        _keep(session, kept, _("Axis of plot from zero") if wanted else _("Axis of plot fitted"))


def pauses(plot: Plot, document: Document, limit: float) -> tuple[Watch, ...]:
    """What to wait for so that a run holds when a curve rises above `limit`, as far as there is no such breakpoint."""
    known = {one.watch for one in watching.breakpoints(document)}
    found = (Watch(one.element, (one.measure,), ">", limit) for one in plot.series)
    return tuple(one for one in found if one not in known)


def pause_above(session: Session, plot: Plot, limit: float) -> None:
    """Have a breakpoint for each curve, which holds the run when it rises above `limit`."""
    fresh = [Breakpoint(one) for one in pauses(plot, session.document, limit)]
    if fresh:
        kept = (*watching.breakpoints(session.document), *fresh)
        watching.keep(session, kept, _("Pause above {value}", value=units.show(limit, plot.unit)))


def _keep(session: Session, kept: Iterable[Plot], label: str) -> None:
    texts = tuple(_written(one) for one in kept)
    with session.history.edit(label) as edit:
        edit.update(session.document.properties.setting(**{FIELD: texts or None}))


def _written(plot: Plot) -> str:
    limit = NO_LIMIT if plot.limit is None else repr(float(plot.limit))
    pairs = " ".join(f"{one.element}/{one.measure}" for one in plot.series)
    return f"{ZERO if plot.from_zero else FITTED} {limit} {pairs}"
