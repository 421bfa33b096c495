"""Loops over arrays, compiled on first use and kept on disk beside the source or in the user's cache."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable


def compiled(loop: Callable[..., Any]) -> Any:
    """Compile ``loop`` for the types it is called with; ``.py_func`` is the loop as it was written.

    Compiled code holds no lock of Python's while it runs, so other threads go on.
    """
    return njit(cache=True, nogil=True)(loop)


def uncompiled(loop: Any) -> Callable[..., Any]:
    """Give a compiled loop as it was written, and so every loop of its module that it calls: no waiting."""
    own = loop.py_func.__globals__
    names = dict(own)
    for name, value in own.items():
        if hasattr(value, "py_func") and value.py_func.__globals__ is own:
            names[name] = FunctionType(value.py_func.__code__, names, name, value.py_func.__defaults__)
    return names[loop.py_func.__name__]  # type: ignore[no-any-return]
