"""What happened and what is measured: two lists that follow the run, can be searched, and copy as CSV."""

from sdx_studio.ui.panels.events.chronicle import EventList
from sdx_studio.ui.panels.events.table import MeasureTable

__all__ = ["EventList", "MeasureTable"]
