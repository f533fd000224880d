"""Projects that several tests of the session draw."""

from sdx_studio.session import Session
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer


def moving(speed: str = "1 Gbit/s") -> Session:
    """Hosts a and b on a switch; web01 (4 GiB, 20 MiB/s dirty) moves from a to b at once."""
    s = Session()
    a, b = (s.place("host", name=name, cores=16, memory="64 GiB", nic_speed=speed) for name in "ab")
    switch = s.place("switch", name="sw")
    for host in (a, b):
        s.connect(host, switch, bandwidth=speed)
    vm = s.place("vm", on=a, name="web01", vcpus=2, memory="4 GiB", load=1, dirty_rate="20 MiB/s", working_set="4 GiB")
    s.do("migrate", vm, to=b, at=0)
    return s


def line(first: str, second: str) -> tuple[Session, list[str]]:
    """Three switches in a row; the two cables between them have these speeds."""
    s = Session()
    switches = [s.place("switch", name=f"sw{number}", nic_speed="100 Gbit/s") for number in (1, 2, 3)]
    s.connect(switches[0], switches[1], bandwidth=first)
    s.connect(switches[1], switches[2], bandwidth=second)
    return s, switches


def room() -> Session:
    """Something of everything that changes over time, also at random."""
    s = Session()
    site = s.place("site", name="dc")
    hosts = [s.place("host", on=site, name=f"h{number}", cores=8) for number in range(3)]
    array = s.place("storage_array", on=site, name="san")
    for _ in range(4):
        s.place("disk", on=array)
    switch = s.place("switch", on=site, name="sw")
    for one in (*hosts, array):
        s.connect(one, switch)
    for number in range(6):
        volume = s.place("volume", on=array, thin=True, growth="1 MiB/s")
        pattern = ("bursty", "wave", "day")[number % 3]
        s.place("vm", on=hosts[number % 3], name=f"vm{number}", pattern=pattern, load=0.6, disk=volume, io_rate=40,
                period=7)  # fmt: skip
    s.place("cluster", name="all", members=hosts)
    s.place("flow", name="backup", source=hosts[0], target=array, rate="300 Mbit/s", pattern="bursty", period=5)
    s.do("migrate", "vm0", to=hosts[1], at=2)
    s.do("fail", "host:h2", at=10)
    return s


class Table:
    """A session, its running model and the clock by which that goes."""

    def __init__(self, session: Session) -> None:
        self.now = 0.0
        self.session = session
        self.live = Live(session, lambda: InlinePlayer(lambda: self.now))

    @property
    def player(self) -> InlinePlayer:
        assert isinstance(self.live.player, InlinePlayer)
        return self.live.player

    def let_pass(self, seconds: float) -> list[object]:
        """Wall-clock time passes; what there is to tell."""
        told: list[object] = []
        for _ in range(10):
            self.now += seconds / 10
            if self.live.player is not None:
                self.player.tick()
            told += self.live.poll()
            self.live.latest()
        return told

    def value(self, address: str, measure: str) -> float:
        found = self.live.latest()
        assert found is not None
        layout, snapshot = found
        return float(snapshot.values[layout.index[self.session.document.find(address), measure]])
