"""Address books kept in step with the people here, both ways: ``connect``, ``sync``, ``settle``."""

from askwell.people.address_book_sync.asking import (
    Wishes,
    ask,
    last_report,
    note_end,
    progress_of,
    waiting,
    wishes_of,
    withdraw,
)
from askwell.people.address_book_sync.claiming import is_at_work
from askwell.people.address_book_sync.connecting import connect, disconnect, set_sending
from askwell.people.address_book_sync.errors import NotAsked, SyncBusy
from askwell.people.address_book_sync.report import Report, Touched
from askwell.people.address_book_sync.settling import (
    Choice,
    Open,
    asked_of,
    can_be_both,
    count_open,
    open_questions,
    settle,
)
from askwell.people.address_book_sync.syncing import sync

__all__ = [
    "Choice",
    "NotAsked",
    "Open",
    "Report",
    "SyncBusy",
    "Touched",
    "Wishes",
    "ask",
    "asked_of",
    "can_be_both",
    "connect",
    "count_open",
    "disconnect",
    "is_at_work",
    "last_report",
    "note_end",
    "open_questions",
    "progress_of",
    "set_sending",
    "settle",
    "sync",
    "waiting",
    "wishes_of",
    "withdraw",
]
