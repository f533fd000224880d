"""The way each cable takes: polylines from border to border, orthogonal ones around what is in their way."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from sdx_studio.document import Document, Link
from sdx_studio.kinds.links import link_values, vlans
from sdx_studio.ui.canvas.columns import Columns, stand_in
from sdx_studio.ui.canvas.curves import beside, curve, outward, plug
from sdx_studio.ui.canvas.orthogonal import PORT_GAP, Cable, Orthogonal, Points

SEARCH_LIMIT = 1500
"""Above this many cables those without way-points are drawn straight: a search for each would take too long."""


class Routes:
    """One row a link: its polyline, padded to the same number of points, and what it carries."""

    def __init__(self, document: Document, columns: Columns) -> None:
        self.document = document
        self.columns = columns
        self._orthogonal = Orthogonal(columns)
        self._facts: dict[str, tuple[Link, str, bool]] = {}
        """Medium of each link, and whether it has words, as long as it is the same record."""
        self.lifted: frozenset[str] = frozenset()
        """Links that are not drawn, because a gesture draws them."""
        self.rebuild()

    def rebuild(self) -> None:
        """Route every link whose ends are drawn; those whose surroundings did not change keep their way."""
        plugged = [] if "cable" in self.columns.hidden else self._plugged()
        self.links = links = [link for link, _ends in plugged]
        self.ids = [link.id for link in links]
        self.row = {id: row for row, id in enumerate(self.ids)}
        self._facts = {link.id: self._fact(link) for link in links}
        facts = [self._facts[id] for id in self.ids]
        self.medium = [medium for _link, medium, _label in facts]
        self.labelled = np.array([label for _link, _medium, label in facts], dtype=bool)
        names = [link.fields.get("port_a") or link.fields.get("port_b") for link in links]
        self.named = np.array([bool(name) for name in names], dtype=bool)
        """Which have names of ports."""
        self.vlans = self._vlans()
        self.ends = np.array([ends for _link, ends in plugged], dtype=np.int64).reshape(len(links), 2)
        self._lane = self._lanes()
        self._searched = [row for row, link in enumerate(links) if link.route == "orthogonal"]
        if len(self._searched) > SEARCH_LIMIT:
            self._searched = [row for row in self._searched if links[row].points]
        self.paths: list[Points] = [np.zeros((0, 2))] * len(links)
        self._lay(np.arange(len(links)))
        self._pad()

    def _plugged(self) -> list[tuple[Link, tuple[int, int]]]:
        """Links to draw with the rows of their ends; what a closed group hides is plugged into the group."""
        row, found = self.columns.row, []
        for _id, link in sorted(self.document.links.items()):
            a = row[link.a] if link.a in row else stand_in(self.columns, link.a)
            b = row[link.b] if link.b in row else stand_in(self.columns, link.b)
            if a is not None and b is not None and a != b:
                found.append((link, (a, b)))
        return found

    def show(self, paths: list[Points]) -> None:
        """Take these as the ways of the cables, one a row."""
        self.paths = paths
        self._pad()

    def adjust(self, moved: NDArray[np.bool_]) -> None:
        """The same links; some boxes (rows of the columns) have moved."""
        self.vlans = self._vlans()
        if not moved.any():
            return
        self._lay(np.flatnonzero(moved[self.ends].any(axis=1)))
        self._pad()

    def _fact(self, link: Link) -> tuple[Link, str, bool]:
        known = self._facts.get(link.id)
        if known is not None and known[0] is link:
            return known
        values = link_values(link)
        return (link, str(values["medium"]), bool(values["label"]))

    def _lay(self, rows: NDArray[np.intp]) -> None:
        """Ways of some rows anew, and of all that may have to go round what has moved."""
        straight = self._straight(rows)
        for place, row in enumerate(rows.tolist()):
            link = self.links[row]
            bent = link.route == "curved" or (link.points and link.route == "straight")
            self.paths[row] = self._bent(link, row) if bent else straight[place]
        cables = [self._cable(self.links[row], row) for row in self._searched]
        for row, path in zip(self._searched, self._orthogonal.lead(cables), strict=True):
            self.paths[row] = path

    def _cable(self, link: Link, row: int) -> Cable:
        ends = (int(self.ends[row, 0]), int(self.ends[row, 1]))
        return Cable(link.id, ends, self.medium[row] == "storage", link.points)

    def trial(self, link: Link) -> Points:
        """The way that a link would take with other way-points or in another style; its ends are as they are."""
        row = self.row[link.id]
        if link.route == "orthogonal":
            return self._orthogonal.alone(self._cable(link, row))
        return self._bent(link, row)

    def _bent(self, link: Link, row: int) -> Points:
        """A straight or curved way over the link's points, which begins and ends beside its parallels."""
        rect = self.columns.rect[self.ends[row]]
        half = rect[:, 2:] / 2
        centre = rect[:, :2] + half
        aside = float(self._lane[row]) * PORT_GAP
        first, last = (link.points[0], link.points[-1]) if link.points else (centre[1], centre[0])
        steps = np.array([np.array(first) - centre[0], np.array(last) - centre[1]])
        if link.route == "curved":
            out = (outward(half[0], steps[0]), outward(half[1], steps[1]))
            plugs = [centre[end] + plug(half[end], out[end], aside * (1, -1)[end]) for end in (0, 1)]
            if link.points:
                return curve(plugs[0], plugs[1], out, link.points)
            middles = [centre[end] + plug(half[end], out[end], 0.0) for end in (0, 1)]
            return beside(curve(middles[0], middles[1], out, ()), aside, plugs[0], plugs[1])
        length = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)[:, None]
        shift = np.column_stack([-steps[:, 1], steps[:, 0]]) / length * aside * [[1.0], [-1.0]]
        start, end = centre + shift + (steps - shift) * self._exit(half, steps - shift, shift, 1.0)[:, None]
        return np.array([start, *link.points, end])

    def _vlans(self) -> list[tuple[tuple[int, int], ...]]:
        """For each link the VLANs it is tied to, as (series colour 1…6, number); empty when it carries all."""
        if not self.document.having("segment") and not any(link.fields.get("vlans") for link in self.links):
            return [()] * len(self.links)
        found = [vlans(link, self.document) or () for link in self.links]
        order = {number: index % 6 + 1 for index, number in enumerate(sorted({one for each in found for one in each}))}
        return [tuple((order[number], number) for number in each) for each in found]

    def at(self, point: QPointF, reach: float) -> str | None:
        """Id of the nearest link within `reach` canvas px of a point."""
        if not self.ids:
            return None
        start, end = self.points[:, :-1], self.points[:, 1:]
        step = end - start
        here = np.array([point.x(), point.y()])
        squared = np.maximum((step**2).sum(axis=2), 1e-9)
        share = np.clip(((here - start) * step).sum(axis=2) / squared, 0.0, 1.0)
        near = start + step * share[:, :, None]
        distance = np.hypot(near[..., 0] - here[0], near[..., 1] - here[1]).min(axis=1)
        row = int(np.argmin(distance))
        return self.ids[row] if distance[row] <= reach else None

    def _pad(self) -> None:
        """The same paths as one array, and their lengths, for moving marks."""
        most = max([2, *(len(path) for path in self.paths)])
        padded = self.paths
        if any(len(path) != most for path in self.paths):
            padded = [np.vstack([path, np.repeat(path[-1:], most - len(path), axis=0)]) for path in self.paths]
        self.points = np.array(padded).reshape(len(self.paths), most, 2)
        steps = np.hypot(*np.moveaxis(np.diff(self.points, axis=1), 2, 0)).reshape(len(self.paths), most - 1)
        self.along = np.hstack([np.zeros((len(self.paths), 1)), np.cumsum(steps, axis=1)])
        self.length = self.along[:, -1] if len(self.paths) else np.zeros(0)
        self._low, self._high = self.points.min(axis=1), self.points.max(axis=1)

    def touching(self, area: QRectF) -> NDArray[np.int64]:
        """Rows of links that may touch an area."""
        low, high = self._low, self._high
        found = np.flatnonzero(
            (low[:, 0] <= area.right()) & (high[:, 0] >= area.left())
            & (low[:, 1] <= area.bottom()) & (high[:, 1] >= area.top())
        )  # fmt: skip
        if self.lifted:
            found = found[[self.ids[row] not in self.lifted for row in found.tolist()]]
        return found

    def _straight(self, rows: NDArray[np.intp]) -> Points:
        """Straight lines of some links between the borders; parallel ones apart."""
        rect, ends = self.columns.rect, self.ends[rows]
        half = rect[:, 2:] / 2
        centre = rect[:, :2] + half
        a, b = centre[ends[:, 0]], centre[ends[:, 1]]
        delta = b - a
        length = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-9)
        normal = np.stack([-delta[:, 1], delta[:, 0]], axis=1) / length[:, None]
        shift = (normal * self._lane[rows][:, None]) * PORT_GAP
        start = a + shift + delta * self._exit(half[ends[:, 0]], delta, shift)[:, None]
        end = b + shift - delta * self._exit(half[ends[:, 1]], -delta, shift)[:, None]
        return np.stack([start, end], axis=1)

    @staticmethod
    def _exit(half: Points, delta: Points, shift: Points, most: float = 0.45) -> NDArray[np.float64]:
        """Share of the way at which a line that begins `shift` px off a box's centre leaves the box."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.nanmin(np.where(delta != 0, (half * np.sign(delta) - shift) / delta, np.inf), axis=1)
        least: NDArray[np.float64] = np.clip(share, 0.0, most)
        return least

    def _lanes(self) -> NDArray[np.float64]:
        """Sideways place of each link among its parallels, in steps around zero, mirrored for reversed ones."""
        low, high = self.ends.min(axis=1, initial=len(self.columns.ids)), self.ends.max(axis=1, initial=-1)
        _pairs, group, count = np.unique(
            low * (len(self.columns.ids) + 1) + high, return_inverse=True, return_counts=True
        )
        order = np.argsort(group, kind="stable")
        first = np.cumsum(count) - count
        place = np.empty(len(group))
        place[order] = np.arange(len(group)) - first[group[order]]
        lanes: NDArray[np.float64] = (place - (count[group] - 1) / 2) * np.where(self.ends[:, 0] == low, 1.0, -1.0)
        return lanes
