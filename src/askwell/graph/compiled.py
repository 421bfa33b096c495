"""Loops over arrays, compiled on first use and kept on disk beside the source or in the user's cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable


def compiled(loop: Callable[..., Any]) -> Any:
    """Compile ``loop`` for the types it is called with; ``.py_func`` is the loop as it was written.

    Compiled code holds no lock of Python's while it runs, so other threads go on.
    """
    return njit(cache=True, nogil=True)(loop)
