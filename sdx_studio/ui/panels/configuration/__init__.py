"""The configuration of what is selected as text: edited and applied as one step, or two of them compared."""

from sdx_studio.ui.panels.configuration.panel import ConfigurationPanel

__all__ = ["ConfigurationPanel"]
