"""A quiet start: no search for garbage while modules are read and the window is built, and none among them later.

What a start makes stays until the end. Looking through it again and again took 8 % of the start, and every look
through all of it later on takes as long as a frame.
"""

import gc


def hold() -> None:
    """No search for garbage from now on."""
    gc.disable()


def release() -> None:
    """Search again, but never in what is there now."""
    gc.freeze()
    gc.enable()
