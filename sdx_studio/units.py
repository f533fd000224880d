"""Quantities with units: what people type becomes base units, what is stored becomes words again.

Base units: bytes (B), B/s, bit/s, seconds (s), watts (W), cores, ratios (1), rates (1/s), JPY, kWh, kg.
Memory and disks are shown in binary multiples, links in decimal ones. Parsing is Pint's work, with a
registry of only the units that infrastructure needs; it is made when the first text is read.
"""

import functools
import math
import re
import unicodedata
from typing import Any

LONG = 100
"""Hours from which a clock counts days."""
NBSP = "\u00a0"

LONGEST = 10 * 365 * 86_400.0
"""Seconds that a simulation may last."""

_DEFINITIONS = """
kilo- = 1e3 = k- = K-
mega- = 1e6 = M-
giga- = 1e9 = G-
tera- = 1e12 = T-
peta- = 1e15 = P-
milli- = 1e-3 = m-
micro- = 1e-6 = µ- = μ- = u-
nano- = 1e-9 = n-
kibi- = 1024 = Ki-
mebi- = 1024**2 = Mi-
gibi- = 1024**3 = Gi-
tebi- = 1024**4 = Ti-
pebi- = 1024**5 = Pi-
bit = [information] = b
byte = 8 bit = B = octet
second = [time] = s = sec
minute = 60 second = min
hour = 60 minute = h = hr
day = 24 hour = d
week = 7 day
year = 365 day
month = year / 12
watt = [power] = W
watthour = watt * hour = Wh
joule = watt * second = J
hertz = [frequency] = Hz
core = [processor] = _ = cores = vcpu = vcpus
yen = [money] = JPY = ¥
gram = [mass] = g
tonne = 1000 kilogram = t
count = [] = io = VM
percent = 0.01 count = pct
page = 4096 byte
""".strip().splitlines()

