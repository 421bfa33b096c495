"""Every kind of change, done and taken back: the whole notebook is row for row what it was before."""

from __future__ import annotations

import ast
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import connection, transaction
from tests.web.scene import ALL_RULES, BODY, laid_out

import askwell
from askwell.formats.circle_file import CircleFile, write
from askwell.mailroom.models import Account, Arrival
from askwell.outreach import actions
from askwell.outreach.actions import arrivals
from askwell.outreach.actions.invitations import queue_invitation
from askwell.outreach.actions.passing import set_aside, suggest_again
from askwell.outreach.actions.talks import take_over_from_calendar
from askwell.outreach.archive import export_notebook
from askwell.outreach.changes import SENTENCES
from askwell.outreach.circles import keys_to
from askwell.outreach.derive import recompute
from askwell.outreach.errors import OutreachError
from askwell.outreach.models import Employer, JobChange, Resume, Step, Telling
from askwell.outreach.sample import make_sample, remove_sample
from askwell.people import actions as people
from askwell.people import importing
from askwell.people.errors import PeopleError
from askwell.people.index import rebuild
from askwell.people.journal import DERIVED, CannotUndo, last_change, undo
from askwell.people.models import Change, Contact, Organization, Position, Review, Tag

from .test_undoing import Hand

pytestmark = pytest.mark.django_db

FINE = dict.fromkeys(ALL_RULES, "it is fine")
# These move time, take the people others are tried with, or begin with a row that no action makes.
NOT_IN_A_ROW = {"outreach.settled", "outreach.talk_missed", "people.remove", "people.merge"}
NOT_IN_A_ROW |= {"outreach.congratulated", "outreach.job_change_let_go"}
NOT_IN_A_ROW |= {"outreach.circle_brought", "outreach.circle_member_is"}  # a circle is left, not taken back
NOT_IN_A_ROW |= {
    "outreach.queued",
    "outreach.taken_back",
    "outreach.arrival_settled",
    "outreach.invitation_queued",
}
# An invitation is recorded where it goes, and what has gone is not taken back; an address book needs its
# server: tests/outreach/test_invitations.py, tests/people/test_address_book_sync.py.
ELSEWHERE = {"outreach.invited", "people.address_book", "people.address_book_settled"}
CASES: dict[str, list] = {}


@dataclass(frozen=True)
class Anew:
    """The scene read anew each time: what was done with its people was taken back."""

    owner: object
    rows: dict

    def __getattr__(self, name):
        model, pk = self.rows[name]
        return model._default_manager.get(pk=pk)


@dataclass
class Book:
    """Lina's notebook, and the moment it is."""

    owner: object
    scene: Anew
    now: object
    folder: Path


