"""Every address with a number answers 404 to the owner of another notebook, whatever the verb."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, get_resolver, reverse

from askwell.mailroom.accounts import Connection, connect_account
from askwell.mailroom.models import (
    Account,
    Arrival,
    CalendarAccount,
    CalendarEntry,
    Outgoing,
    ServerCalendar,
)
from askwell.outreach.actions import make_circle
from askwell.outreach.models import (
    Advice,
    Circle,
    CircleMember,
    Community,
    Draft,
    Employer,
    Introduction,
    IntroductionOffer,
    JobChange,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    Resume,
    ResumeRequest,
    SavedLink,
    Talk,
    Telling,
    Trial,
)
from askwell.people.models import (
    AddressBook,
    Change,
    Contact,
    ContactPoint,
    Import,
    Organization,
    Position,
    Review,
    SyncedCard,
    Tag,
)

# First part of the path -> whose number it takes.
KINDS = {
    "people": Contact, "points": ContactPoint, "positions": Position, "promises": Promise, "advice": Advice, "outreach": Outreach,
    "letters": Draft, "trials": Trial, "talks": Talk, "undo": Change, "leads": Lead, "events": NetworkingEvent, "organizations": Organization,
    "tags": Tag, "imports": Import, "import": Import, "reviews": Review, "review": Review, "introductions": Introduction,
    "employers": Employer, "telling": Telling,
    "settings": Resume, "shelf": SavedLink, "new-jobs": JobChange, "mail": Outgoing,
}  # fmt: skip
# Those whose number is of another kind than the first part of their path tells.
DEEPER = {
    "offer": IntroductionOffer, "offer_do": IntroductionOffer, "place": Community, "place_do": Community,
    "resume_request_do": ResumeRequest, "mailbox": Account, "mailbox_change": Account, "mailbox_do": Account,
    "address_book": AddressBook, "address_book_do": AddressBook, "address_book_settle": SyncedCard,
    "circle": Circle, "circle_file": Circle, "circle_leave": Circle, "circle_member": CircleMember, "circle_ask": CircleMember,
    "arrival_confirm": Arrival, "arrival_aside": Arrival, "arrival_means": Arrival,
    "calendar_account": CalendarAccount, "calendar_account_do": CalendarAccount, "calendar_answer": CalendarEntry,
}  # fmt: skip
OTHER_VALUES = {"number": 0, "act": "note"}


@pytest.fixture
def scene(scene, now, monkeypatch):
    """Lina's notebook, with a mailbox, a letter that waits, and one that came in."""
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    reached = Connection(address="lina@northfield.example", smtp_host="smtp.northfield.example")
    mailbox = connect_account(scene.owner, reached, "blue kettle 7", now=now)
    row = {"owner": scene.owner, "account": mailbox, "contact": scene.amara}
    moments = {"queued_at": now, "due_at": now, "give_up_at": now}
    Outgoing.objects.create(message_id="<1@northfield.example>", recipient="a@b.example", **row, **moments)
    Arrival.objects.create(message_id="<2@b.example>", kind="reply", at=now, received_at=now, **row)
    circle = make_circle(scene.owner, name="Choir", own_name="Lina", now=now)
    CircleMember.objects.create(
        owner=scene.owner, circle=circle, name="Ben", made_on=now.date(), brought_at=now
    )
    book = AddressBook.objects.create(
        owner=scene.owner, url="https://dav.example/", name="Phone", user="lina"
    )
    SyncedCard.objects.create(owner=scene.owner, book=book, contact=scene.amara, path="/amara.vcf", etag="1")
    account = CalendarAccount.objects.create(owner=scene.owner, where="https://dav.example/", added_at=now)
    calendar = ServerCalendar.objects.create(
        owner=scene.owner, account=account, url="https://dav.example/work/"
    )
    CalendarEntry.objects.create(owner=scene.owner, calendar=calendar, uid="1", path="/work/1.ics")
    return scene


def numbered():
    """Every pattern of ours that takes a number."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern
            else:
                yield from walk(pattern.url_patterns)

    return [p for p in walk(get_resolver().url_patterns) if "pk" in p.pattern.converters]


def address(pattern, pk):
    values = {name: OTHER_VALUES[name] for name in pattern.pattern.converters if name != "pk"}
    return reverse(pattern.name, kwargs={"pk": pk, **values})


def row_of(pattern, owner):
    """A row of this owner's of the kind the address takes; None where the scene has none."""
    kind = DEEPER.get(pattern.name) or KINDS[str(pattern.pattern).split("/", 1)[0]]
    rows = kind.objects.filter(owner=owner)
    return (rows.people() if kind is Contact else rows).first()


def test_every_numbered_address_is_of_a_known_kind():
    assert {str(p.pattern).split("/", 1)[0] for p in numbered()} <= set(KINDS)


def test_another_owners_row_is_not_there(client, scene, other_owner, clock):
    client.force_login(other_owner)
    tried = 0
    for pattern in numbered():
        row = row_of(pattern, scene.owner)
        if row is None:
            continue
        before = type(row).objects.filter(pk=row.pk).values().get()
        where = address(pattern, row.pk)
        answers = {client.get(where).status_code, client.post(where).status_code}
        assert 404 in answers, where
        assert answers <= {404, 405}, where
        assert type(row).objects.filter(pk=row.pk).values().get() == before
        tried += 1
    assert tried > 30


def test_nobody_comes_in_without_the_link(client, scene, clock):
    for pattern in numbered():
        row = row_of(pattern, scene.owner)
        if row is not None:
            assert client.get(address(pattern, row.pk)).status_code == 403


def test_the_owner_does_reach_them(lina, scene):
    for pattern in numbered():
        row = row_of(pattern, scene.owner)
        if row is not None:
            assert lina.get(address(pattern, row.pk)).status_code in {200, 302, 405, 303}, address(
                pattern, row.pk
            )
