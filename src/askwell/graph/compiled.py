"""Loops over arrays, compiled on first use and kept on disk beside the source or in the user's cache.

numba compiles a loop anew when its own file changed, not when a loop of another file did that it calls: old
code would go on reading arrays as they were laid out before.  So what is kept counts only while all sources
of the rooms that have loops are as they were.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path
from threading import RLock
from types import FunctionType, ModuleType, SimpleNamespace
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


def uncompiled(function: Any) -> Callable[..., Any]:
    """Give a loop, or a function that calls loops, with every loop below it as it was written: no waiting.

    Numbers of numpy's own narrow types do not grow outside compiled code: such a loop makes them wide itself.
    """
    written = getattr(function, "py_func", function)
    return _as_written(written.__module__)[written.__name__]  # type: ignore[no-any-return]


_WRITTEN: dict[str, dict[str, Any]] = {}
_WRITING = RLock()


def _as_written(module: str) -> dict[str, Any]:
    """Give the names of a module, with nothing compiled in it nor in what it has of the rooms with loops."""
    with _WRITING:
        if module not in _WRITTEN:
            own = vars(sys.modules[module])
            names = _WRITTEN[module] = dict(own)
            names |= {name: _written(value, names, own) for name, value in own.items()}
        return _WRITTEN[module]


def _written(value: Any, names: dict[str, Any], own: dict[str, Any]) -> Any:
    if isinstance(value, ModuleType) and _may_have_loops(value.__name__):
        return SimpleNamespace(**_as_written(value.__name__))
    plain = getattr(value, "py_func", value)
    if not isinstance(plain, FunctionType):
        return value
    if plain.__globals__ is not own:
        there = _as_written(plain.__module__) if _may_have_loops(plain.__module__) else {}
        return there.get(plain.__name__, value)
    made = FunctionType(plain.__code__, names, plain.__name__, plain.__defaults__, plain.__closure__)
    made.__kwdefaults__ = plain.__kwdefaults__
    return made


def _may_have_loops(module: str) -> bool:
    return module.startswith(tuple(f"askwell.{room}." for room in _ROOMS)) and module != __name__


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
