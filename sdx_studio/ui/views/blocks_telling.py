"""Arrays, devices, volumes and squares in words: as tooltips and for those who hear it."""

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session import describing
from sdx_studio.ui.views.blocks_lists import alarm_words, growth_words
from sdx_studio.ui.views.blocks_plan import Plan
from sdx_studio.ui.views.blocks_stock import Stock
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.ui.views.rack_telling import in_words
from sdx_studio.words import _


def told(document: Document, plan: Plan, readings: Readings, id: str) -> list[str]:
    """Lines about an array, a device, a volume or a replication."""
    if id not in document.elements:
        return []
    what = (_(document.kind_of(id).label), describing.sizes(document, id))
    lines = [document.element(id).name, " · ".join(part for part in what if part)]
    for section in plan.sections:
        lines.extend(_of(document, section.stock, readings, id))
    state = in_words(readings.of(document, id))
    return [*lines, state] if state else lines


def _of(document: Document, stock: Stock, readings: Readings, id: str) -> list[str]:
    pool = stock.pool
    if id == pool.id:
        used = _amount(stock.used, pool.capacity)
        return [used, alarm_words(stock, document.kind_of(id).thresholds.busy)]
    devices, volumes = [one.id for one in pool.devices], [one.id for one in pool.volumes]
    if id in devices:
        place = devices.index(id)
        return [_amount(stock.now.raw[place], pool.devices[place].capacity)]
    if id in volumes:
        return _volume(document, stock, volumes.index(id))
    if any(one.id == id for one in stock.replicas.values()):
        left = readings.value(id, "replica.left")
        return [_("{bytes} to copy", bytes=units.show(left, "B"))] if left == left else []
    return []


def _volume(document: Document, stock: Stock, place: int) -> list[str]:
    volume = stock.pool.volumes[place]
    lines = [_amount(stock.now.used[place], volume.size), growth_words(volume.thin, stock.now.growth[place])]
    users = ", ".join(document.element(one).name for one in stock.users.get(volume.id, ()))
    return [*lines, _("used by {names}", names=users)] if users else lines


def _amount(used: float, size: float) -> str:
    return _("{used} of {size}", used=units.show(used, "B"), size=units.show(size, "B"))
