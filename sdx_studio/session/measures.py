"""In which units measures are given."""

UNITS = {
    "utilisation": "1", "ready": "1", "fill": "1", "rate": "bit/s", "forward": "bit/s", "backward": "bit/s",
    "used": "B", "delivered": "B", "power": "W", "energy": "kWh", "iops": "1/s", "response": "s", "cost": "JPY",
    "co2": "kg", "outage": "s", "lag": "s", "latency": "s", "demand": "core", "grant": "core", "rent": "JPY",
    "progress": "1",
}  # fmt: skip


def unit_of(measure: str) -> str:
    """Base unit of a measure by its last word."""
    if measure == "io.rate":
        return "1/s"
    return UNITS.get(measure.rsplit(".", 1)[-1], "")
