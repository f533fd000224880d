"""User commands: one file each, found by walking. Menu, shortcut, tool bar, palette and script all use them.

A numbered family of commands shares a file that declares ACTIONS.
A command's id is its action's object name in the window and never changes.
"""

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from sdx_studio.session.actions.action import Action, Desk

__all__ = ["Action", "Desk", "commands"]


@functools.lru_cache(maxsize=1)
def commands() -> Mapping[str, Action]:
    """All commands by id, in menu order."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "action"]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [one for module in modules for one in getattr(module, "ACTIONS", None) or (module.ACTION,)]
    return {one.id: one for one in sorted(found, key=lambda one: (one.menu, one.order, one.id))}
