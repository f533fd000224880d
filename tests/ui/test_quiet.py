"""Nothing looks for garbage while the window starts, and everything does as before afterwards."""

import gc

from sdx_studio.ui import quiet


def test_a_quiet_start_ends() -> None:
    assert gc.isenabled()
    quiet.hold()
    assert not gc.isenabled()
    quiet.release()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000
    gc.unfreeze()
