"""Loops over arrays, compiled on first use and kept on disk beside the source or in the user's cache.

numba compiles a loop anew when its own file changed, not when a loop of another file did that it calls: old
code would go on reading arrays as they were laid out before.  So what is kept counts only while all sources
of the rooms that have loops are as they were.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic, overload

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOMS = ("graph", "search")
_UNCOUNTED: dict[str, Any] = {"_nrt": False}  # an option numba has, and does not tell of


def compiled(loop: Callable[..., Any]) -> Any:
    """Compile ``loop`` for the types it is called with; ``.py_func`` is the loop as it was written.

    Compiled code holds no lock of Python's while it runs, so other threads go on.
    """
    return _kept(njit(cache=True, nogil=True)(loop))


def bare(loop: Callable[..., Any]) -> Any:
    """Compile a loop that makes no arrays: nothing counts who holds those it is given, which costs most."""
    return _kept(njit(cache=True, nogil=True, forceinline=True, **_UNCOUNTED)(loop))


def _kept(loop: Any) -> Any:
    """Let what is kept of a loop stand by all sources, not its own alone."""
    file = loop._cache._cache_file  # noqa: SLF001 - numba has no other way to say it
    file._source_stamp = (file._source_stamp, sources())  # noqa: SLF001
    return loop


@cache
def sources(root: Path = Path(__file__).parents[1]) -> str:
    """Give a digest of when the sources of the rooms with loops were written, and how long they are."""
    found = hashlib.sha256()
    for path in sorted(path for room in _ROOMS for path in (root / room).rglob("*.py")):
        told = path.stat()
        found.update(f"{path.relative_to(root)} {told.st_mtime_ns} {told.st_size}\n".encode())
    return found.hexdigest()


def uncompiled(loop: Any) -> Callable[..., Any]:
    """Give a compiled loop as it was written, and so every loop of its module that it calls: no waiting."""
    own = loop.py_func.__globals__
    names = dict(own)
    for name, value in own.items():
        if hasattr(value, "py_func") and value.py_func.__globals__ is own:
            names[name] = FunctionType(value.py_func.__code__, names, name, value.py_func.__defaults__)
    return names[loop.py_func.__name__]  # type: ignore[no-any-return]


def soon(array: Any, place: Any) -> None:
    """Have a place of an array fetched into the cache, to be read a little later; changes nothing."""


@intrinsic
def _fetched(_typing: Any, array: Any, place: Any) -> Any:
    """LLVM's own: fetched to be read (0), kept in every cache (3), as data (1)."""

    def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        made = context.make_array(signature.args[0])(context, builder, arguments[0])
        at = cgutils.get_item_pointer(  # type: ignore[no-untyped-call]
            context, builder, signature.args[0], made, [arguments[1]], wraparound=False
        )
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(fetch, [builder.bitcast(at, byte), *map(number, (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, place), written


@overload(soon)
def _soon(array: Any, place: Any) -> Any:  # noqa: ARG001 - read by numba
    def fetched(array: Any, place: Any) -> None:
        _fetched(array, place)  # type: ignore[call-arg]

    return fetched
