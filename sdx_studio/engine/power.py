"""Power: what is taken where a project says nothing."""

JOULES_PER_KWH = 3.6e6

PUE, PRICE, CARBON = 1.56, 27.0, 0.423
"""Where nothing is said: Uptime Institute's survey of 2024; JPY/kWh; kg CO2 per kWh (Japan, national average)."""