@pytest.fixture
def book(owner, now, tmp_path, monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    now += timedelta(microseconds=123_456)  # as a real clock has it
    laid = vars(laid_out(owner, now=now))
    rebuild(owner)
    recompute(owner, now=now)
    rows = {name: (type(row), row.pk) for name, row in laid.items() if name != "owner"}
    return Book(owner=owner, scene=Anew(owner, rows), now=now, folder=tmp_path)


# An import stays in the list of imports, as taken back; the journal itself grows.
NOT_COMPARED = {"people.change", "people.import", "people.importproblem"}


def whole():
    """Every row of every table as the database holds it; derived rows too, but for their keys."""
    found = {}
    with connection.cursor() as cursor:
        for label, table, columns in compared():
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of our own
            found[label] = set(map(repr, cursor.fetchall()))
    return found


@cache
def compared():
    quote, kept = connection.ops.quote_name, []
    for app in ("people", "outreach", "mailroom"):
        for model in apps.get_app_config(app).get_models():
            label = model._meta.label_lower
            fields = [f for f in model._meta.concrete_fields if label not in DERIVED or f.name != "id"]
            if label not in NOT_COMPARED:
                kept.append((label, quote(model._meta.db_table), ", ".join(quote(f.column) for f in fields)))
    return kept


def exported(book):
    """What the file that holds everything says, by table."""
    out = io.StringIO()
    export_notebook(book.owner, out, now=book.now)
    tables = json.loads(out.getvalue())["tables"]
    return {label: rows for label, rows in tables.items() if label not in NOT_COMPARED}


def apart(before, after):
    """What differs, by table: what went, what came."""
    return {
        table: (sorted(before[table] - after[table])[:3], sorted(after[table] - before[table])[:3])
        for table in before
        if before[table] != after[table]
    }


def change(code):
    """A way to make this change: what must be there before it, then ``yield``, then the change itself."""

    def keep(way):
        CASES.setdefault(code, []).append(way)
        return way

    return keep


def someone(book):
    """A person nothing has happened with yet."""
    return book.scene.maria


# -- what one wants, and who one is ------------------------------------------------------------


@change("outreach.goal_set")
def _(book):
    yield
    actions.set_goal(book.owner, text="Nurse in a children's hospital in Leeds", now=book.now)


@change("outreach.goal_reviewed")
def _(book):
    goal = actions.set_goal(
        book.owner, text="Nurse in a hospital in Leeds", now=book.now - timedelta(days=50)
    )
    yield
    actions.review_goal(goal, now=book.now)


@change("outreach.settings")
def _(book):
    yield
    actions.change_seeker(
        book.owner, preset="two_hour", confidential=True, employer="A new place", now=book.now
    )


@change("outreach.settings")
def _(book):
    yield
    actions.set_own_name(book.owner, name="Lina H. Haddad", now=book.now)


@change("outreach.settings")
def _(book):
    yield
    actions.change_seeker(
        book.owner, cards_left=3, resume_updated_at=book.now, zone="Asia/Dhaka", now=book.now
    )


@change("outreach.card_kept")
def _(book):
    yield
    actions.keep_card(book.owner, name="Lina Haddad", skills=["Counting stock"], now=book.now)


@change("outreach.resume_kept")
def _(book):
    yield
    actions.add_resume(book.owner, name="For hospitals", now=book.now)


@change("outreach.resume_kept")
def _(book):
    resume = actions.add_resume(book.owner, name="For hospitals", now=book.now)
    yield
    actions.change_resume(resume, name="For clinics", made_at=book.now - timedelta(days=3), now=book.now)


@change("outreach.resume_retired")
def _(book):
    resume = actions.add_resume(book.owner, name="For hospitals", now=book.now)
    yield
    actions.retire_resume(resume, now=book.now)


@change("outreach.resume_back")
def _(book):
    resume = actions.add_resume(book.owner, name="For hospitals", now=book.now)
    actions.retire_resume(resume, now=book.now)
    yield
    actions.retire_resume(resume, retired=False, now=book.now)


@change("outreach.resume_asked")
def _(book):
    yield
    actions.resume_asked(book.scene.amara, now=book.now)


@change("outreach.resume_dropped")
def _(book):
    request = actions.resume_asked(book.scene.amara, now=book.now)
    yield
    actions.drop_request(request, now=book.now)


@change("outreach.resume_sent")
def _(book):
    actions.add_resume(book.owner, name="For hospitals", now=book.now)
    actions.resume_asked(book.scene.amara, now=book.now)
    yield
    actions.send_resume(book.scene.amara, resume=Resume.objects.first(), overrides=FINE, now=book.now)


@change("outreach.own_view")
def _(book):
    yield
    actions.keep_view(
        book.owner, about="occupation", subject="buyer", question="learnt", text="Much", now=book.now
    )


@change("outreach.own_view")
def _(book):
    said = {"about": "occupation", "subject": "buyer", "question": "learnt", "now": book.now}
    actions.keep_view(book.owner, text="Much", **said)
    yield
    actions.keep_view(book.owner, text="", **said)


@change("outreach.decided")
def _(book):
    yield
    actions.decide(book.owner, about="occupation", name="Buyer", choice="go_on", now=book.now)


def bens_file(book):
    """A file of a circle that Lina is in, by somebody else of it."""
    circle = actions.make_circle(book.owner, name="Choir", own_name="Lina", now=book.now)
    entries, made = {"0" * 32: 2}, book.now.date()
    file = CircleFile(circle=circle.key, member="0123456789abcdef", name="Ben", made=made, entries=entries)
    return write(file, keys_to(circle), filling=b"ben's own")


@change("outreach.circle_brought")
def _(book):
    data = bens_file(book)
    yield
    actions.bring_in(book.owner, data, now=book.now)


@change("outreach.circle_member_is")
def _(book):
    member = actions.bring_in(book.owner, bens_file(book), now=book.now)
    yield
    actions.say_who(member, book.scene.amara, now=book.now)


@change("outreach.kept_out_of_circles")
def _(book):
    yield
    actions.keep_out(book.scene.amara, now=book.now)


@change("outreach.let_into_circles")
def _(book):
    actions.keep_out(book.scene.amara, now=book.now)
    yield
    actions.keep_out(book.scene.amara, out=False, now=book.now)


@change("outreach.review_kept")
def _(book):
    yield
    week = book.now.date() - timedelta(days=book.now.weekday())
    actions.keep_review(book.owner, week=week, answers={"well": "Asked two people"}, now=book.now)


@change("outreach.review_done")
def _(book):
    yield
    week = book.now.date() - timedelta(days=book.now.weekday())
    actions.finish_review(book.owner, week=week, weekly_minutes=40, now=book.now)


# -- asking ------------------------------------------------------------------------------------


@change("outreach.opened")
def _(book):
    yield
    actions.open_outreach(someone(book), purpose="explore", hook="her paper", now=book.now, overrides=FINE)


@change("outreach.homework")
def _(book):
    yield
    actions.save_homework(
        book.scene.silent,
        hook="her talk",
        homework={"profile": True},
        questions=[{"text": "Why?"}],
        now=book.now,
    )


@change("outreach.withdrawn")
def _(book):
    yield
    actions.withdraw(book.scene.booked.outreach, now=book.now)


@change("outreach.forbidden")
def _(book):
    yield
    actions.forbid(book.scene.jonas, text="Please do not write again.", now=book.now)


@change("outreach.address_mended")
def _(book):
    actions.record_reply(book.scene.priya, what="bounced", at=book.now, now=book.now)
    yield
    actions.mend_address(book.scene.silent, email="priya@new.example", now=book.now)


@change("outreach.referrer")
def _(book):
    yield
    actions.set_referrer(book.scene.silent, referrer=book.scene.luis, now=book.now)


@change("outreach.draft_made")
def _(book):
    yield
    actions.new_draft(book.scene.amara, mode="thanks", talk=book.scene.held, now=book.now)


@change("outreach.draft_saved")
def _(book):
    yield
    actions.save_draft(book.scene.draft, subject="Hello", body="Dear Chen Wei", now=book.now)


@change("outreach.draft_saved")
def _(book):
    yield  # a letter without a fault makes the outreach ready
    body = BODY.format(name="Chen Wei", hook="moving Mercy to weekly par levels")
    actions.save_draft(book.scene.draft, subject="Par levels", body=body, channel="linkedin", now=book.now)


@change("outreach.draft_mended")
def _(book):
    yield
    actions.mend_draft(book.scene.draft, subject="Hello", body="Dear you", now=book.now)


@change("outreach.draft_varied")
def _(book):
    yield
    actions.next_variant(book.scene.draft, now=book.now)


@change("outreach.draft_discarded")
def _(book):
    yield
    actions.discard_draft(book.scene.draft, now=book.now)


def mailbox(book):
    """A mailbox that could send; nothing of it is done here."""
    return Account.objects.create(
        owner=book.owner,
        address="lina@northfield.example",
        smtp_host="smtp.northfield.example",
        added_at=book.now,
    )


def approved(book, account):
    body = BODY.format(name="Chen Wei", hook="moving Mercy to weekly par levels")
    draft = actions.save_draft(book.scene.draft, subject="Par levels", body=body, now=book.now)
    return actions.queue_letter(draft, account, overrides=FINE, now=book.now)


@change("outreach.queued")
def _(book):
    account = mailbox(book)
    body = BODY.format(name="Chen Wei", hook="moving Mercy to weekly par levels")
    draft = actions.save_draft(book.scene.draft, subject="Par levels", body=body, now=book.now)
    yield
    actions.queue_letter(draft, account, overrides=FINE, now=book.now)


@change("outreach.taken_back")
def _(book):
    row = approved(book, mailbox(book))
    yield
    actions.take_back_letter(row, now=book.now)


@change("outreach.arrival_settled")
def _(book):
    arrival = Arrival.objects.create(
        owner=book.owner, contact=book.scene.chen, kind="reply", message_id="<1@mercy.example>",
        at=book.now, received_at=book.now, text="Gladly.",
    )  # fmt: skip
    arrivals.take_in(arrival, now=book.now)
    yield
    arrivals.put_aside(arrival, now=book.now)


@change("outreach.invitation_queued")
def _(book):
    account = mailbox(book)
    people.add_point(
        book.scene.booked.contact, "email", "plain@northfield.example", preferred=True, now=book.now
    )
    yield
    queue_invitation(book.scene.booked, account, now=book.now)


@change("outreach.sent")
def _(book):
    yield
    actions.record_sent(
        book.scene.chen, mode="informational", channel="email", draft=book.scene.draft, at=book.now,
        now=book.now, overrides=FINE, body=BODY.format(name="Chen Wei", hook="weekly par levels"), subject="Par levels",
    )  # fmt: skip


@change("outreach.sent")
def _(book):
    link = actions.save_link(book.owner, title="Wards and numbers", url="https://wards.example", now=book.now)
    actions.choose_to_tell(book.owner, [book.scene.luis], now=book.now)
    draft = actions.write_with_link(link, book.scene.luis, now=book.now)
    yield
    actions.record_sent(
        book.scene.luis,
        mode="check_in",
        channel="email",
        draft=draft,
        at=book.now,
        now=book.now,
        overrides=FINE,
    )


@change("outreach.answered")
def _(book):
    actions.record_reply(book.scene.priya, what="yes", at=book.now, now=book.now)
    yield
    actions.record_answer(book.scene.priya, at=book.now, now=book.now, overrides=FINE)


@change("outreach.reply")
def _(book):
    yield
    actions.record_reply(
        book.scene.priya,
        what="redirected",
        at=book.now,
        name="Tom Brandt",
        email="tom@mercy.example",
        now=book.now,
    )


@change("outreach.reply")
def _(book):
    yield
    actions.record_reply(book.scene.priya, what="bounced", at=book.now, now=book.now)


@change("outreach.settled")
def _(book):
    for _again in range(2):
        actions.record_sent(
            book.scene.priya, mode="follow_up", channel="email", at=book.now, now=book.now, overrides=FINE
        )
    book.now += timedelta(days=60)
    recompute(book.owner, now=book.now)
    yield
    assert actions.settle(book.owner, now=book.now) > 0


# -- talks -------------------------------------------------------------------------------------


@change("outreach.scheduled")
def _(book):
    yield
    actions.schedule_talk(
        book.scene.silent,
        starts_at=book.now + timedelta(days=4),
        zone="America/Chicago",
        overrides=FINE,
        now=book.now,
    )


@change("outreach.talk_moved")
def _(book):
    yield
    talk = book.scene.booked
    starts = talk.starts_at + timedelta(days=4)
    actions.move_talk(talk, starts_at=starts, by_them=True, minutes=25, overrides=FINE, now=book.now)


@change("outreach.talk_moved_in_calendar")
def _(book):
    yield
    talk = book.scene.booked
    starts = talk.starts_at + timedelta(days=4)
    take_over_from_calendar(talk, starts_at=starts, minutes=25, where="Wacker Drive 1", now=book.now)


@change("outreach.talk_cancelled")
def _(book):
    yield
    actions.cancel_talk(book.scene.booked, by_them=False, now=book.now)


@change("outreach.talk_confirmed")
def _(book):
    yield
    actions.confirm_talk(book.scene.booked, now=book.now)


@change("outreach.talk_cool")
def _(book):
    yield
    actions.set_cool(book.scene.booked, cool=True, now=book.now)


@change("outreach.held")
def _(book):
    yield
    actions.record_held(book.scene.booked, ended_at=book.now, cool=True, notes="Nights differ.", now=book.now)


@change("outreach.held")
def _(book):
    yield
    actions.record_talk(book.scene.chen, ended_at=book.now, channel="in_person", now=book.now)


@change("outreach.talk_missed")
def _(book):
    book.now += timedelta(days=4)
    recompute(book.owner, now=book.now)
    yield
    actions.record_missed(book.scene.booked, now=book.now)


@change("outreach.reflected")
def _(book):
    yield
    actions.reflect(book.scene.held, answers={"learnt": "Wards trust people"}, now=book.now)


@change("outreach.notes")
def _(book):
    yield
    actions.save_notes(book.scene.held, notes="Wards", now=book.now)
    actions.save_notes(book.scene.held, notes="Wards believe", share_theirs=70, now=book.now)


@change("outreach.notes")
def _(book):
    yield
    actions.keep_notes(book.scene.held, typed="Wards believe", since="another", between="---", now=book.now)


@change("outreach.occupation")
def _(book):
    yield
    actions.set_occupation(book.scene.held, occupation="Patient logistics", now=book.now)


@change("outreach.thanked")
def _(book):
    draft = actions.new_draft(book.scene.amara, mode="thanks", talk=book.scene.held, now=book.now)
    yield
    actions.record_thanks(book.scene.amara, draft=draft, overrides=FINE, now=book.now)


@change("outreach.trial_noted")
def _(book):
    yield
    actions.note_trial(book.scene.amara, kind="shadowing", talk=book.scene.held, now=book.now)


def trial(book):
    return actions.note_trial(book.scene.amara, kind="shadowing", talk=book.scene.held, now=book.now)


@change("outreach.trial_moved")
def _(book):
    one = trial(book)
    yield
    actions.move_trial(one, on=date(2026, 12, 10), now=book.now)


@change("outreach.trial_done")
def _(book):
    one = trial(book)
    yield
    actions.end_trial(one, outcome="Loud, and good", now=book.now)


@change("outreach.trial_dropped")
def _(book):
    one = trial(book)
    yield
    actions.drop_trial(one, now=book.now)


# -- what was promised, named, advised, offered ------------------------------------------------


@change("outreach.promise_made")
def _(book):
    yield
    actions.make_promise(book.scene.jonas, text="Send the paper", mine=True, now=book.now)


def promise(book, *, mine=True, days=0):
    made = book.now - timedelta(days=days)
    return actions.make_promise(
        book.scene.jonas, text="Send the paper", mine=mine, made_at=made, now=book.now
    )


@change("outreach.promise_kept")
def _(book):
    one = promise(book)
    yield
    actions.keep_promise(one, now=book.now)


@change("outreach.promise_dropped")
def _(book):
    one = promise(book)
    yield
    actions.drop_promise(one, now=book.now)


@change("outreach.recalled")
def _(book):
    one = promise(book, mine=False, days=20)
    yield
    actions.recalled(one, now=book.now)


@change("outreach.help_asked")
def _(book):
    yield
    actions.record_help_asked(book.scene.luis, text="A look at my résumé", now=book.now)


@change("outreach.name_given")
def _(book):
    yield
    actions.record_name(book.scene.luis, name="Tom Brandt", email="tom@mercy.example", now=book.now)


@change("outreach.name_given")
def _(book):
    actions.withdraw(book.scene.silent, now=book.now)
    yield  # somebody one had let go is named: the outreach opens again
    actions.record_name(book.scene.amara, name="Priya Nair", about=book.scene.priya, now=book.now)


@change("outreach.leave")
def _(book):
    named = actions.record_name(book.scene.amara, name="Priya Nair", about=book.scene.priya, now=book.now)
    yield
    actions.set_leave(named, leave="given", now=book.now)


def advice(book):
    return actions.add_advice(book.scene.luis, text="Read the standard", now=book.now)


@change("outreach.advice_added")
def _(book):
    yield
    advice(book)


@change("outreach.advice_acted")
def _(book):
    one = advice(book)
    yield
    actions.act_on_advice(one, now=book.now)


@change("outreach.advice_told")
def _(book):
    one = actions.act_on_advice(advice(book), now=book.now)
    yield
    actions.tell_advice(one, now=book.now)


@change("outreach.favor_give")
def _(book):
    yield
    actions.record_favor(book.scene.luis, kind="give", text="An article", now=book.now)


@change("outreach.favor_ask")
def _(book):
    yield
    actions.record_favor(book.scene.luis, kind="ask", text="A look at a letter", now=book.now)


def new_job(book):
    return JobChange.objects.create(
        owner=book.owner,
        contact=book.scene.luis,
        organization="Mercy Health",
        title="Head",
        noticed_at=book.now,
    )


@change("outreach.congratulated")
def _(book):
    one = new_job(book)
    recompute(book.owner, now=book.now)
    yield
    actions.congratulated(one, now=book.now)


@change("outreach.job_change_let_go")
def _(book):
    one = new_job(book)
    recompute(book.owner, now=book.now)
    yield
    actions.let_job_change_go(one, now=book.now)


@change("outreach.telling_chosen")
def _(book):
    yield
    actions.choose_to_tell(book.owner, [book.scene.luis, book.scene.maria], now=book.now)


@change("outreach.telling_dropped")
def _(book):
    actions.choose_to_tell(book.owner, [book.scene.luis], now=book.now)
    telling = Telling.objects.get(contact=book.scene.luis)
    yield
    actions.leave_untold(telling, now=book.now)


@change("outreach.told")
def _(book):
    actions.choose_to_tell(book.owner, [book.scene.luis], now=book.now)
    telling = Telling.objects.get(contact=book.scene.luis)
    yield
    actions.mark_told(telling, now=book.now)


# -- the shelf, leads, employers, places, evenings ---------------------------------------------


def link(book):
    return actions.save_link(book.owner, title="Wards and numbers", url="https://wards.example", now=book.now)


@change("outreach.link_saved")
def _(book):
    yield
    link(book)


@change("outreach.link_edited")
def _(book):
    one = link(book)
    yield
    actions.edit_link(one, title="Wards", url="", note="Read twice", topics="wards", now=book.now)


@change("outreach.link_dropped")
def _(book):
    one = link(book)
    yield
    actions.drop_link(one, now=book.now)


@change("outreach.link_shared")
def _(book):
    one = link(book)
    yield
    actions.share_link(one, book.scene.luis, now=book.now)


def lead(book):
    return actions.add_lead(book.scene.luis, title="Analyst", organization="A new place", now=book.now)


@change("outreach.lead_added")
def _(book):
    yield
    lead(book)


@change("outreach.lead_edited")
def _(book):
    one = lead(book)
    yield
    actions.edit_lead(one, source=book.scene.jonas, title="Buyer", organization="Elsewhere", now=book.now)


@change("outreach.lead_acted")
def _(book):
    one = lead(book)
    yield
    actions.act_on_lead(one, now=book.now)


@change("outreach.lead_thanked")
def _(book):
    one = lead(book)
    yield
    actions.thank_for_lead(one, now=book.now)


@change("outreach.lead_outcome")
def _(book):
    one = lead(book)
    yield
    actions.record_outcome(one, outcome="An interview", now=book.now)


@change("outreach.lead_told")
def _(book):
    one = actions.record_outcome(lead(book), outcome="An interview", now=book.now)
    yield
    actions.tell_outcome(one, now=book.now)


@change("outreach.lead_closed")
def _(book):
    one = lead(book)
    yield
    actions.close_lead(one, now=book.now)


def employer(book):
    actions.add_employers(book.owner, ["Mercy Health", "A new place"], now=book.now)
    return Employer.objects.get(organization__name="A new place")


@change("outreach.employers_added")
def _(book):
    yield
    employer(book)


@change("outreach.employer_changed")
def _(book):
    one = employer(book)
    yield
    actions.change_employer(one, motivation=4, posting=2, notes="Near the river", now=book.now)


@change("outreach.employer_later")
def _(book):
    one = employer(book)
    yield
    actions.keep_for_later(one, look_again_on=date(2027, 1, 15), now=book.now)


@change("outreach.employer_looked")
def _(book):
    one = actions.keep_for_later(employer(book), look_again_on=date(2027, 1, 15), now=book.now)
    yield
    actions.look_again(one, now=book.now)


@change("outreach.employer_dropped")
def _(book):
    one = employer(book)
    yield
    actions.drop_employer(one, now=book.now)


@change("outreach.employer_back")
def _(book):
    one = actions.drop_employer(employer(book), now=book.now)
    yield
    actions.bring_back_employer(one, now=book.now)


def place(book):
    return actions.add_place(book.owner, name="Nurses of Leeds", now=book.now)


@change("outreach.place_added")
def _(book):
    yield
    place(book)


@change("outreach.place_changed")
def _(book):
    one = place(book)
    yield
    actions.change_place(one, joined=True, look_again_on=date(2027, 1, 15), now=book.now)


@change("outreach.place_dropped")
def _(book):
    one = place(book)
    yield
    actions.drop_place(one, now=book.now)


@change("outreach.place_back")
def _(book):
    one = actions.drop_place(place(book), now=book.now)
    yield
    actions.drop_place(one, dropped=False, now=book.now)


def evening(book, *, days=-1):
    starts = book.now + timedelta(days=days)
    return actions.add_event(book.owner, name="Nursing fair", starts_at=starts, now=book.now)


@change("outreach.event_added")
def _(book):
    yield
    evening(book, days=3)


@change("outreach.event_changed")
def _(book):
    one = evening(book, days=3)
    yield
    actions.change_event(
        one, name="Fair", starts_at=book.now + timedelta(days=4), community=None, now=book.now
    )


@change("outreach.event_planned")
def _(book):
    one = evening(book, days=3)
    yield
    actions.plan_event(one, plan={"questions": ["Why?"], "people": [book.scene.luis.pk]}, now=book.now)


@change("outreach.event_attended")
def _(book):
    one = evening(book)
    yield
    actions.attend_event(one, notes="Warm", now=book.now)


@change("outreach.event_missed")
def _(book):
    one = evening(book)
    yield
    actions.attend_event(one, attended=False, now=book.now)


@change("outreach.encounter")
def _(book):
    actions.change_seeker(book.owner, cards_left=9, now=book.now)
    one = evening(book)
    yield
    actions.add_encounter(one, contact=book.scene.luis, card_given=True, now=book.now)


@change("outreach.encounter_changed")
def _(book):
    actions.change_seeker(book.owner, cards_left=9, now=book.now)
    met = actions.add_encounter(evening(book), contact=book.scene.luis, card_given=True, now=book.now)
    yield
    actions.change_encounter(met, said="Nights", card_given=False, card_taken=True, now=book.now)


@change("outreach.wrote_after_event")
def _(book):
    met = actions.add_encounter(evening(book), contact=book.scene.luis, now=book.now)
    yield
    actions.wrote_after_event(met, now=book.now)


# -- bringing two together ---------------------------------------------------------------------


def offer(book, *moves):
    one = actions.begin_offer(book.scene.luis, book.scene.jonas, why="Both count stock", now=book.now)
    for side in moves:
        actions.record_offer_asked(one, side, overrides=FINE, now=book.now)
        actions.record_offer_answer(one, side, yes=True, text="Gladly", now=book.now)
    return one


@change("outreach.offer_begun")
def _(book):
    yield
    offer(book)


@change("outreach.offer_changed")
def _(book):
    one = offer(book)
    yield
    actions.change_offer(one, note="You both count stock.", now=book.now)


@change("outreach.offer_asked")
def _(book):
    one = offer(book)
    yield
    actions.record_offer_asked(one, "left", overrides=FINE, now=book.now)


@change("outreach.offer_yes")
def _(book):
    one = actions.record_offer_asked(offer(book), "left", overrides=FINE, now=book.now)
    yield
    actions.record_offer_answer(one, "left", yes=True, text="Gladly", now=book.now)


@change("outreach.offer_no")
def _(book):
    one = actions.record_offer_asked(offer(book), "left", overrides=FINE, now=book.now)
    yield
    actions.record_offer_answer(one, "left", yes=False, now=book.now)


@change("outreach.offer_made")
def _(book):
    one = offer(book, "left", "right")
    yield
    actions.record_introduced(one, overrides=FINE, now=book.now)


@change("outreach.offer_dropped")
def _(book):
    one = offer(book)
    yield
    actions.drop_offer(one, now=book.now)


# -- keeping in touch, putting off -------------------------------------------------------------


@change("outreach.cadence")
def _(book):
    yield
    actions.set_cadence(book.scene.luis, keep_every_days=30, now=book.now)


@change("outreach.closeness")
def _(book):
    yield
    actions.set_closeness(book.scene.luis, closeness=4, now=book.now)


def snooze(book, *, days):
    key = Step.objects.order_by("key").first().key
    return actions.snooze(book.owner, key=key, until=book.now + timedelta(days=days), now=book.now)


@change("outreach.snoozed")
def _(book):
    yield
    snooze(book, days=2)


@change("outreach.snoozed")
def _(book):
    snooze(book, days=2)
    yield
    snooze(book, days=5)


@change("outreach.unsnoozed")
def _(book):
    held = snooze(book, days=2)
    yield
    actions.unsnooze(book.owner, key=held.key, now=book.now)


@change("outreach.set_aside")
def _(book):
    yield
    set_aside(book.scene.luis, because="never", now=book.now)


@change("outreach.set_aside")
def _(book):
    set_aside(book.scene.luis, because="now", now=book.now - timedelta(days=40))
    yield
    set_aside(book.scene.luis, because="now", now=book.now)


@change("outreach.suggested_again")
def _(book):
    set_aside(book.scene.luis, because="now", now=book.now)
    set_aside(book.scene.luis, because="never", now=book.now)
    yield
    suggest_again(book.scene.luis, now=book.now)


# -- people ------------------------------------------------------------------------------------


@change("people.add")
def _(book):
    yield
    new = people.NewContact(
        name="Tom Brandt", emails=["tom@x.example"], phones=["+44 20 7946 0000"], organization="A new place",
        title="Buyer", tags=["hospital", "new word"], connected_on=date(2020, 2, 29),
    )  # fmt: skip
    people.add_contact(book.owner, new, now=book.now)


@change("people.edit")
def _(book):
    yield
    values = {
        "name": "Luis Marin",
        "notes": "Likes trains",
        "birthday": "--04-01",
        "introduced_by": book.scene.amara,
    }
    people.edit_contact(book.scene.luis, now=book.now, **values)


@change("people.closeness")
def _(book):
    yield
    people.set_closeness(book.scene.luis, 2, now=book.now)


@change("people.remove")
def _(book):
    offer(book)
    yield
    people.remove_contacts(book.owner, [book.scene.amara, book.scene.luis], now=book.now)


@change("people.remove")
def _(book):
    people.merge_contacts(book.scene.amara, book.scene.priya, now=book.now)
    yield
    people.remove_contacts(book.owner, [book.scene.amara], now=book.now)


@change("people.merge")
def _(book):
    yield
    people.merge_contacts(book.scene.amara, book.scene.priya, now=book.now)


@change("people.merge")
def _(book):
    actions.choose_to_tell(book.owner, [book.scene.luis, book.scene.jonas], now=book.now)
    people.tag_contacts(book.owner, [book.scene.jonas], "hospital", now=book.now)
    offer(book)
    people.keep_apart_pair(book.scene.luis, book.scene.jonas, now=book.now)
    yield
    people.merge_contacts(book.scene.jonas, book.scene.luis, now=book.now)


@change("people.kept_apart")
def _(book):
    yield
    people.keep_apart_pair(book.scene.luis, book.scene.jonas, now=book.now)


@change("people.kept_apart")
def _(book):
    pair = {"left": book.scene.luis, "right": book.scene.jonas}
    review = Review.objects.create(owner=book.owner, reason="same-name", at=book.now, **pair)
    yield
    people.keep_apart(review, now=book.now)


@change("people.pairs_found")
def _(book):
    for mail in ("thea@bergson.example", "t.bergson@bergson.example"):
        people.add_contact(
            book.owner,
            people.NewContact(name="Thea Bergson", emails=[mail], organization="Acme"),
            now=book.now,
        )
    yield
    assert people.look_for_pairs(book.owner, now=book.now)


@change("people.marked")
def _(book):
    yield
    people.mark_contacts(book.owner, [book.scene.luis, book.scene.jonas], hires=True, now=book.now)


@change("people.tag")
def _(book):
    yield
    people.tag_contacts(book.owner, [book.scene.luis, book.scene.jonas], "trains", now=book.now)


@change("people.untag")
def _(book):
    yield
    people.untag_contacts(book.owner, [book.scene.luis, book.scene.amara], "hospital", now=book.now)


@change("people.tag_renamed")
def _(book):
    yield
    people.rename_tag(Tag.objects.get(name="hospital"), "wards", now=book.now)


@change("people.tag_renamed")
def _(book):
    people.tag_contacts(book.owner, [book.scene.luis, book.scene.jonas], "trains", now=book.now)
    yield  # onto a name that is there: the two become one
    people.rename_tag(Tag.objects.get(name="trains"), "hospital", now=book.now)


def job(book):
    return Position.objects.filter(contact=book.scene.luis, school=False).first()


@change("people.organization")
def _(book):
    yield
    people.set_organization(book.scene.luis, "A new place", title="Head", now=book.now)


@change("people.organization_edited")
def _(book):
    yield
    named = Organization.objects.get(name="Mercy Health")
    above = Organization.objects.get(name="Lakeside Hospital")
    people.edit_organization(named, name="Mercy", parent=above, domains=["mercy.example"], now=book.now)


@change("people.position_added")
def _(book):
    yield
    people.add_position(book.scene.luis, organization="A new school", school=True, now=book.now)


@change("people.position_edited")
def _(book):
    yield
    people.edit_position(job(book), organization="A new place", title="Head", started="2024-05", now=book.now)


@change("people.position_ended")
def _(book):
    yield
    people.end_position(job(book), ended="2026", now=book.now)


@change("people.position_removed")
def _(book):
    yield
    people.remove_position(job(book), now=book.now)


def point(book):
    return book.scene.luis.points.get(kind="email")


@change("people.point_added")
def _(book):
    yield
    people.add_point(book.scene.luis, "email", "luis@home.example", preferred=True, now=book.now)


@change("people.point_edited")
def _(book):
    people.mark_invalid(point(book), now=book.now)
    yield
    people.edit_point(point(book), value="luis@home.example", label="home", now=book.now)


@change("people.point_removed")
def _(book):
    people.mark_invalid(point(book), now=book.now)
    yield
    people.remove_point(point(book), now=book.now)


@change("people.point_invalid")
def _(book):
    yield
    people.mark_invalid(point(book), now=book.now)


@change("people.point_valid")
def _(book):
    people.mark_invalid(point(book), now=book.now)
    yield
    people.mark_valid(point(book), now=book.now)


@change("people.point_preferred")
def _(book):
    old = point(book)
    people.add_point(book.scene.luis, "email", "luis@home.example", preferred=True, now=book.now)
    yield
    people.prefer_point(old, now=book.now)


@change("people.import")
def _(book):
    file = book.folder / "people.csv"
    file.write_text(
        "Name,Email,Organization,Title\nTom Brandt,tom@mercy.example,Mercy Health,Buyer\n"
        "Luis Marín,luis@lakeside.example,A new place,Head of pharmacy\nPriya  Nair,p@elsewhere.example,,\n"
    )
    yield
    batch = importing.start_import(book.owner, [("people.csv", file)], now=book.now)
    importing.run_reading(batch, now=book.now)
    importing.apply_import(batch, now=book.now)


@change("sample.made")
def _(book):
    yield
    make_sample(book.owner, now=book.now, people=60)


@change("sample.removed")
def _(book):
    make_sample(book.owner, now=book.now, people=60)
    one = Contact.objects.filter(is_sample=True, is_self=False).first()
    actions.make_promise(one, text="Send the notes", mine=True, now=book.now)
    yield
    remove_sample(book.owner, now=book.now)


# -- the tests ---------------------------------------------------------------------------------

COULD_NOT = (OutreachError, PeopleError, ObjectDoesNotExist, MultipleObjectsReturned)
ROOMS = sorted({code.split(".")[0] for code in CASES})
OPENS = {"journal", "doing", "towards", "_offering"}


def written_codes():
    """Every code the source journals under, as it stands in the call that opens the change."""
    found, shared = [], {}
    for file in Path(askwell.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in OPENS):
            continue
        nodes = list(ast.walk(ast.parse(text)))
        named = {
            target.id: node.value
            for node in nodes
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        shared |= {name: value for name, value in named.items() if name.isupper()}
        found += [(node, named) for node in nodes if isinstance(node, ast.Call)]
    return {code for call, named in found for code in codes_of(call, shared | named)}


def codes_of(call, named):
    """The codes a call opens a change with; none where it opens none."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name not in OPENS or len(call.args) <= 1:
        return set()
    outreach = "" if name == "journal" else "outreach."
    return {outreach + text for text in texts_of(call.args[1], named)}


def texts_of(node, named):
    """What a code may be: a text, one of two, a name for either; what is made of parts ends in a star."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return texts_of(node.body, named) | texts_of(node.orelse, named)
    if isinstance(node, ast.Name):
        return texts_of(named[node.id], named) if node.id in named else set()
    assert isinstance(node, ast.JoinedStr), ast.dump(node)
    first = node.values[0].value
    return set() if first == "outreach." else {f"{first}*"}


def test_no_kind_of_change_is_forgotten_here():
    written = written_codes()
    made_of_parts = {code[:-1] for code in written if code.endswith("*")}
    plain = {code for code in written if not code.endswith("*")}
    assert made_of_parts == {"outreach.favor_"}
    plain -= ELSEWHERE
    assert plain | {code for code in CASES if code.startswith("outreach.favor_")} == set(CASES)
    assert set(SENTENCES) == set(CASES) | ELSEWHERE


def done_and_undone(book, code, way):
    """Do it and take it back; what differs from before, or nothing."""
    made = way(book)
    next(made)
    before, mark = whole(), last_change(book.owner).pk
    for _more in made:
        pytest.fail("one yield is enough")
    done = last_change(book.owner)
    if (done.code, done.pk > mark) != (code, True):
        return f"another change: {done.code}"
    undo(done, now=book.now)
    if last_change(book.owner).pk != mark:
        return f"one step back is not all: {last_change(book.owner).code}"
    return apart(before, whole())


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_whatever_is_done_is_taken_back_row_for_row(book, room):
    faults, now = {}, book.now
    for code, ways in CASES.items():
        for place, way in enumerate(ways) if code.startswith(f"{room}.") else ():
            point = transaction.savepoint()
            book.now = now
            if left := done_and_undone(book, code, way):
                faults[f"{code} {place}"] = left
            transaction.savepoint_rollback(point)
    assert faults == {}


@pytest.mark.slow
def test_one_after_another_all_the_way_to_the_beginning(book):
    begun, file, mark = whole(), exported(book), last_change(book.owner).pk
    done = 0
    for code, ways in CASES.items():
        if not code.startswith("sample.") and code not in NOT_IN_A_ROW:
            with suppress(*COULD_NOT), transaction.atomic():
                list(ways[0](book))
                done += 1
    assert done > 60
    stands = [whole()]
    while last_change(book.owner).pk != mark:
        actions.undo_last(book.owner, now=book.now)
        stands.append(whole())
    assert len(stands) > done
    assert all(after != before for before, after in pairwise(stands))
    assert apart(begun, stands[-1]) == {}
    assert exported(book) == file


# -- out of their turn -------------------------------------------------------------------------


def first_of_two(book, first, second):
    """Do two things and take the first back alone; what stood in the way, or None."""
    before = whole()
    first()
    one = last_change(book.owner)
    second()
    two, stood = last_change(book.owner), whole()
    try:
        undo(one, now=book.now)
    except CannotUndo as refused:
        assert apart(stood, whole()) == {}, "refused, and something is different"
        undo(two, now=book.now)
        undo(one, now=book.now)
        assert apart(before, whole()) == {}
        return f"{refused.model} {refused.change.code}"
    undo(two, now=book.now)
    assert apart(before, whole()) == {}, "the later one was harmed"
    return None


def add(book, name, **known):
    return people.add_contact(book.owner, people.NewContact(name=name, **known), now=book.now)


def contact(name):
    return Contact.objects.get(name=name)


# What rests on what: each later one would be lost, or could not be taken back, if the first went before it.
RESTING = {
    "a person who was changed since": (
        lambda b: add(b, "Tom Brandt"),
        lambda b: people.edit_contact(contact("Tom Brandt"), notes="Likes trains", now=b.now),
    ),
    "an organization others work at now": (
        lambda b: add(b, "Tom Brandt", organization="A new place"),
        lambda b: add(b, "Ada Moss", organization="A new place"),
    ),
    "a person who gave a name since": (
        lambda b: add(b, "Tom Brandt"),
        lambda b: actions.set_referrer(b.scene.silent, referrer=contact("Tom Brandt"), now=b.now),
    ),
    "a tag taken away that was given anew": (
        lambda b: people.untag_contacts(b.owner, [b.scene.luis, b.scene.amara], "hospital", now=b.now),
        lambda b: people.tag_contacts(b.owner, [b.scene.jonas], "hospital", now=b.now),
    ),
    "a name of a tag that another has now": (
        lambda b: people.rename_tag(Tag.objects.get(name="hospital"), "wards", now=b.now),
        lambda b: people.tag_contacts(b.owner, [b.scene.jonas], "hospital", now=b.now),
    ),
    "an address of somebody who is gone": (
        lambda b: people.remove_point(b.scene.maria.points.get(), now=b.now),
        lambda b: people.remove_contacts(b.owner, [b.scene.maria], now=b.now),
    ),
    "a step put off twice": (lambda b: snooze(b, days=2), lambda b: snooze(b, days=5)),
    "notes written anew": (
        lambda b: people.edit_contact(b.scene.luis, notes="One", now=b.now),
        lambda b: people.edit_contact(b.scene.luis, notes="Two", now=b.now),
    ),
    "a goal another followed": (
        lambda b: actions.set_goal(b.owner, text="Nurse in Leeds", now=b.now),
        lambda b: actions.set_goal(b.owner, text="Buyer in Leeds", now=b.now),
    ),
}


@pytest.mark.parametrize("what", RESTING)
def test_nothing_is_taken_back_from_under_what_rests_on_it(book, what):
    first, second = RESTING[what]
    assert first_of_two(book, lambda: first(book), lambda: second(book)), "it was taken back all the same"


APART = {
    "two promises to one person": (
        lambda b: actions.make_promise(b.scene.luis, text="One", mine=True, now=b.now),
        lambda b: actions.make_promise(b.scene.luis, text="Two", mine=True, now=b.now),
    ),
    "two columns of one person": (
        lambda b: people.edit_contact(b.scene.luis, notes="One", now=b.now),
        lambda b: actions.set_closeness(b.scene.luis, closeness=4, now=b.now),
    ),
    "a person who came by themself": (
        lambda b: add(b, "Tom Brandt"),
        lambda b: add(b, "Ada Moss", organization="A new place"),
    ),
}


@pytest.mark.parametrize("what", APART)
def test_what_has_to_do_with_nothing_later_goes_out_of_its_turn(book, what):
    first, second = APART[what]
    assert first_of_two(book, lambda: first(book), lambda: second(book)) is None


def test_what_was_taken_back_is_not_taken_back_again(book):
    start = last_change(book.owner)
    people.edit_contact(book.scene.luis, notes="One", now=book.now)
    assert actions.undo_last(book.owner, now=book.now).code == "people.edit"
    assert last_change(book.owner) == start
    while actions.undo_last(book.owner, now=book.now):
        pass
    empty = whole()
    assert actions.undo_last(book.owner, now=book.now) is None
    assert apart(empty, whole()) == {}


def test_a_moment_kept_to_a_thousandth_by_an_older_version_is_still_taken_back(book):
    people.mark_invalid(point(book), now=book.now)
    change = last_change(book.owner)
    change.entries[0][4]["invalid_since"] = "2026-11-23T15:00:00.123Z"
    change.save()
    undo(change, now=book.now)
    assert point(book).invalid_since is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 8])
