"""Of two copies of a notebook at most one sends, and no copy holds what opens a mailbox."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from askwell.mailroom import outbox, secrets
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import (
    Account,
    Arrival,
    CalendarAccount,
    CalendarFeed,
    Digest,
    Folder,
    Outgoing,
    Secret,
)
from askwell.mailroom.restoring import stand_still
from askwell.outreach import archive, backup
from askwell.outreach.models import Draft
from askwell.people.models import Contact

from .test_archive import wipe, written

HOUR = timedelta(hours=1)


def mailbox(owner, now, address="lina@northfield.example") -> Account:
    account = Account.objects.create(
        owner=owner,
        address=address,
        login=address,
        imap_host="imap.northfield.example",
        smtp_host="smtp.northfield.example",
        added_at=now,
    )
    secrets.keep(owner, account.handle, "blue kettle 7")
    return account


def letter(account, state, *, now, number=0, contact=None) -> Outgoing:
    return Outgoing.objects.create(
        owner=account.owner,
        account=account,
        contact=contact,
        recipient="jane@acme.example",
        message_id=f"<{state}.{number}@northfield.example>",
        state=state,
        queued_at=now,
        due_at=now,
        give_up_at=now + outbox.GIVE_UP,
    )


@pytest.fixture
def posted(owner, now):
    """A mailbox with a letter in every state, something that came in, and what must stay at home."""
    jane = Contact.objects.create(owner=owner, name="Jane Doe", created_at=now)
    account = mailbox(owner, now)
    for state in State:
        letter(account, state, now=now, contact=jane)
    sent = Outgoing.objects.get(state=State.SENT)
    Folder.objects.create(owner=owner, account=account, name="INBOX", last_uid=7)
    Arrival.objects.create(
        owner=owner,
        account=account,
        contact=jane,
        answers=sent,
        message_id="<1@acme.example>",
        kind="reply",
        at=now,
        received_at=now,
        text="Happy to.",
    )
    Digest.objects.create(owner=owner, account=account, token="token-of-the-digest")
    CalendarFeed.objects.create(owner=owner, token="token-of-the-feed", made_at=now)
    busy = [["2026-11-24T10:00:00+00:00", "2026-11-24T11:00:00+00:00"]]
    CalendarAccount.objects.create(
        owner=owner, where="https://dav.example/", added_at=now, busy=busy, busy_at=now
    )
    return account


def states(owner) -> dict[str, str]:
    """Where each letter stands, by where it stood."""
    rows = Outgoing.objects.for_owner(owner)
    return {row.message_id.partition(".")[0].strip("<"): row.state for row in rows}


STOOD_STILL = {state.value: state.value for state in State} | {
    "queued": "cancelled",
    "claimed": "cancelled",
    "sending": "in_doubt",
}


@pytest.mark.django_db
def test_an_export_holds_the_mailroom_and_nothing_that_opens_a_door(posted, now):
    text = written(posted.owner, now)
    tables = json.loads(text)["tables"]
    assert {name: len(rows) for name, rows in tables.items() if name.startswith("mailroom.")} == {
        "mailroom.account": 1,
        "mailroom.outgoing": len(State),
        "mailroom.folder": 1,
        "mailroom.arrival": 1,
        "mailroom.calendaraccount": 1,
        "mailroom.servercalendar": 0,
        "mailroom.calendarentry": 0,
    }
    calendars = CalendarAccount.objects.get()
    for secret in (
        "blue kettle 7",
        posted.handle,
        calendars.handle,
        "2026-11-24T10",
        "token-of-the",
        Secret.objects.get().sealed,
    ):
        assert secret not in text


@pytest.mark.django_db
def test_a_notebook_taken_in_sends_nothing_by_itself(posted, other_owner, now):
    owner, text = posted.owner, written(posted.owner, now)
    archive.import_notebook(other_owner, io.StringIO(text), now=now + HOUR)
    theirs = Account.objects.for_owner(other_owner).get()
    calendars = CalendarAccount.objects.for_owner(other_owner).get()
    for each in (theirs, calendars):
        assert (each.paused_at, each.trouble["code"]) == (now + HOUR, "restored")
    assert theirs.handle != posted.handle
    assert (calendars.busy, calendars.busy_at) == ([], None)
    assert states(other_owner) == STOOD_STILL
    assert outbox.claim_next("worker", now=now + HOUR, owner=other_owner) is None
    assert states(owner) == {state.value: state.value for state in State}  # the other copy goes on
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(other_owner, theirs.handle)


@pytest.mark.django_db
def test_what_came_in_still_answers_its_letter_after_a_round_trip(posted, now):
    owner, text = posted.owner, written(posted.owner, now)
    wipe(owner)
    archive.import_notebook(owner, io.StringIO(text), now=now)
    arrival = Arrival.objects.for_owner(owner).get()
    assert (arrival.contact.name, arrival.answers.state, arrival.text) == ("Jane Doe", "sent", "Happy to.")


@pytest.mark.django_db
def test_a_letter_taken_in_beside_another_notebook_is_still_made_from_its_own_draft(posted, other_owner, now):
    owner = posted.owner
    draft = Draft.objects.create(
        owner=owner, contact=Contact.objects.for_owner(owner).get(), mode="informational", updated_at=now
    )
    Outgoing.objects.filter(state=State.QUEUED).update(about=draft.pk)
    archive.import_notebook(other_owner, io.StringIO(written(owner, now)), now=now)
    theirs = Outgoing.objects.for_owner(other_owner).get(message_id__startswith="<queued")
    assert theirs.about == Draft.objects.for_owner(other_owner).get().pk != draft.pk


@pytest.mark.django_db
def test_what_other_tools_put_back_stands_still_in_the_same_way(posted, other_owner, now):
    theirs = mailbox(other_owner, now)
    letter(theirs, State.QUEUED, now=now)
    stand_still(now=now + HOUR)
    assert states(posted.owner) == STOOD_STILL
    assert states(other_owner) == {"queued": "cancelled"}
    assert set(Account.objects.values_list("paused_at", flat=True)) == {now + HOUR}


@pytest.mark.django_db(transaction=True)
def test_a_backup_put_back_sends_nothing_by_itself(posted, now, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the copy of PostgreSQL is made by its own tools (test_backup)")
    copy = backup.backup(tmp_path / "copy.askwell")
    before = copy.read_bytes()
    Outgoing.objects.filter(state=State.QUEUED).update(state=State.SENT)
    backup.restore(copy, now=now + HOUR)
    assert copy.read_bytes() == before  # the backup itself is left as it is
    assert states(posted.owner) == STOOD_STILL
    assert Outgoing.objects.get(message_id__startswith="<queued").trouble["code"] == "restored"
    account = Account.objects.get()
    for each in (account, CalendarAccount.objects.get()):
        assert (each.paused_at, each.trouble["code"]) == (now + HOUR, "restored")
    assert secrets.secret_of(posted.owner, posted.handle) == "blue kettle 7"


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_there_was_a_mailroom_is_put_back(owner, now, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the copy of PostgreSQL is made by its own tools (test_backup)")
    copy = backup.backup(tmp_path / "copy.askwell")
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(copy)) as old:
        calendars = ("calendarentry", "servercalendar", "calendaraccount")
        for table in (
            *calendars,
            "arrival",
            "calendarfeed",
            "digest",
            "folder",
            "outgoing",
            "secret",
            "account",
        ):
            old.execute(f"DROP TABLE mailroom_{table}")
        old.execute("DELETE FROM django_migrations WHERE app = 'mailroom'")
        old.commit()
    try:
        backup.restore(copy, now=now)
        assert "mailroom_account" not in connection.introspection.table_names()
    finally:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_neither_database_nor_backup_holds_a_password(posted, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("one file is looked through")
    assert transaction.get_autocommit()
    copy = backup.backup(tmp_path / "copy.askwell")
    from pathlib import Path

    live = Path(connection.settings_dict["NAME"])
    files = [copy, *live.parent.glob(f"{live.name}*")]
    assert len(files) > 1
    for file in files:
        assert b"blue kettle 7" not in file.read_bytes()
