"""What machines draw by load: measured servers, and typical ones of a year, each with where the figures come from."""

from dataclasses import dataclass

from sdx_studio.words import mark

SPEC = mark("SPECpower_ssj2008, a result that SPEC has published")
MEDIAN = mark("SPECpower_ssj2008, medians of the two-socket results of the year, straight lines between idle and full")
TYPICAL = mark("a typical desktop computer, a straight line between idle and full")


@dataclass(frozen=True, slots=True)
class PowerTable:
    """Watts at 0, 10 … 100 % load; `machine` is what was measured, `report` SPEC's number of the result."""

    watts: tuple[float, ...]
    source: str
    year: int
    machine: str = ""
    report: str = ""


def _line(idle: float, full: float) -> tuple[float, ...]:
    """Straight from idle to full load."""
    return tuple(idle + (full - idle) * step / 10 for step in range(11))


POWER_TABLES: dict[str, PowerTable] = {
    "HP ML110 G3": PowerTable((105, 112, 118, 125, 131, 137, 147, 153, 157, 164, 169), SPEC, 2011,
                              "HP ProLiant ML110 G3, 1 × Pentium D930, 2 cores, 4 GB"),
    "HP ML110 G4": PowerTable((86, 89.4, 92.6, 96, 99.5, 102, 106, 108, 112, 114, 117), SPEC, 2011,
                              "HP ProLiant ML110 G4, 1 × Xeon 3040, 2 cores, 4 GB", "20110127-00342"),
    "HP ML110 G5": PowerTable((93.7, 97, 101, 105, 110, 116, 121, 125, 129, 133, 135), SPEC, 2011,
                              "HP ProLiant ML110 G5, 1 × Xeon 3075, 2 cores, 4 GB", "20110124-00339"),
    "IBM x3250 X3470": PowerTable((41.6, 46.7, 52.3, 57.9, 65.4, 73, 80.7, 89.5, 99.6, 105, 113), SPEC, 2009,
                                  "IBM x3250, 1 × Xeon X3470, 4 cores, 8 GB", "20091104-00213"),
    "IBM x3250 X3480": PowerTable((42.3, 46.7, 49.7, 55.4, 61.8, 69.3, 76.1, 87, 96.1, 106, 113), SPEC, 2010,
                                  "IBM x3250, 1 × Xeon X3480, 4 cores, 8 GB", "20101001-00297"),
    "IBM x3550 M3 X5670": PowerTable((66, 107, 120, 131, 143, 156, 173, 191, 211, 229, 247), SPEC, 2010,
                                     "IBM x3550 M3, 2 × Xeon X5670, 12 cores, 12 GB", "20100315-00239"),
    "IBM x3550 M3 X5675": PowerTable((58.4, 98, 109, 118, 128, 140, 153, 170, 189, 205, 222), SPEC, 2011,
                                     "IBM x3550 M3, 2 × Xeon X5675, 12 cores, 16 GB", "20110406-00368"),
    "2008": PowerTable(_line(147, 254), MEDIAN, 2008),
    "2014": PowerTable(_line(59, 252), MEDIAN, 2014),
    "2024": PowerTable(_line(144, 758), MEDIAN, 2024),
    "PC": PowerTable(_line(25, 65), TYPICAL, 2014),
}  # fmt: skip
WATTS: dict[str, tuple[float, ...]] = {name: table.watts for name, table in POWER_TABLES.items()}
