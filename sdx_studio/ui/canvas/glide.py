"""Gliding: for a moment the canvas is painted with everything on its way from where it was to where it is.

Only while a frame is painted does the scene hold places in between; whoever asks at another time gets the true ones.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from sdx_studio.ui import theme
from sdx_studio.ui.canvas.frames import FRAME_MS
from sdx_studio.ui.canvas.orthogonal import Points
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.standing import Standing

MOST = 4000
"""Elements above which everything is there at once: a frame would take too long."""
Rects = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where everything was: rectangles and cables by id."""

    rects: dict[str, Rects]
    paths: dict[str, Points]


def stand(scene: Scene) -> Stand:
    """Where everything is now."""
    columns, routes = scene.columns, scene.routes
    return Stand(
        {id: columns.rect[row].copy() for id, row in columns.row.items()},
        dict(zip(routes.ids, routes.paths, strict=True)),
    )


class Glider:
    """At most one glide at a time. `clock` gives seconds; tests turn their own."""

    def __init__(self, widget: QWidget, scene: Scene, standing: Standing) -> None:
        self._scene, self._standing = scene, standing
        self.clock: Callable[[], float] = time.monotonic
        self._from: Stand | None = None
        self._begun = 0.0
        self._timer = QTimer(widget)
        self._timer.timeout.connect(widget.update)

    @property
    def gliding(self) -> bool:
        """Whether something is still on its way."""
        return self._from is not None

    def start(self, before: Stand) -> None:
        """Everything goes from `before` to where it is now; without motion it is there at once."""
        if theme.motion("layout") <= 0 or len(before.rects) > MOST or not self._moved(before):
            return
        self._from, self._begun = before, self.clock()
        self._timer.start(FRAME_MS)

    def _moved(self, before: Stand) -> bool:
        columns = self._scene.columns
        known = ((before.rects.get(id), rect) for id, rect in zip(columns.ids, columns.rect, strict=True))
        return any(old is not None and not np.array_equal(old, now) for old, now in known)

    def stop(self) -> None:
        """Everything is there."""
        self._from = None
        self._timer.stop()

    def share(self) -> float:
        """How much of the way is done, 0…1, eased out; the glide ends at 1."""
        duration = theme.motion("layout")
        passed = (self.clock() - self._begun) / duration if duration > 0 else 1.0
        if self._from is None or passed >= 1.0:
            return 1.0
        return 1.0 - (1.0 - max(0.0, passed)) ** 3

    @contextmanager
    def painted(self) -> Iterator[None]:
        """For one frame the scene shows everything on its way."""
        before, share = self._from, self.share()
        if before is None:
            yield
            return
        if share >= 1.0:
            self.stop()
            self._forget()
            yield
            return
        columns, routes = self._scene.columns, self._scene.routes
        rect, paths = columns.rect, routes.paths
        self._forget()
        columns.rect = _between(rect, [before.rects.get(id) for id in columns.ids], share)
        routes.show([_bent(before.paths.get(id), path, share) for id, path in zip(routes.ids, paths, strict=True)])
        try:
            yield
        finally:
            columns.rect = rect
            routes.show(paths)
            self._forget()

    def _forget(self) -> None:
        """Pictures and figures kept for other places are out of date."""
        self._scene.columns.memo.clear()
        self._standing.forget()


def _between(now: Rects, before: list[Rects | None], share: float) -> Rects:
    """Rectangles on their way; what was not there before is at its place."""
    start = np.array([rect if old is None else old for rect, old in zip(now, before, strict=True)]).reshape(now.shape)
    between: Rects = start + (now - start) * share
    return between


def _bent(before: Points | None, now: Points, done: float) -> Points:
    """A cable on its way: every corner of the old and of the new line moves to its place on the other one."""
    if before is None or (before.shape == now.shape and np.array_equal(before, now)):
        return now
    shares = [_shares(path) for path in (before, now)]
    both = np.unique(np.concatenate(shares))
    start, end = (
        np.column_stack([np.interp(both, share, path[:, axis]) for axis in (0, 1)])
        for share, path in zip(shares, (before, now), strict=True)
    )
    between: Points = start + (end - start) * done
    return between


def _shares(path: Points) -> NDArray[np.float64]:
    """How far along its line each point of a cable is, 0…1."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    shares: NDArray[np.float64] = along / max(along[-1], 1e-9)
    return shares