def test_in_whatever_order_they_are_taken_back_one_stands_at_the_beginning(book, seed):
    begun, mark = whole(), last_change(book.owner).pk
    hand = Hand(book.owner, book.now, seed)
    for _turn in range(25):
        hand.act()
    left = list(Change.objects.filter(pk__gt=mark).values_list("pk", flat=True))
    assert len(left) > 8
    while left:
        hand.chance.shuffle(left)
        stay = [pk for pk in left if not taken_back(Change.objects.get(pk=pk), book.now)]
        assert len(stay) < len(left), "nothing can be taken back any more"
        left = stay
    assert apart(begun, whole()) == {}


def taken_back(one, now):
    """Take it back, or say that something stands in the way; then nothing is different."""
    before = whole()
    try:
        undo(one, now=now)
    except CannotUndo:
        assert apart(before, whole()) == {}
        return False
    return True


def test_time_that_settled_something_since_is_no_reason_to_refuse(book):
    outreach = book.scene.silent
    for _again in range(2):
        actions.record_sent(
            outreach.contact, mode="follow_up", channel="email", at=book.now, now=book.now, overrides=FINE
        )
    sent, later = last_change(book.owner), book.now + timedelta(days=60)
    assert actions.settle(book.owner, now=later)
    actions.undo_change(sent, now=later)
    outreach.refresh_from_db()
    sent.refresh_from_db()
    assert (outreach.sent_count, sent.undone_at) == (2, later)
