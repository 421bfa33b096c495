"""What can go wrong with an address book, beside what its server says."""

from askwell.people.errors import PeopleError


class SyncBusy(PeopleError):
    """This address book is being brought in step already."""

    code = "sync-busy"


class SyncStopped(PeopleError):
    """Somebody asked for it to stop."""

    code = "sync-stopped"


class NotAsked(PeopleError):
    """There is no such question, or it cannot be settled in this way."""

    code = "not-asked"
