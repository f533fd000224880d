"""What stands below the wells: volumes, what was promised and when it runs out, what is copied, how to read it all."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.formulas.storage import BLOCK
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views import blocks_squares as squares
from sdx_studio.ui.views.blocks_plan import KEYS, SIDE, Section, legend_columns
from sdx_studio.ui.views.blocks_stock import Stock
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.words import _, mark

NAME, FIGURES, GROWTH, USERS = 150.0, 150.0, 104.0, 150.0
USERS_FROM, GROWTH_FROM = 760.0, 560.0
BAR, POOL_BAR = 12.0, 22.0
LONGEST = 400 * 86_400.0
"""Seconds beyond which a forecast is no date any more."""
SIGNS = (
    ("plain", mark("first and fourth volume: plain")), ("stripes", mark("second and fifth: stripes")),
    ("dots", mark("third and sixth: dots")), ("protects", mark("mirror or parity of the same volume")),
    ("fresh", mark("written just now")), ("next", mark("grows next")), ("free", mark("free")),
)  # fmt: skip
RULE = mark(
    "Volumes lie one after the other, striped over the disks; what thin ones write later follows in the order of"
    " writing. A square that is begun counts."
)


class Lists:
    """Draws them with one painter."""

    def __init__(self, painter: QPainter, look: Theme, document: Document, readings: Readings) -> None:
        self.painter, self.look, self.document, self.readings = painter, look, document, readings

    def _words(self, words: str, x: float, y: float, token: str, key: str, room: float | None = None,
               align: Qt.AlignmentFlag = brush.LEFT) -> None:  # fmt: skip
        ink = self.look.colour(key)
        brush.text(self.painter, words, QPointF(x, y), token, ink, room=room, align=align)

    def _dashed(self, box: QRectF, key: str) -> None:
        pen = QPen(self.look.colour(key), 1.3, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3, 2.3])
        self.painter.setPen(pen)
        self.painter.setBrush(self.look.colour("card.paper"))
        self.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    # volumes -----------------------------------------------------------------------------------------------------

    def volumes(self, section: Section) -> None:
        """A line for each volume: sign, name, what is written and what was promised, growth, who uses it."""
        stock, rows = section.stock, section.rows
        if not rows:
            return
        first = next(iter(rows.values()))
        self._words(_("Volumes"), first.left(), first.top() - 16, "clock", "ink.1")
        wide = brush.width_of(_("Volumes"), "clock") + 12
        self._words(_("written, and what was promised"), first.left() + wide, first.top() - 15, "micro", "ink.2",
                    first.width() - wide)  # fmt: skip
        for place, volume in enumerate(stock.pool.volumes):
            self._volume(stock, place, rows[volume.id])
            if volume.id in section.copies:
                self._copy(stock, place, section.copies[volume.id])

    def _volume(self, stock: Stock, place: int, row: QRectF) -> None:
        volume, y = stock.pool.volumes[place], row.center().y()
        squares.fill(self.painter, QRectF(row.left() + 4, y - 9, 18, 18), place, self.look, 3)
        self._words(squares.letter(place), row.left() + 30, y, "guest", "ink.1")
        self._words(self.document.element(volume.id).name, row.left() + 50, y, "guest", "ink.1", NAME - 56)
        used = stock.now.used[place]
        words = _("{used} of {size}", used=units.show(used, "B"), size=units.show(volume.size, "B"))
        self._words(words, row.right() - 4, y, "label", "ink.1", FIGURES, brush.RIGHT)
        right = row.right() - FIGURES
        if row.width() >= GROWTH_FROM:
            self._words(growth_words(volume.thin, stock.now.growth[place]), right - 8, y, "micro", "ink.2", GROWTH - 8,
                        brush.RIGHT)  # fmt: skip
            right -= GROWTH
        if row.width() >= USERS_FROM:
            names = ", ".join(self.document.element(one).name for one in stock.users.get(volume.id, ()))
            self._words(names or _("nobody"), right - USERS + 10, y, "micro", "ink.2" if names else "ink.3", USERS - 18)
            right -= USERS
        left = row.left() + NAME
        most = max(one.size for one in stock.pool.volumes) or 1.0
        room = QRectF(left, y - BAR / 2, max(20.0, right - left - 12), BAR)
        self._amount(room, place, volume.size / most, used / most)

    def _amount(self, room: QRectF, place: int, size: float, used: float) -> None:
        """What was promised as a dashed outline, what is written filled."""
        self._dashed(QRectF(room.left(), room.top(), max(6.0, room.width() * size), room.height()), "line.3")
        if used > 0:
            wide = max(3.0, room.width() * min(used, size))
            squares.fill(self.painter, QRectF(room.left(), room.top(), wide, room.height()), place, self.look, 3)

    def _copy(self, stock: Stock, place: int, row: QRectF) -> None:
        """A volume's replication: blocks still to copy, and how old the copy is."""
        replica, y = stock.replicas[stock.pool.volumes[place].id], row.center().y() - 2
        target = self.document.element(replica.store).name
        x = row.left() + 50
        self._words(f"→ {target}", x, y, "micro", "ink.2", NAME - 56)
        size, left = self.readings.value(replica.id, "replica.bytes"), self.readings.value(replica.id, "replica.left")
        lag = self.readings.value(replica.id, "replica.lag")
        words = _("copies when the model runs")
        if left == left:
            count = units.show(float(round(max(0.0, left) / BLOCK)), "")
            words = _("{blocks} blocks to copy · {lag} behind", blocks=count, lag=units.show(float(round(lag)), "s"))
        wide = min(230.0, row.width() * 0.4)
        self._words(words, row.right() - 4, y, "micro", "ink.1", wide, brush.RIGHT)
        track = QRectF(row.left() + NAME, y - 3, max(20.0, row.width() - NAME - wide - 20), 6)
        brush.panel(self.painter, track, 3, self.look.colour("card.track"), self.look.colour("line.2"))
        if left == left and size > 0:
            done = QRectF(track.left(), track.top(), track.width() * (1 - min(1.0, max(0.0, left) / size)), 6)
            brush.panel(self.painter, done, 3, squares.colour(place, self.look), None)

    # the pool ----------------------------------------------------------------------------------------------------

    def pool(self, section: Section) -> None:
        """Real and promised capacity as one bar, with the line from which on it alarms, and when that will be."""
        stock, box = section.stock, section.pool
        capacity, promised = stock.pool.capacity, stock.pool.promised
        self._words(_("Pool"), box.left(), box.top() + 12, "clock", "ink.1")
        said = _("{real} real, {promised} promised", real=units.show(capacity, "B"), promised=units.show(promised, "B"))
        if promised > capacity > 0:
            said += ": " + _("{times} times", times=units.show(promised / capacity, ""))
        x = box.left() + brush.width_of(_("Pool"), "clock") + 12
        share = self.document.kind_of(stock.pool.id).thresholds.busy
        alarm = alarm_words(stock, share)
        wide = brush.width_of(alarm, "label") + 22
        self._words(said, x, box.top() + 13, "micro", "ink.2", box.right() - x - wide - 12)
        if capacity <= 0:
            return
        whole = max(capacity, promised)
        bar = QRectF(box.left(), box.top() + 34, box.width() * capacity / whole, POOL_BAR)
        if promised > capacity * 1.001:
            spare = max(6.0, box.right() - bar.right() - 3)
            self._dashed(QRectF(bar.right() + 3, bar.top(), spare, POOL_BAR), "line.3")
        brush.panel(self.painter, bar, 4, self.look.colour("card.paper"), self.look.colour("line.3"), 1.5)
        self._segments(stock, bar)
        line = bar.left() + bar.width() * share
        self.painter.setPen(QPen(self.look.colour("ink.1"), 1.5))
        self.painter.drawLine(QPointF(line, bar.top() - 6), QPointF(line, bar.bottom() + 4))
        self._alarm(alarm, line, bar.top() - 22, box)
        self._words("0", bar.left(), bar.bottom() + 12, "micro", "ink.2")
        self._words(units.show(capacity, "B"), bar.right(), bar.bottom() + 12, "micro", "ink.2", align=brush.RIGHT)

    def _segments(self, stock: Stock, bar: QRectF) -> None:
        inside = bar.adjusted(1.5, 1.5, -1.5, -1.5)
        path = QPainterPath()
        path.addRoundedRect(inside, 3, 3)
        self.painter.save()
        self.painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        x = inside.left()
        for place, used in enumerate(stock.now.used):
            wide = inside.width() * used / stock.pool.capacity
            if wide > 0:
                wide = max(wide, 2.0)
                squares.fill(self.painter, QRectF(x, inside.top(), wide, inside.height()), place, self.look, 0)
                x += wide
        self.painter.restore()

    def _alarm(self, words: str, line: float, y: float, box: QRectF) -> None:
        """The words above the line, at its left where there is no room at its right."""
        wide = brush.width_of(words, "label") + 18
        x = line - 5 if line + wide <= box.right() else box.right() - wide
        brush.mark(self.painter, State.BUSY, QPointF(x + 5, y + 5), 10, self.look)
        self._words(words, x + 16, y + 5, "label", "ink.1")

    # how to read it ----------------------------------------------------------------------------------------------

    def legend(self, box: QRectF, width: float) -> None:
        """Each sign once, and the rule by which squares are whose."""
        self._words(_("Reading the grid"), box.left(), box.top() + 10, "clock", "ink.1")
        columns = legend_columns(width)
        wide = box.width() / columns
        for place, (sign, words) in enumerate(SIGNS):
            x, y = box.left() + place % columns * wide, box.top() + 34 + place // columns * KEYS
            self._sign(sign, QRectF(x + 1, y - SIDE / 2, SIDE, SIDE))
            self._words(_(words), x + 22, y, "micro", "ink.2", wide - 30)
        self._words(_(RULE), box.left(), box.bottom() - 10, "micro", "ink.3", box.width())

    def _sign(self, sign: str, box: QRectF) -> None:
        volumes = {"plain": 0, "stripes": 1, "dots": 2, "fresh": 0}
        if sign in volumes:
            squares.fill(self.painter, box, volumes[sign], self.look)
        elif sign == "protects":
            squares.protection(self.painter, box, 0, self.look)
        elif sign == "free":
            squares.draw(0)(self.painter, box, self.look)
        if sign in ("fresh", "next"):
            tone = self.look.colour("ink.1") if sign == "fresh" else squares.colour(0, self.look)
            style = Qt.PenStyle.SolidLine if sign == "fresh" else Qt.PenStyle.DotLine
            self.painter.setPen(QPen(tone, 1.6, style))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2.5, 2.5)


def growth_words(thin: bool, growth: float) -> str:
    """How fast a volume grows."""
    if not thin:
        return _("thick")
    return f"+{units.show(growth, 'B/s')}" if growth > 0 else _("thin")


def alarm_words(stock: Stock, share: float) -> str:
    """When the pool will be as full as that, in words."""
    limit, wait = units.show(share, "1"), stock.alarm(share)
    if wait == 0.0:
        return _("over the {limit} alarm", limit=limit)
    if wait is None or wait > LONGEST:
        return _("{limit} alarm: not in sight", limit=limit)
    return _("{limit} alarm in {time}", limit=limit, time=rounded(wait))


def rounded(seconds: float) -> str:
    """A time that is no more exact than a forecast can be: days, hours, minutes or seconds."""
    step = next((size for size in (86_400.0, 3600.0, 60.0) if seconds >= 2 * size), 1.0)
    return units.show(round(seconds / step) * step, "s")
