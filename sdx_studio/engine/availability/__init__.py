"""Availability: what stops when something fails, what a group starts again elsewhere, what it keeps free for that."""

from sdx_studio.engine.availability.availability import Availability

__all__ = ["Availability"]
