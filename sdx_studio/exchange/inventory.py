"""A plain inventory as CSV: one row for each host or VM, with units wherever a figure has one.

Columns: `kind` and `name`; for a VM `host`, the name of its host's row (when no host has a row, one is drawn that holds
all VMs); for a host `site` and `cluster`; for a VM `disk`, the size of its volume. Every other column is a property by
its key, as `sdx-studio kinds` lists them: cores, vcpus, memory, load, shares, mac … A unit may stand in the heading,
`memory [GiB]`, or in the cell. Empty cells are the usual values; commas, semicolons or tabs between cells.
"""

import math
import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePath

from sdx_studio.exchange.formats import FileError, Format, Opened, Options
from sdx_studio.exchange.rows import laid_out
from sdx_studio.exchange.sketch import Sketch
from sdx_studio.exchange.tables import Column, Row, Table, comma_separated, plain
from sdx_studio.kinds import Field, FieldError, Kind, Value, standing_for
from sdx_studio.words import LANGUAGES, _, dictionary, mark

GIB = 2.0**30
HEADINGS = "kind name host site cluster disk"
KIND, NAME, HOST, SITE, CLUSTER, DISK = OWN = tuple(HEADINGS.split())
"""Columns that are no properties."""
_HEAD = re.compile(r"^(?P<key>.*?)\s*(?:[\[(](?P<unit>[^\])]*)[\])])?$")


