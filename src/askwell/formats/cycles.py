"""Reading without the search for cycles.

Theory of operation.  Records are plain values that never point at each other in a circle, so the
collector of cycles finds nothing among them, however often it walks through all that was read.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_cycles() -> Iterator[None]:
    """Do not search for cycles meanwhile, in any thread; then again, if it was so before.

    What was made meanwhile joins the oldest generation without being walked through.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            # Else the first allocation would walk through all of it as if it were young.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
