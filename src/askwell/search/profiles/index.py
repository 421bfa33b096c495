"""The index of profiles: made from columns of texts, kept in a file, mapped into memory.

Theory of operation. The words of all fields of a profile are one bag; a word weighs as much as the fields
it stands in. Words are numbered in the order of the alphabet, so that those with one beginning lie
together. For each word the profiles that hold it are listed in order, each with one byte that says how
much the word tells of it (``loops.post``); what more than one profile in ``1 / COMMON`` holds has a row of
such bytes as well, so that looking it up is one step. The values of each filter column are codes. What the
titles mean is ``meanings``.

The file is that of ``same_person.index_files``: refused where it is cut short, damaged or of another
version, and replaced whole or not at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.graph.same_person import index_files
from askwell.graph.same_person.index_files import BadIndex, is_index
from askwell.search.profiles import loops
from askwell.search.profiles.meanings import Meanings, read_meanings
from askwell.search.profiles.texts import Spelled, coded, readable, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int64]
    Codes = NDArray[np.int32]

__all__ = ["WEIGHTS", "BadIndex", "Profiles", "build", "is_index", "load", "save"]

FORM = 1
COMMON = 32  # what more than one profile in so many holds has a row of bytes
RARITY = 64.0  # steps in one natural logarithm of how rare a word is
WEIGHTS = {"name": 8, "title": 6, "organization": 4, "place": 3, "school": 3, "tags": 3, "notes": 2}
_WEIGHT = 2  # of a field of another name
_ARRAYS = ("begins", "profiles", "impacts", "rarities", "rows", "dense", "codes", "in_order", "value_begins")
_SPELLED = ("words", "labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """An index.

    ``profiles[begins[w]:begins[w + 1]]`` hold word ``w``; ``rows[w]`` is its row of ``dense`` or -1.
    ``values`` names the filter columns and the folded values of each by code; ``codes[column, profile]`` is
    whose; ``in_order`` lists the profiles of each value, from ``value_begins`` on, column after column.
    ``labels`` is what is shown of each profile; ``made_of`` names what all of it was made of.
    """

    count: int
    words: Spelled
    begins: Ints
    profiles: Codes
    impacts: Bytes
    rarities: Codes
    rows: Codes
    dense: NDArray[np.uint8]
    values: dict[str, list[str]]
    codes: NDArray[np.int32]
    in_order: Codes
    value_begins: Ints
    labels: Spelled
    meanings: Meanings
    made_of: str = ""


def build(
    fields: Mapping[str, Sequence[str]],
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    meaning: str = "title",
    labels: Sequence[str] = (),
    made_of: str = "",
) -> Profiles:
    """Make an index of columns of texts, all of one length.

    ``meaning`` names the one that says what people do.
    """
    count = len(next(iter(fields.values()), ()))
    letters, bounds = readable(list(fields.values()))
    weighs = np.array([WEIGHTS.get(name, _WEIGHT) for name in fields], np.int64)
    cut = loops.cut(letters, bounds, weighs)
    words, place = _in_order(Spelled(cut[4], cut[5]))
    begins, profiles, impacts = loops.fitting(loops.post, count)(*cut[:4], place)
    held = np.diff(begins)
    rows, dense = _rows(held, begins, profiles, impacts, count)
    values = {name: coded(column) for name, column in (filters or {}).items()}
    codes = np.array([code for _names, code in values.values()], np.int32).reshape(len(values), count)
    in_order, value_begins = _by_value(codes, [len(names) for names, _codes in values.values()])
    return Profiles(
        count=count,
        words=words,
        begins=begins,
        profiles=profiles,
        impacts=impacts,
        rarities=rarity(held, count),
        rows=rows,
        dense=dense,
        values={name: names for name, (names, _codes) in values.items()},
        codes=codes,
        in_order=in_order,
        value_begins=value_begins,
        labels=spelled(labels),
        made_of=made_of,
        meanings=read_meanings(fields.get(meaning, ())),
    )


def rarity(held: Any, count: int) -> Any:
    """Say how much a word tells that so many of all profiles hold, in whole steps; 1 at least."""
    said = np.log(1 + (count - held + 0.5) / (held + 0.5))
    return np.maximum(1, np.rint(RARITY * said)).astype(np.int32)


def _in_order(met: Spelled) -> tuple[Spelled, Any]:
    """Put words in the order of the alphabet; also the new number of each."""
    raw = met.letters.tobytes()
    ends = met.ends.tolist()
    written = [raw[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    order = sorted(range(len(written)), key=written.__getitem__)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    letters = np.frombuffer(b"".join([written[at] for at in order]), np.uint8)
    lengths = np.diff(met.ends, prepend=0)[order] if order else np.zeros(0, np.int64)
    return Spelled(letters, np.cumsum(lengths)), place


def _rows(held: Any, begins: Any, profiles: Any, impacts: Any, count: int) -> tuple[Any, Any]:
    common = np.flatnonzero(held * COMMON > count)
    rows = np.full(len(held), -1, np.int32)
    rows[common] = np.arange(len(common), dtype=np.int32)
    dense = np.zeros((len(common), count), np.uint8)
    for row, word in enumerate(common.tolist()):
        span = slice(begins[word], begins[word + 1])
        dense[row, profiles[span]] = impacts[span]
    return rows, dense


def _by_value(codes: Any, sizes: list[int]) -> tuple[Any, Any]:
    """List the profiles of each value in order, column after column."""
    orders = [np.argsort(column, kind="stable").astype(np.int32) for column in codes]
    counts = [np.bincount(column, minlength=size) for column, size in zip(codes, sizes, strict=True)]
    begins = np.concatenate([[0], *counts]).cumsum()
    return np.concatenate([np.zeros(0, np.int32), *orders]), begins.astype(np.int64)


def save(index: Profiles, path: Path) -> None:
    """Write an index to a file, in the place of what was there."""
    told = {"form": FORM, "vectors": index.meanings.version, "made_of": index.made_of}
    told |= {"count": index.count, "values": index.values}
    arrays = {name: getattr(index, name) for name in _ARRAYS}
    for name in _SPELLED:
        held = getattr(index, name)
        arrays |= {f"{name}_letters": held.letters, f"{name}_ends": held.ends}
    arrays |= {f"meaning_{name}": array for name, array in index.meanings.arrays().items()}
    arrays["told"] = np.frombuffer(json.dumps(told).encode(), np.uint8)
    index_files.write(path, arrays)


def load(path: Path) -> Profiles:
    """Map an index from its file.

    Raises ``BadIndex`` where it cannot be used, ``OSError`` where it is not read.
    """
    held = index_files.read(path)
    if "told" not in held or "meaning_vectors" not in held:
        raise BadIndex("it is not an index of profiles")
    told = json.loads(held["told"].tobytes())
    meanings = Meanings.of(
        {n.removeprefix("meaning_"): a for n, a in held.items() if n.startswith("meaning_")}
    )
    if told["form"] != FORM or told["vectors"] != meanings.version:
        raise BadIndex("it was written by another version of Askwell")
    return Profiles(
        count=told["count"],
        values=told["values"],
        made_of=told["made_of"],
        meanings=meanings,
        words=Spelled(held["words_letters"], held["words_ends"]),
        labels=Spelled(held["labels_letters"], held["labels_ends"]),
        **{name: held[name] for name in _ARRAYS},
    )