_BASE = {
    "B": "byte",
    "B/s": "byte/second",
    "bit/s": "bit/second",
    "s": "second",
    "W": "watt",
    "core": "core",
    "1": "count",
    "": "count",
    "1/s": "count/second",
    "JPY": "yen",
    "JPY/kWh": "yen/kilowatthour",
    "JPY/month": "yen/month",
    "kg/kWh": "kilogram/kilowatthour",
    "JPY/year": "yen/year",
    "kWh": "kilowatthour",
    "kg": "kilogram",
    "Hz": "hertz",
    "page": "page",
    "page/s": "page/second",
    "1/core": "count/core",
}
_EXAMPLES = {
    "B": "4 GiB, 512 MiB, 4g",
    "B/s": "200 MB/s, 20 MiB/s",
    "bit/s": "1 Gbit/s, 100M",
    "s": "30 s, 2 min, 200 ms",
    "1": "0.8, 80 %",
    "1/s": "180, 90k",
}
_SUFFIX = {"k": "Ki", "m": "Mi", "g": "Gi", "t": "Ti", "p": "Pi"}
# Digits in groups of three, or none in groups: "1,5" is refused rather than read as fifteen.
_NUMBER = re.compile(r"^[+-]?(\d{1,3}([,_ ]\d{3})+(?!\d)\.?\d*|\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_SPELLING = re.compile("^[A-Za-z\u00b5\u03bc¥]+(/[A-Za-z]+)?$")

_RATIOS = {"1": 1.0, "": 1.0, "%": 0.01, "percent": 0.01, "erlang": 1.0, "count": 1.0}
_COUNTS = ("count", "1", "", "VM", "VMs", "thread", "threads", "erlang")
_EVENTS = re.compile("^(1|VMs?|req|io|count)/")
_REQUESTS = {"IOPS": "count/second", "iops": "count/second", "kIOPS": "kilocount/second", "rpm": "count/minute"}

_LONGEST = 32
_WORDS = {"%": "percent", "コア": "core", "円": "yen", "秒": "second", "分": "minute", "時間": "hour", "日": "day"}


class UnitError(ValueError):
    """`text` is no quantity of the wanted unit; the message says what is allowed, for example `examples`."""

    def __init__(self, text: str, unit: str) -> None:
        self.text = text.strip()
        self.examples = _EXAMPLES.get(unit, f"5 {unit}".strip())
        super().__init__(f"“{self.text}” is no quantity here; allowed are for example {self.examples}")


@functools.lru_cache(maxsize=1)
def registry() -> Any:
    """Pint registry with the units of infrastructure only (a few ms instead of 200)."""
    import pint

    made: Any = pint.UnitRegistry(None, cache_folder=None)
    made.load_definitions(_DEFINITIONS)
    return made


def parse(text: str, unit: str) -> float:
    """Value of `text` in base `unit`: `parse("4 GiB", "B")` is 4294967296.0; a bare number is already in it.

    Full-width signs, as a Japanese keyboard gives them, count as the plain ones. Raises UnitError with examples of
    what is allowed.
    """
    cleaned = unicodedata.normalize("NFKC", text).strip()
    number = _NUMBER.match(cleaned)
    if number is None:
        raise UnitError(text, unit)
    magnitude = float(re.sub(r"[,_ ]", "", number.group(0)))
    spelled = cleaned[number.end() :].strip()
    if not spelled:
        return _finite(magnitude, text, unit)
    return _finite(magnitude * _factor(_usual(spelled, unit), unit, text), text, unit)


def convert(value: float, unit: str, base: str) -> float:
    """`value` given in `unit` (any spelling) as base unit `base`; raises UnitError when they measure other things."""
    return value * _factor(_usual(unit, base), base, unit)


USUAL = {
    ("s", "s"): 1.0, ("ms", "s"): 1e-3, ("min", "s"): 60.0, ("h", "s"): 3600.0, ("d", "s"): 86_400.0,
    ("MiB", "B"): 2.0**20, ("GiB", "B"): 2.0**30, ("TiB", "B"): 2.0**40, ("Mbit/s", "bit/s"): 1e6,
    ("Gbit/s", "bit/s"): 1e9, ("%", "1"): 0.01,
}  # fmt: skip
"""What people type most, so that a command that reads "24 h" need not load Pint, which takes 0.2 s."""


@functools.lru_cache(maxsize=512)
def _factor(spelled: str, unit: str, text: str) -> float:
    if (spelled, unit) in USUAL:
        return USUAL[spelled, unit]
    import pint

    known = registry()
    if not _SPELLING.match(spelled) or len(spelled) > _LONGEST:
        raise UnitError(text, unit)
    try:
        return float(known.Quantity(1.0, known.parse_units(spelled)).to(_BASE[unit]).magnitude)
    except (pint.PintError, AttributeError, ValueError, TypeError, KeyError) as reason:
        raise UnitError(text, unit) from reason


def exact(unit: str, base: str) -> float:
    """What one `unit`, spelled exactly as in files (`MiB/s`, `1/week`, `%`), is in `base`: a base unit, or `count`.

    A share is no count: `%` is refused where things are counted. Raises UnitError when they measure other things.
    """
    if base in ("1", "count"):
        known = _RATIOS if base == "1" else dict.fromkeys(_COUNTS, 1.0)
        if unit not in known:
            raise UnitError(unit, base)
        return known[unit]
    return _factor(_REQUESTS.get(unit) or _EVENTS.sub("count/", unit), base, unit)


@functools.lru_cache(maxsize=128)
def base_of(unit: str) -> str:
    """The base unit in which what is given in `unit` is computed: MiB is B, % is 1, Mbit/s is bit/s, count is count."""
    if unit in _RATIOS and unit != "count":
        return "1"
    if unit == "count" or unit in _BASE:
        return unit
    for base in ("bit/s",) if "bit" in unit else ("B", "B/s", "s", "1/s", "Hz", "W", "kWh", "kg", "kg/kWh"):
        try:
            exact(unit, base)
        except UnitError:
            continue
        return base
    raise UnitError(unit, "")


def _finite(value: float, text: str, unit: str) -> float:
    if not math.isfinite(value):
        raise UnitError(text, unit)
    return value


def _usual(spelled: str, unit: str) -> str:
    """People's spellings ("g", "Gbps", "GB per s", "%", "IOPS") as Pint's."""
    flat = spelled.replace(" per ", "/").replace(" ", "")
    if flat in _WORDS:
        return _WORDS[flat]
    if unit == "1/s" and flat.lower() in ("iops", "io/s", "/s", "req/s"):
        return "count/second"
    if unit == "1/s" and flat.lower() in ("k", "m"):
        return {"k": "kilo", "m": "mega"}[flat.lower()] + "count/second"
    if flat.lower() in _SUFFIX and unit in ("B", "B/s"):
        return _SUFFIX[flat.lower()] + ("B" if unit == "B" else "B/s")
    if flat.lower() in _SUFFIX and unit == "bit/s":
        return {"k": "k", "m": "M", "g": "G", "t": "T", "p": "P"}[flat.lower()] + "bit/s"
    if flat.endswith("ps") and unit in ("B/s", "bit/s"):
        flat = flat[:-2] + "/s"
    flat = (
        re.sub(r"^([kKmMgGtTpP])i?b$", lambda m: m.group(0)[:-1].upper().replace("I", "i") + "B", flat)
        if (unit == "B")
        else flat
    )
    return re.sub(r"^K(?=[a-zA-Z])(?!i)", "k", flat)


def show(value: float | None, unit: str) -> str:
    """`value` in base `unit` as people write it: 4 GiB, 10 Gbit/s, 62 %, 1.92 kW; None is a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    if unit == "1":
        return f"{_short(value * 100)}{NBSP}%"
    if unit in ("B", "B/s"):
        return _scaled(value, 1024.0, ("", "Ki", "Mi", "Gi", "Ti", "Pi"), unit)
    if unit in ("bit/s", "W"):
        return _scaled(value, 1000.0, ("", "k", "M", "G", "T", "P"), unit)
    if unit == "s":
        return _duration(value)
    suffix = {"1/s": "/s"}.get(unit, unit)
    return f"{_short(value)}{NBSP}{suffix}" if suffix else _short(value)


def _duration(value: float) -> str:
    for size, name in ((86400.0, "d"), (3600.0, "h"), (60.0, "min")):
        if value >= 2 * size and value % size == 0:
            return f"{_short(value / size)}{NBSP}{name}"
    for size, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if abs(value) >= size * 0.9995:
            return f"{_short(value / size)}{NBSP}{name}"
    return f"0{NBSP}s"


def _scaled(value: float, step: float, names: tuple[str, ...], unit: str) -> str:
    index = 0
    while round(abs(value)) >= step and index < len(names) - 1:
        value /= step
        index += 1
    return f"{_short(value)}{NBSP}{names[index]}{unit}"


def _short(value: float) -> str:
    """Three significant figures below 100, thousands grouped above; no trailing zeros."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    digits = 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0", "0") else f"{value:.2g}"


def clock(seconds: float, *, tenths: bool = True) -> str:
    """Simulated time for a clock face: 00:43.2, 1:02:03.0; from 100 hours on 4 d 04:00:00, never with tenths."""
    minutes, rest = divmod(int(seconds * 10), 600)
    hours, minutes = divmod(minutes, 60)
    tail = f"{minutes:02d}:{rest // 10:02d}"
    if hours >= LONG:
        return f"{hours // 24}{NBSP}d {hours % 24:02d}:{tail}"
    tail += f".{rest % 10}" if tenths else ""
    return f"{hours}:{tail}" if hours else tail


def tick(seconds: float) -> str:
    """A moment of a ruler: as on the clock without tenths, whole days of a long time alone: 00:40, 2:00:00, 30 d."""
    days = seconds / 86_400
    return f"{days:.0f}{NBSP}d" if seconds >= LONG * 3600 and days == int(days) else clock(seconds, tenths=False)
