"""Files sent to a page: written below the data folder as they arrive, bounded, readable by the user alone."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

TOO_LARGE = "too_large"  # in what the form sent, when the files were more than is taken


def folder() -> Path:
    """Give the folder for files on their way in or out; only their user may look into it."""
    place = Path(settings.DATA_DIR) / "uploads"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def most() -> str:
    """Say how much is taken at once, without an idle nought: 512 MB."""
    return re.sub(r"[.,]0(?=\D)", "", filesizeformat(settings.UPLOAD_MAX_BYTES))


def too_large() -> str:
    """Say that it is more than is taken."""
    return _("Together the files are larger than %(most)s.") % {"most": most()}


class _InDataFolder(TemporaryUploadedFile):
    """A file being sent.  Not in the system's folder for such: contacts stay in the data folder."""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: Any) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder())  # noqa: SIM115 - closed by Django
        # The parent class would make its file in the system's folder, so its own parent is called.
        super(TemporaryUploadedFile, self).__init__(file, name, content_type, 0, charset, extra)


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes each file to disk as it arrives and stops where all of them together are too large."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a file for what is coming."""
        # The parent class would make its file in the system's folder, so its own parent is called.
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = _InDataFolder(
            self.file_name or "file", self.content_type or "", self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a part, or stop."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            assert self.request is not None  # noqa: S101 - Django gives every handler its request
            self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def path_of(file: Any) -> Path:
    """Give the path of a file that was sent."""
    file.flush()
    return Path(os.fspath(file.temporary_file_path()))
