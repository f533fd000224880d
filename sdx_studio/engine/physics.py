"""The physics of a world: all models over one plant, what is due for whom, and the order in which they settle."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from sdx_studio.engine import hindrances
from sdx_studio.engine.availability import Availability
from sdx_studio.engine.balancing import Balancing
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.consolidations import Consolidations
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.leases import Leases
from sdx_studio.engine.maintenance import Maintenance
from sdx_studio.engine.meters import meters
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.measures import NetworkMeasures
from sdx_studio.engine.packages import Packages
from sdx_studio.engine.parts import Part
from sdx_studio.engine.patches import Patches
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.recovery import Recoveries
from sdx_studio.engine.replicas import Replicas
from sdx_studio.engine.sessions import Sessions
from sdx_studio.engine.sprawls import Sprawls
from sdx_studio.engine.starting import Starting
from sdx_studio.engine.steering.steerings import Steerings
from sdx_studio.engine.storage import Storage
from sdx_studio.engine.tasks import Tasks
from sdx_studio.engine.timesharing import TimeSharing
from sdx_studio.engine.traffic import Streams
from sdx_studio.engine.view import View

MOST_PASSES = 100
"""More passes than this in one instant means that two models keep correcting each other."""

Handler = Callable[[str, Any], object]


class Physics:
    """Models by name; each has `arrange` (parts have changed) and handlers for what it planned."""

    def __init__(self, parts: Iterable[Part], seed: int) -> None:
        self.plant = Plant(parts, seed)
        self.compute = Compute(self.plant)
        self.fabric = Fabric(self.plant)
        self.jobs = Jobs(self.plant, self.fabric)
        self.storage = Storage(self.plant, self.fabric, self.jobs)
        self.streams = Streams(self.plant, self.fabric)
        self.migrations = Migrations(self.plant, self.fabric, self.storage.pools.amount)
        self.starting = Starting(self.plant, self.jobs, self.fabric)
        self.availability = Availability(self.plant, self.fabric.topology, self.compute, self.migrations, self.starting)
        topology = self.fabric.topology
        self.maintenance = Maintenance(self.plant, topology, self.compute, self.migrations, self.availability.retry)
        self.balancing = Balancing(self.plant, topology, self.compute, self.migrations)
        self.consolidations = Consolidations(self.plant, topology, self.compute, self.migrations, self.availability)
        self.steerings = Steerings(self.plant)
        self.sessions = Sessions(self.plant, self.fabric)
        self.packages = Packages(self.plant, self.jobs)
        self.tasks = Tasks(self.plant)
        self.timesharing = TimeSharing(self.plant)
        self.replicas = Replicas(self.plant, self.jobs, self.fabric, self.storage)
        self.recoveries = Recoveries(
            self.plant, topology, self.compute, self.replicas, self.availability, self.starting
        )
        self.patches = Patches(self.plant, self.availability, self.starting)
        self.sprawls = Sprawls(self.plant)
        self.leases = Leases(self.plant, self.sprawls, self.availability)
        self.network = NetworkMeasures(self.plant, self.fabric)
        self.view = View(self.plant, self.fabric, self.storage, self.streams, self.migrations)
        self._handlers = self._table()

    def _table(self) -> dict[str, Handler]:
        """Whom each verb of the agenda concerns."""
        return {
            "sample": self.compute.sample,
            "grown": self.storage.pools.grown,
            "start": self.streams.start,
            "pace": self.streams.sample,
            "finish": self.streams.finish,
            "move": self.migrations.proceed,
            "job": self.jobs.finish,
            "attend": self.sessions.sample,
            "stream": self.packages.start,
            "replicate": self.replicas.due,
            "queue": self.replicas.look,
            "recover": self.recoveries.proceed,
            "converge": self.fabric.topology.convergence.converge,
            "level": self.storage.pools.spread.level,
            "detect": self.availability.detect,
            "place": self.availability.place,
            "rebooted": self.availability.rebooted,
            "patched": self.patches.booted,
            "miss": self.availability.isolation.miss,
            "isolate": self.availability.isolation.isolate,
            "balance": self.balancing.look,
            "started": self.starting.started,
            "steer": self.steerings.act,
            "land": self.steerings.land,
            "task": self.tasks.finish,
            "ready": self.timesharing.ready,
            "slice": self.timesharing.slice,
            "finish job": self.timesharing.finish,
            "request": self.sprawls.due,
            "lease": self.leases.look,
        }

    def _arrange(self, rewired: bool) -> None:
        """Take over the parts as they now are; `rewired` when flows have to be planned anew."""
        plant = self.plant
        self.steerings.weigh()
        self.replicas.copies.straighten()
        hindrances.arrange(plant)
        self.compute.arrange()
        self.tasks.arrange()
        self.steerings.arrange()
        plant.supply.arrange(plant)
        if rewired:
            self.fabric.arrange()
            self.network.arrange()
        self.storage.arrange()
        self.starting.arrange()
        self.streams.arrange()
        self.sessions.arrange()
        self.packages.arrange()
        self.timesharing.arrange()
        self.replicas.arrange()
        self.recoveries.arrange()
        self.balancing.arrange()
        self.patches.arrange()
        self.sprawls.arrange()
        self.leases.arrange()
        self.view.arrange()

    def _state(self) -> tuple[object, ...]:
        """All that later results depend on."""
        plant, storage, seats = self.plant, self.storage, self.starting
        return (
            plant.now, plant.seed, plant.parts.parts(), plant.failed, plant.off, plant.cut, plant.guests,
            plant.roster.state(), plant.stalled, plant.hindered, plant.incoming, plant.agenda.state(),
            plant.ledger.state(), plant.promised, plant.gauges.state(), plant.events,
            self.fabric.state(), self.jobs.active,
            storage.saturated, storage.pools.used, storage.pools.full, storage.pools.spread.shares,
            storage.pools.spread.moving, self.streams.sent, self.streams.lost, self.streams.done, self.streams.factors,
            self.migrations.active, self.migrations.downtime, self.availability.lost,
            self.availability.isolation.state(), self.maintenance.state(), self.balancing.state(),
            self.consolidations.state(),
            seats.waiting, seats.starting, seats.loading, seats.timed,
            self.steerings.state(), self.sessions.present, self.packages.begun, self.packages.launched,
            self.packages.cached, self.replicas.copies.all, self.recoveries.state(), storage.mirrors,
            self.tasks.known, self.timesharing.state(), self.sprawls.state(), self.leases.state(),
            self.patches.state(),
        )  # fmt: skip

    def _settle(self, revised: bool = False) -> None:
        """Shares, flows and measures anew, until nothing is stale; in the order CPU, storage, network, meters."""
        plant = self.plant
        machines = np.zeros(len(plant.roster.machines), bool)
        surveyed = False
        for _ in range(MOST_PASSES):
            self._follow_up()
            fresh = self.compute.settle()
            machines |= fresh
            self.storage.retune(fresh)
            surveyed |= plant.shaken
            if plant.shaken:
                self.storage.pools.survey()
            shaken = plant.shaken
            changed, legs = self.fabric.settle()
            for flow in changed:
                self._follow(flow)
            self.storage.settle(legs)
            self.network.settle(changed, legs, shaken)
            self._settle_clusters(shaken or revised)
            waits = plant.altered or plant.shaken or plant.moved
            if not (waits or self.fabric.shares.pending() or self.migrations.lost or self.migrations.ended):
                break
        self._settle_use()
        plant.supply.settle(plant)
        plant.ledger.settle(plant)
        for meter in meters():
            meter.settle(plant, None if revised or surveyed else machines)
        plant.gauges.settle(plant.now)
        self.view.settle(surveyed)

    def _settle_use(self) -> None:
        """What people do with the guests as they now are: sessions, jobs, requests for more, leases."""
        self.sessions.settle()
        self.tasks.settle()
        self.patches.settle()
        self.sprawls.settle()
        self.leases.settle()

    def _settle_clusters(self, rewired: bool) -> None:
        """Who hears whom, when that may have changed; whether machines in maintenance are empty."""
        if rewired:
            self.availability.isolation.survey()
        if self.maintenance.upkeeps:
            self.maintenance.settle()
        if self.consolidations.orders:
            self.consolidations.settle()
        if self.plant.clusters.leaving:
            self.availability.settle()
        self.replicas.copies.settle()
        self.recoveries.waves.settle()

    def _follow_up(self) -> None:
        """What ended migrations bring about; volumes that came to another store are served from there."""
        ended, self.migrations.ended = self.migrations.ended, []
        for guest, source, arrived in ended:
            self.maintenance.follow(guest, source, arrived)
            self.consolidations.follow(guest, source, arrived)
            self.availability.retry(source)
        for id in self.migrations.lost:
            self.availability.crash(id)
        self.migrations.lost.clear()
        if self.plant.rehomed:
            self.plant.rehomed.clear()
            self.storage.arrange()

    def _follow(self, flow: Flow) -> None:
        sort, id = flow.key
        if sort == "traffic":
            self.streams.follow(flow)
        elif sort == "io":
            self.storage.follow(flow)
        elif sort == "move" and id in self.migrations.active:
            self.migrations.follow(flow)
        elif sort == "mirror":
            self.replicas.follow(flow)
        else:
            self.jobs.follow(flow)
