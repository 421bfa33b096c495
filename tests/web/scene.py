"""Lina's notebook on a Monday in November: every kind of person a page must show."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from askwell.outreach import actions
from askwell.outreach.models import Seeker
from askwell.people.actions import NewContact, add_contact, add_position, tag_contacts
from askwell.people.models import Contact
from askwell.rules.facts import Channel, Leave, Mode, Purpose

if TYPE_CHECKING:
    from askwell.outreach.models import Draft, Outreach, Talk

BODY = (
    "Dear {name},\n\nAna Ruiz and I both studied operations at Northfield, and {hook} made me"
    " wonder how the wards came to trust the numbers. I am finishing a master's in operations and want to understand"
    " supply-chain work inside a hospital before I choose it.\n\nMight you have twenty minutes in the next two weeks,"
    " by phone or video, around your schedule?\n\nWith thanks,\nLina Haddad\n"
)


@dataclass
class Scene:
    """The people of the notebook by what they are good for."""

    owner: object
    amara: Contact  # talked yesterday, not thanked yet; gave a name
    luis: Contact  # was promised a reading list
    priya: Contact  # has not answered for eight business days
    jonas: Contact  # said yes, talk booked
    fatima: Contact  # away
    chen: Contact  # a letter is begun
    maria: Contact  # has a very long name
    held: Talk
    booked: Talk
    draft: Draft
    silent: Outreach


def person(owner, name, *, now, title="", organization="", zone="", **more) -> Contact:
    """Somebody with an address of their own."""
    given = name.split()[0].lower()
    new = NewContact(
        name=name,
        emails=[f"{given}@{(organization or 'post').split()[0].lower()}.example"],
        organization=organization,
        title=title,
        details={"zone": zone} if zone else None,
        **more,
    )
    return add_contact(owner, new, now=now)


def asked(contact, *, now, hook="", days_ago, referrer=None) -> Outreach:
    """A first letter went out then."""
    at = now - timedelta(days=days_ago)
    outreach = actions.open_outreach(
        contact,
        purpose=Purpose.EXPLORE,
        hook=hook,
        referrer=referrer,
        now=at,
        overrides=dict.fromkeys(ALL_RULES, "they know me"),
    )
    actions.record_sent(
        contact,
        mode=Mode.INFORMATIONAL,
        channel=Channel.EMAIL,
        at=at,
        now=at,
        outreach=outreach,
        subject="Northfield and hospital supply chains",
        body=BODY.format(name=contact.name, hook=hook),
        overrides=dict.fromkeys(ALL_RULES, "they know me"),
    )
    return outreach


ALL_RULES = [f"{letter}{number:02}" for letter in "CFIKMPQRT" for number in range(23)]


def build(owner, *, now: datetime) -> Scene:
    """Write the notebook through the same actions the pages use."""
    month = now - timedelta(days=40)
    actions.change_seeker(
        owner,
        now=month,
        zone="America/Chicago",
        country="US",
        who_line="I am finishing a master's in operations at Northfield",
        story="word " * 160,
        resume_updated_at=month,
    )
    own = add_contact(owner, NewContact(name="Lina Haddad", emails=["lina@northfield.example"]), now=month)
    Contact.objects.filter(pk=own.pk).update(is_self=True)
    actions.set_goal(owner, text="Supply-chain analyst in a hospital system, Chicago or remote", now=month)
    chicago = "America/Chicago"
    luis = person(
        owner, "Luis Marín", now=month, title="Pharmacist", organization="Lakeside Hospital", zone=chicago
    )
    amara = person(
        owner,
        "Amara Okafor",
        now=month,
        title="Director of patient logistics",
        organization="Lakeside Hospital",
        zone=chicago,
    )
    priya = person(owner, "Priya Nair", now=month, title="Buyer", organization="Mercy Health", zone=chicago)
    jonas = person(
        owner, "Jonas Weber", now=month, title="Planner", organization="Charité", zone="Europe/Berlin"
    )
    fatima = person(
        owner,
        "Fatima Rahman",
        now=month,
        title="Analyst",
        organization="Northgate Logistics",
        zone="Asia/Dhaka",
    )
    chen = person(
        owner, "Chen Wei", now=month, title="Supply chain lead", organization="Mercy Health", zone=chicago
    )
    maria = person(
        owner,
        "María de los Ángeles Fernández-Villaverde y Echeverría de Montenegro",
        now=month,
        title="Deputy undersecretary for hospital procurement and emergency stockpiles",
        organization="Interministerial Coordination Office for Public Health Supply",
    )
    add_position(amara, now=month, organization="Northfield University", title="BSc Nursing", school=True)
    tag_contacts(owner, [amara, luis], "hospital", now=month)

    actions.record_name(
        luis, name="Amara Okafor", about=amara, leave=Leave.GIVEN, now=now - timedelta(days=12)
    )
    met = asked(
        amara, now=now, days_ago=7, hook="your talk on how wards come to trust the numbers", referrer=luis
    )
    yes_at = now - timedelta(days=6, hours=19)
    actions.record_reply(
        amara, what="yes", at=yes_at, now=yes_at, outreach=met, text="Happy to. Sunday after three?"
    )
    actions.record_answer(amara, at=yes_at + timedelta(hours=2), now=yes_at + timedelta(hours=2))
    booked_for = now - timedelta(hours=18)
    held = actions.schedule_talk(
        met, starts_at=booked_for, now=now - timedelta(days=6), zone=chicago, where="+1 312 555 0100",
        overrides=dict.fromkeys(ALL_RULES, "it suits them"),
    )  # fmt: skip
    actions.record_held(
        held, ended_at=booked_for + timedelta(minutes=25), minutes=25, notes="Wards believe people they know.",
        now=booked_for + timedelta(hours=1),
    )  # fmt: skip
    actions.record_name(
        amara, name="Chen Wei", about=chen, leave=Leave.GIVEN, talk=held, now=booked_for + timedelta(hours=1)
    )
    actions.make_promise(
        luis,
        text="Send the reading list",
        mine=True,
        now=now - timedelta(days=3),
        due=now + timedelta(days=1),
    )
    silent = asked(priya, now=now, days_ago=12, hook="your piece on par levels")
    coming = asked(jonas, now=now, days_ago=10, hook="your paper on night deliveries")
    answered = now - timedelta(days=7)
    actions.record_reply(
        jonas, what="yes", at=answered, now=answered, outreach=coming, text="Gern, Thursday?"
    )
    actions.record_answer(jonas, at=answered, now=answered)
    booked = actions.schedule_talk(
        coming, starts_at=now + timedelta(days=3), now=now - timedelta(days=2), zone="Europe/Berlin", channel=Channel.VIDEO,
        where="https://meet.example/jonas", overrides=dict.fromkeys(ALL_RULES, "it suits them"),
    )  # fmt: skip
    away = asked(fatima, now=now, days_ago=5, hook="your note on port delays")
    actions.record_reply(
        fatima,
        what="away",
        at=now - timedelta(days=5),
        now=now - timedelta(days=5),
        outreach=away,
        until=now + timedelta(days=7),
    )
    first = actions.open_outreach(
        chen, purpose=Purpose.EXPLORE, referrer=amara, hook="moving Mercy to weekly par levels", now=now,
        overrides=dict.fromkeys(ALL_RULES, "Amara said so"),
    )  # fmt: skip
    draft = actions.new_draft(chen, mode=Mode.INFORMATIONAL, outreach=first, now=now)
    return Scene(
        owner=owner, amara=amara, luis=luis, priya=priya, jonas=jonas, fatima=fatima, chen=chen, maria=maria,
        held=held, booked=booked, draft=draft, silent=silent,
    )  # fmt: skip


# The notebook as rows, kept after it was first written through the actions: to lay it out again
# for each test takes as many inserts as there are tables.
_kept: dict[str, object] = {}


def laid_out(owner, *, now: datetime) -> Scene:
    """Lina's notebook, written once and copied for every further test of this process."""
    if _kept.get("now") != now:
        scene = build(owner, now=now)
        people = {name: (type(row), row.pk) for name, row in vars(scene).items() if name != "owner"}
        _kept.update(
            now=now, tables=[(model, list(model._base_manager.all())) for model in _tables()], people=people
        )
        return scene
    for model in reversed(_tables()):
        model._base_manager.filter(owner=owner).delete()
    with transaction.atomic():  # rows of several tables point at each other
        for model, rows in _kept["tables"]:
            copies = [copy(row) for row in rows]
            for row in copies:
                row.owner_id = owner.pk
            if model is Seeker:  # an open page may have asked for the settings, which makes them, just now
                Seeker.objects.filter(owner=owner).delete()
            model._base_manager.bulk_create(copies)
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(line)
    found = {name: model._base_manager.get(pk=pk) for name, (model, pk) in _kept["people"].items()}
    return Scene(owner=owner, **found)


def _tables():
    return [
        model for app in ("people", "outreach", "mailroom") for model in apps.get_app_config(app).get_models()
    ]
