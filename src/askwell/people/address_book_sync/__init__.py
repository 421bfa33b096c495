"""Address books kept in step with the people here, both ways: ``connect``, ``sync``, ``settle``."""

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
from askwell.people.address_book_sync.syncing import Wishes, sync

__all__ = [
    "Choice",
    "NotAsked",
    "Open",
    "Report",
    "SyncBusy",
    "Touched",
    "Wishes",
    "asked_of",
    "can_be_both",
    "connect",
    "count_open",
    "disconnect",
    "open_questions",
    "set_sending",
    "settle",
    "sync",
]
