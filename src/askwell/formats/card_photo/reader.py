"""The recognizer: an extra, loaded when it is asked, kept from the network.

Theory of operation.  The models lie in the wheel of ``rapidocr`` and are named by their path: a model it
is not told of it would fetch.  Where the wheel has others than those, that is an error, and nothing is
fetched.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from askwell.formats.card_photo.lines import Line, Spot, lines_of
from askwell.formats.card_photo.picture import opened
from askwell.formats.errors import FormatError

_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_THREADS = 2


class ReaderAbsent(FormatError):
    """The extra ``ocr`` is not installed."""

    code = "reader-absent"


def is_there() -> bool:
    """Say whether the extra is installed, without loading it."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read(data: bytes) -> list[Line]:
    """Read a picture.  The first call takes seconds and half a gigabyte.  Raises FormatError."""
    picture = opened(data)
    if not is_there():
        raise ReaderAbsent("")
    return lines_of(_spots(picture))  # pragma: no cover - where the extra is; tests/formats/test_card_reader


def _spots(picture: Any) -> list[Spot]:  # pragma: no cover - as above
    found = engine()(picture)
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    return [
        Spot([(float(x), float(y)) for x, y in box], text, float(score))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def engine() -> Any:  # pragma: no cover - as above
    """Load the recognizer.  Raises where its models are not those we know."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    settings: dict[str, Any] = {f"{part}.model_path": str(models / name) for part, name in _MODELS.items()}
    settings["Global.log_level"] = "error"
    settings["EngineConfig.onnxruntime.intra_op_num_threads"] = _THREADS
    return rapidocr.RapidOCR(params=settings)
