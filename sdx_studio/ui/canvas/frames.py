"""The canvas's own clock: how far the animation has come, and how often a frame is painted."""

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QWidget

from sdx_studio.ui.theme import Manner

FRAME_MS = 16
SLOW_FRAME_MS = 33
STILL_MS = 100
SLOW_ABOVE = 12.0
KEPT = 30


class Frames:
    """Paints 60 times a second while time moves and the canvas is seen, 30 times when a frame takes over 12 ms.

    With reduced motion the marks stand still, and 10 frames a second show how measures change.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._timer = QTimer(widget, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(widget.update)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._took: list[float] = []
        self.phase = 0.0
        """Seconds of animation so far."""
        self.playing = False

    def play(self, playing: bool) -> None:
        """Whether simulated time moves; marks stand still otherwise."""
        if playing and not self.playing:
            self._clock.restart()
        self.playing = playing
        self.tick()

    def tick(self) -> None:
        """Start, slow down or stop the timer as things are now."""
        if not self.playing or not self._widget.isVisible():
            self._timer.stop()
            return
        if Manner.still:
            self._timer.start(STILL_MS)
            return
        wanted = SLOW_FRAME_MS if len(self._took) > 5 and self.median_ms() > SLOW_ABOVE else FRAME_MS
        if not self._timer.isActive() or self._timer.interval() != wanted:
            self._timer.start(wanted)

    def begin(self) -> QElapsedTimer:
        """A frame begins: the animation goes on by the time since the last one, at most a tenth of a second."""
        if self.playing and not Manner.still:
            self.phase += min(0.1, self._clock.restart() / 1000.0)
        watch = QElapsedTimer()
        watch.start()
        return watch

    def end(self, watch: QElapsedTimer) -> None:
        """A frame is done."""
        self._took = [*self._took[1 - KEPT :], watch.nsecsElapsed() / 1e6]

    def median_ms(self) -> float:
        """Median time of the last frames, in ms."""
        return sorted(self._took)[len(self._took) // 2] if self._took else 0.0

    def stop(self) -> None:
        """No more frames."""
        self._timer.stop()
