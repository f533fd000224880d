"""Work that outlives a crash: a journal of every step from the first edit on, and what can be made of it afterwards.

May not enter: dialogs, and any clock but the one that is handed in. The files lie in a folder that the caller names.
"""

from sdx_studio.session.keeping.keeper import Keeper
from sdx_studio.session.keeping.leftovers import Leftover, leftovers

__all__ = ["Keeper", "Leftover", "leftovers"]