class _Inventory:
    """What has been drawn so far, by the names of the rows."""

    def __init__(self, table: Table, name: str) -> None:
        self._table, self._name = table, name
        self._machine, self._guest = standing_for("libvirt:connection"), standing_for("libvirt:domain")
        self._units: dict[str, str] = {}
        self._rows = table.find(self._columns())
        self._sketch = Sketch()
        self._layers: dict[str, str] = {}
        self._sites: dict[str, str] = {}
        self._clusters: dict[str, list[str]] = {}
        self._hosts: dict[str, str] = {}
        self._grounds: dict[str, list[str]] = {"": []}
        """Site → hosts in it; those of no site under the empty name."""
        self._around: list[str] = []
        """Switch, clusters and array."""
        self._volumes: list[tuple[str, str, float]] = []
        """Name of the VM, its id, and the size of its disk (bytes)."""

    def _columns(self) -> dict[str, Column]:
        """The columns of this file; raises FileError for one that means nothing."""
        known = {one: Column((one,), one in (KIND, NAME)) for one in OWN}
        properties = {**self._machine.by_key, **self._guest.by_key}
        for place, head in enumerate(self._table.heads):
            match = _HEAD.match(head)
            key = plain(match["key"]).replace(" ", "_") if match is not None else ""
            unit = (match["unit"] or "").strip() if match is not None else ""
            if key in OWN or key in properties:
                self._units[key] = unit
                known[key] = Column((plain(head),), key in (KIND, NAME))
            elif key:
                close = get_close_matches(key, (*OWN, *properties), 1)
                hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
                raise FileError(self._name, self._table.line, place + 1, head,
                                _("there is no such column{hint}", hint=hint))  # fmt: skip
        return known

    def draw(self) -> None:
        """All rows: hosts first, VMs into them, storage and network around them."""
        kinds = [(row, self._kind(row)) for row in self._rows]
        for row, what in kinds:
            if what is self._machine:
                self._draw_host(row)
        guests = [row for row, what in kinds if what is self._guest]
        if guests and not self._hosts:
            self._draw_holder(guests)
        seen: dict[str, int] = {}
        for row in guests:
            self._once(row, seen)
            self._draw_guest(row)
        self._connect()

    def _kind(self, row: Row) -> Kind:
        word = row.text(KIND).lower()
        named = {name: what for what in (self._machine, self._guest) for name in _names(what)}
        if word in named:
            return named[word]
        close = get_close_matches(word, named, 1)
        hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
        allowed = f"{self._machine.key}, {self._guest.key}"
        raise row.wrong(KIND, _("“{value}” is not one of {allowed}{hint}", value=word, allowed=allowed, hint=hint))

    def _once(self, row: Row, seen: dict[str, int]) -> str:
        """The row's name; raises FileError when there is none, or an earlier row has it."""
        name = row.text(NAME)
        if not name:
            raise row.wrong(NAME, _("a name is needed"))
        if name in seen:
            raise row.wrong(NAME, _("“{name}” stands on line {line} already", name=name, line=seen[name]))
        seen[name] = row.line
        return name

    def _fields(self, row: Row, what: Kind) -> dict[str, Value]:
        """The properties in a row; raises FileError saying what is allowed."""
        found: dict[str, Value] = {}
        for key in row.cells:
            text = row.text(key)
            if key in OWN or not text:
                continue
            field = what.by_key.get(key)
            if field is None:
                raise row.wrong(key, _("a {kind} has no such property; leave it empty", kind=_(what.label)))
            found[key] = self._read(row, key, field, text)
        return found

    def _read(self, row: Row, key: str, field: Field, text: str) -> Value:
        if field.type in ("reference", "references"):
            raise row.wrong(key, _("this cannot be said in a table"))
        bare = re.fullmatch(r"[-+\d.,eE]+", text) is not None
        try:
            return field.read(f"{text} {self._units.get(key, '')}".strip() if bare else text)
        except FieldError as reason:
            raise row.wrong(key, reason.reason) from None

    def _draw_host(self, row: Row) -> None:
        name = row.text(NAME)
        if name in self._hosts:
            raise row.wrong(NAME, _("there is a host “{name}” already", name=name))
        if not name:
            raise row.wrong(NAME, _("a name is needed"))
        for key in (HOST, DISK):
            if row.text(key):
                raise row.wrong(key, _("a {kind} has no such property; leave it empty", kind=_(self._machine.label)))
        self._stand(name, self._fields(row, self._machine), row.text(SITE))
        if row.text(CLUSTER):
            self._clusters.setdefault(row.text(CLUSTER), []).append(self._hosts[name])

    def _stand(self, name: str, fields: dict[str, Value], site: str = "") -> None:
        if site and site not in self._sites:
            self._sites[site] = self._sketch.add(standing_for("plain:place"), site)
        id = self._sketch.add(self._machine, name, self._sites.get(site), fields=fields)
        self._grounds.setdefault(site, []).append(id)
        self._hosts[name] = id
        self._layers[name] = self._sketch.add(standing_for("libvirt:hypervisor"), f"{name}-hypervisor", id)

    def _draw_holder(self, guests: list[Row]) -> None:
        """One host with room for all VMs, where the file names none."""
        for row in guests:
            if row.text(HOST):
                raise row.wrong(HOST, _("there is no row for the host “{name}”", name=row.text(HOST)))
        sizes = [self._guest.values(self._fields(row, self._guest)) for row in guests]
        room = math.ceil((sum(one["memory"] for one in sizes) * 1.05 + 2 * GIB) / (4 * GIB)) * 4 * GIB
        cores = max(4, sum(one["vcpus"] for one in sizes))
        self._stand(self._machine.prefix, {"cores": min(cores, 4096), "memory": room})
        self._sketch.tally.note(mark("The file names no host, so one was drawn that holds the guests"))

    def _draw_guest(self, row: Row) -> None:
        host = row.text(HOST) or (next(iter(self._hosts)) if len(self._hosts) == 1 else "")
        if host not in self._layers:
            close = get_close_matches(host, self._layers, 1)
            hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
            message = (
                _("there is no row for the host “{name}”", name=host) if host else _("the name of its host is needed")
            )
            raise row.wrong(HOST, message + hint)
        for key in (SITE, CLUSTER):
            if row.text(key):
                raise row.wrong(key, _("this is said of its host"))
        id = self._sketch.add(self._guest, row.text(NAME), self._layers[host], fields=self._fields(row, self._guest))
        if row.text(DISK):
            size = self._read(row, DISK, standing_for("libvirt:volume").by_key["size"], row.text(DISK))
            if isinstance(size, (int, float)):
                self._volumes.append((row.text(NAME), id, float(size)))

    def _connect(self) -> None:
        """A switch, clusters, and an array that has room for all disks."""
        if not self._hosts:
            return
        switch = self._sketch.add(standing_for("libvirt:network"), "network")
        self._around.append(switch)
        for id in self._hosts.values():
            self._sketch.join(id, switch)
        for name, ids in self._clusters.items():
            self._around.append(
                self._sketch.add(standing_for("plain:cluster"), name, fields={"members": tuple(ids)})
            )  # fmt: skip
        if self._volumes:
            self._store(switch)

    def _store(self, switch: str) -> None:
        array = self._sketch.add(standing_for("libvirt:pool"), "storage", fields={"raid": "RAID 0"})
        self._around.append(array)
        self._sketch.join(array, switch)
        room = sum(size for _name, _id, size in self._volumes)
        device: dict[str, Value] = {"capacity": room, "medium": "SSD"}
        self._sketch.add(standing_for("libvirt:pool-device"), "storage-device", array, fields=device)
        for name, id, size in self._volumes:
            fields: dict[str, Value] = {"size": size, "thin": True}
            volume = self._sketch.add(standing_for("libvirt:volume"), f"{name}-disk", array, fields=fields)
            self._sketch.set(id, disk=volume)

    def finish(self, title: str) -> Opened:
        """The document."""
        if not self._rows:
            raise FileError(self._name, self._table.line, 1, "", _("there are neither VMs nor hosts in it"))
        opened = self._sketch.finish(title)
        loose, sites = self._grounds[""], [[id] for id in self._sites.values()]
        inside = [[self._grounds[name]] for name in self._sites]
        return replace(opened, document=laid_out(opened.document, inside, [self._around, loose, *sites]))


def _names(what: Kind) -> set[str]:
    """What people call a kind in a table: its key, and its name in every language."""
    found = {what.key}
    for language in LANGUAGES:
        with dictionary.speaking(language):
            found.add(_(what.label).lower())
    return found


def _read(data: bytes, name: str, _options: Options) -> Opened:
    made = _Inventory(comma_separated(data, name), name)
    made.draw()
    return made.finish(PurePath(name).stem)


def _sniff(head: bytes) -> bool:
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    cells = {plain(cell.strip('" ')) for cell in re.split("[,;\t]", first[0])} if first else set()
    return {KIND, NAME} <= cells


FORMAT = Format("inventory", mark("Inventory (CSV: kind, name, host, cores, memory …)"), (".csv",), _sniff, _read)
