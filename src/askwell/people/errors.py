"""What can go wrong with people and imports: one base, attributes instead of formatted text."""

from __future__ import annotations


class PeopleError(Exception):
    """Base of every error an action here raises.  Nothing was changed."""

    code = "people-error"


class BadField(PeopleError):
    """A value that cannot be kept.  ``field`` names it, ``problem`` is a stable code."""

    code = "bad-field"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class CannotMerge(PeopleError):
    """Two contacts cannot become one.  ``reason`` is ``same``, ``self``, ``merged`` or ``owners``."""

    code = "cannot-merge"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ImportFailed(PeopleError):
    """An import stopped and left nothing behind.  ``code`` and ``values`` fill its sentence."""

    code = "import-failed"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code, values)
        self.values = values


class ImportBusy(ImportFailed):
    """Another import of this notebook is at work (``values["names"]``: its files)."""

    code = "import-busy"


class ImportCancelled(ImportFailed):
    """Somebody asked for it to stop; nothing was written."""

    code = "import-cancelled"


class DiskFull(ImportFailed):
    """No room left (``values["folder"]``: where)."""

    code = "disk-full"


class FilesGone(ImportFailed):
    """The files of this import are not there any more (``values["names"]``)."""

    code = "files-gone"


class WrongState(ImportFailed):
    """The import is not at the point where this can be done (``values["state"]``)."""

    code = "wrong-state"
