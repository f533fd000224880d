"""Older files become newer ones step by step: pure functions on plain dicts, from version n to n + 1.

A step never changes what it is given, and once released it is never changed itself: old files open for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sdx_studio.exchange.native.lines import VERSION

Tree = dict[str, Any]
Step = Callable[[Tree], Tree]

STEPS: Mapping[int, Step] = {}
"""The step that leads from this version to the next one."""


def oldest(steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> int:
    """First version from which an unbroken chain of steps leads to `newest`."""
    first = newest
    while first - 1 in steps:
        first -= 1
    return first


def upgraded(tree: Tree, version: int, steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> Tree:
    """`tree` of `version` as one of version `newest`; the given tree is left as it was."""
    for number in range(version, newest):
        tree = {**steps[number](tree), "version": number + 1}
    return tree
