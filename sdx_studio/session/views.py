"""The views on one model, by name, with what their tabs say (to be looked up with `_`); the first is the canvas."""

from collections.abc import Mapping
from types import MappingProxyType

from sdx_studio.words import mark

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "topology": mark("Topology"),
        "racks": mark("Rack"),
        "blocks": mark("Storage blocks"),
        "flows": mark("Network flows"),
        "cost": mark("Cost and power"),
        "outline": mark("Text outline"),
        "layers": mark("Machine layers"),
        "plan": mark("Consolidation"),
    }
)
