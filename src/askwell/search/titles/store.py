"""An index kept in a file, so that the next run need not make it again.

Theory of operation.  The file begins with a line that says what it is and a checksum of the rest, a zip of
arrays; these say of what they were made: the form of the file, the version of the vectors, a digest of the
labels.  Where any of these differs, or the file is damaged, ``load`` gives nothing and the index is made
anew: it holds nothing that the labels do not.  It is written beside its place and then renamed, so that
whoever is stopped half way leaves the old one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from askwell.search.titles.index import TitleIndex, by_folding
from askwell.search.titles.postings import Postings
from askwell.search.titles.vectors import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = 1
KIND = b"titles made ready by askwell\n"
SUM = hashlib.sha256().digest_size
_ARRAYS = ("begins", "meanings", "text_meanings")
_POSTED = ("starts", "documents", "weights", "rarity")


class NotAnIndex(ValueError):
    """The file is something else, which must not be written over."""


def save(index: TitleIndex, path: Path, *, digest: str) -> None:
    """Write the index to ``path``; ``digest`` says of which labels it was made."""
    packed = io.BytesIO()
    np.savez(packed, **_packed(index), made_of=_bytes(_made_of(digest)))
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(KIND + hashlib.sha256(packed.getbuffer()).digest())
            file.write(packed.getbuffer())
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def load(path: Path, *, digest: str) -> TitleIndex | None:
    """Read the index, or give None where it is missing, damaged, or was made of something else.

    Raises NotAnIndex for a file that no index begins as.
    """
    if not path.exists():
        return None
    raw = path.read_bytes()
    if not raw.startswith(KIND[: len(raw)]):
        raise NotAnIndex(str(path))
    packed = memoryview(raw)[len(KIND) + SUM :]
    if hashlib.sha256(packed).digest() != raw[len(KIND) :][:SUM]:
        return None
    with np.load(io.BytesIO(packed), allow_pickle=False) as held:
        return _unpacked(held) if _text(held["made_of"]) == _made_of(digest) else None


def _made_of(digest: str) -> str:
    return json.dumps({"form": FORM, "vectors": shipped().version, "labels": digest})


def _packed(index: TitleIndex) -> dict[str, Any]:
    return {
        "ids": _bytes(json.dumps(index.ids)),
        "texts": _bytes(json.dumps(index.texts)),
        "words": _bytes("\n".join(index.word_rows)),
        "grams": _bytes("\n".join(index.gram_rows)),
        **{name: getattr(index, name) for name in _ARRAYS},
        **{f"word_{name}": getattr(index.by_word, name) for name in _POSTED},
        **{f"gram_{name}": getattr(index.by_gram, name) for name in _POSTED},
    }


def _unpacked(held: Mapping[str, Any]) -> TitleIndex:
    ids, texts = json.loads(_text(held["ids"])), json.loads(_text(held["texts"]))
    arrays = {name: held[name] for name in _ARRAYS}
    return TitleIndex(
        ids=ids,
        texts=texts,
        **arrays,
        word_rows=_rows(_text(held["words"])),
        gram_rows=_rows(_text(held["grams"])),
        by_word=Postings(size=len(ids), **{name: held[f"word_{name}"] for name in _POSTED}),
        by_gram=Postings(size=len(ids), **{name: held[f"gram_{name}"] for name in _POSTED}),
        owners=np.repeat(np.arange(len(ids)), np.diff(arrays["begins"])),
        folded=by_folding(texts),
    )


def _rows(names: str) -> dict[str, int]:
    return {name: row for row, name in enumerate(names.split("\n"))} if names else {}


def _bytes(text: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: Any) -> str:
    return bytes(array).decode()
