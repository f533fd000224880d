"""The time axis under the canvas: what happened as marks, what the scenario plans as diamonds, the playhead."""

from sdx_studio.ui.panels.timeline.widget import Timeline

__all__ = ["Timeline"]
