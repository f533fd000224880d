"""A lock on an open file that ends with the process that holds it, however that ends."""

import sys


def lock(handle: int) -> bool:
    """Take the lock of an open file (a descriptor) without waiting; False when another one holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
