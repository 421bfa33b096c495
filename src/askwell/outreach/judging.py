"""Asking the rules: one place, whatever door the question comes through.

Theory of operation.  Rows are projected to facts, the circumstances of the letter are looked at
(does it use a name without leave, has the same text gone out, what does the lint say), and the rules
answer.  Queries ask the same functions to say beforehand what an action will answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from askwell.outreach.facts import relationship, relationships, seeker_facts, world
from askwell.outreach.facts.nearness import near_employer
from askwell.outreach.models import Introduction, Lead, Touch
from askwell.outreach.nearness_words import said_of
from askwell.outreach.telling import told_like
from askwell.people.models import Contact, Position
from askwell.rules.facts import Channel, Leave, Mode, TalkState, TouchKind
from askwell.rules.modes import TALK_OCCASIONS
from askwell.rules.naming_people import names
from askwell.rules.refusals import Circumstances, may_open, may_reach, may_schedule, may_send, may_tell
from askwell.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from askwell.outreach.facts import World
    from askwell.outreach.models import Draft, Outreach, Talk
    from askwell.rules.decisions import Decision
    from askwell.rules.facts import OutreachFacts, Purpose, Relationship

_SPACE = re.compile(r"\s+")
_LOOK_BACK = 300  # how many earlier texts are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The words of a message, as far as they are known here."""

    subject: str = ""
    body: str = ""
    message_id: str = ""


def judge_sending(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    mode: Mode,
    channel: Channel,
    at: datetime,
    now: datetime,
    outreach: Outreach | None = None,
    letter: Letter | None = None,
    talk: Talk | None = None,
    thanked_at: datetime | None = None,
    brings_news: bool = False,
    around_talk: bool = False,
) -> Decision:
    """Ask whether this may go out (or have gone out) at ``at``.

    Thanks for the same thing went out at ``thanked_at``; ``talk`` is what they are for.
    """
    around = world(contact.owner, now=now)
    known = relationship(contact, now=now, given=around)
    facts = _facts_of(known, outreach)
    words = letter or Letter()
    leave = _least_leave(contact, words)
    if facts is not None and leave is not None:
        facts = replace(facts, leave=leave)
    return may_send(
        known,
        facts,
        mode=mode,
        channel=channel,
        preset=around.preset,
        seeker=seeker_facts(contact.owner, now=now, given=around, with_events=False),
        now=at,
        circumstances=Circumstances(
            uses_referrers_name=leave is not None and (facts is not None or leave is not Leave.GIVEN),
            same_text_before=_same_text_before(contact, words, known),
            same_as_told=told_like(contact, words.body, mode=mode, around=around),
            lint_errors=_lint_errors(
                contact,
                words,
                mode=mode,
                channel=channel,
                known=known,
                around=around,
                outreach=outreach,
                now=now,
            ),
            thanked_at=thanked_at,
            thanked_for_talk=talk is not None,
            has_news=brings_news
            or known.history.last_news_at is not None
            or bool(known.job_changes or known.resume_requests),
            around_talk=around_talk,
        ),
    )


def is_around_talk(draft: Draft | None) -> bool:
    """Say whether this letter confirms, moves or calls off a talk that is booked."""
    if draft is None or draft.talk is None or draft.occasion not in TALK_OCCASIONS:
        return False
    return draft.talk.state == TalkState.SCHEDULED


def thanked_before(contact: Contact, talk: Talk | None, *, at: datetime) -> datetime | None:
    """Say when they were thanked for the same: this talk, or, without one, all that had come from them."""
    if talk is not None:
        return talk.thanked_at
    last = Touch.objects.filter(contact=contact, kind=TouchKind.THANKS, direction="out").order_by("at").last()
    if last is None:
        return None
    between = (min(at, last.at), max(at, last.at))
    came: tuple[QuerySet[Any], ...] = (
        contact.touches.filter(direction="in", at__range=between),
        contact.talks.filter(state=TalkState.HELD, ended_at__range=between),
        contact.advice.filter(received_at__range=between),
        Introduction.objects.filter(giver=contact, given_at__range=between),
        Lead.objects.filter(source=contact, heard_at__range=between),
        contact.promises.filter(mine=False, kept_at__range=between),
    )
    return None if any(found.exists() for found in came) else last.at


def judge_opening(contact: Contact, purpose: Purpose, *, now: datetime, introduced: bool = False) -> Decision:
    """Ask whether an outreach for this purpose may be begun."""
    around = world(contact.owner, now=now)
    return may_open(
        relationship(contact, now=now, given=around),
        purpose,
        preset=around.preset,
        seeker=seeker_facts(contact.owner, now=now, given=around, with_events=False),
        now=now,
        circumstances=Circumstances(introduced=introduced),
    )


def judge_person(contact: Contact, *, now: datetime) -> Decision:
    """Ask whether anything at all may go to them."""
    around = world(contact.owner, now=now)
    return may_reach(
        relationship(contact, now=now, given=around),
        seeker=seeker_facts(contact.owner, now=now, given=around, with_events=False),
    )


def judge_telling(owner: AbstractBaseUser, contacts: Iterable[int], *, now: datetime) -> dict[int, Decision]:
    """Ask of each whether they may hear of the search: in a constant number of queries for all."""
    around = world(owner, now=now)
    seeker = seeker_facts(owner, now=now, given=around, with_events=False)
    near = near_employer(owner, around.seeker).people
    return {
        known.contact: may_tell(
            known, seeker=seeker, near=said_of(near[known.contact]) if known.contact in near else ""
        )
        for known in relationships(owner, contacts, now=now, given=around)
    }


def judge_scheduling(outreach: Outreach, starts_at: datetime, *, minutes: int, now: datetime) -> Decision:
    """Ask whether a talk may be set for that time and length."""
    from askwell.outreach.facts.relationships import is_prepared

    contact = outreach.contact
    around = world(contact.owner, now=now)
    known = relationship(contact, now=now, given=around)
    return may_schedule(
        known,
        _facts_of(known, outreach),
        starts_at,
        minutes=minutes,
        preset=around.preset,
        seeker=seeker_facts(contact.owner, now=now, given=around, with_events=False),
        now=now,
        circumstances=Circumstances(prepared=is_prepared(outreach)),
    )


def _facts_of(known: Relationship, outreach: Outreach | None) -> OutreachFacts | None:
    if outreach is None:
        return None
    return next((facts for facts in known.outreaches if facts.id == outreach.pk), None)


def _least_leave(contact: Contact, letter: Letter) -> Leave | None:
    """The leave to use the names of givers the letter mentions: the least of them; None: it names nobody."""
    text = fold(f"{letter.subject} {letter.body}")
    if not text:
        return None
    named = [leave for name, first, leave in _senders(contact) if names(text, fold(name), fold(first))]
    if not named:
        return None
    return next((leave for leave in named if leave is not Leave.GIVEN), Leave.GIVEN)


def _senders(contact: Contact) -> list[tuple[str, str, Leave]]:
    """Name, first name and leave of whoever may have sent the seeker to this person.

    Who named them, who is held to be the referrer, and who told of an opening where they work; leave is
    only what was recorded for this person.
    """
    given = {
        giver: (name, first, Leave(leave))
        for giver, name, first, leave in Introduction.objects.filter(about=contact)
        .order_by("given_at", "id")
        .values_list("giver_id", "giver__name", "giver__given", "leave")
    }
    referrers = contact.outreaches.filter(referrer__isnull=False)
    told = Lead.objects.filter(
        owner_id=contact.owner_id,
        organization__positions__contact=contact,
        organization__positions__current=True,
        organization__positions__school=False,
    ).exclude(source=contact)
    for pk, name, first in [
        *referrers.values_list("referrer_id", "referrer__name", "referrer__given"),
        *told.values_list("source_id", "source__name", "source__given"),
    ]:
        given.setdefault(pk, (name, first, Leave.UNASKED))
    return list(given.values())


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def _same_text_before(contact: Contact, letter: Letter, known: Relationship) -> bool:
    """Has the same text, names masked, gone to them or to a colleague of theirs?"""
    if not letter.body.strip():
        return False
    people = {contact.pk}
    if known.organization is not None:
        people |= set(
            Position.objects.filter(
                organization_id=known.organization, current=True, contact__touches__direction="out"
            ).values_list("contact_id", flat=True)
        )
    mine = _masked(letter.body, contact)
    earlier = (
        Touch.objects.filter(contact_id__in=people, direction="out")
        .exclude(body="")
        .select_related("contact")
        .order_by("-at")[:_LOOK_BACK]
    )
    return any(_masked(touch.body, touch.contact) == mine for touch in earlier)


def _masked(body: str, contact: Contact) -> str:
    text = _plain(body)
    for name in sorted(
        {contact.name, contact.given, contact.family, contact.nickname}, key=len, reverse=True
    ):
        if name:
            text = re.sub(rf"\b{re.escape(_plain(name))}\b", "*", text)
    return re.sub(r"\*(?: \*)+", "*", text)


def _lint_errors(
    contact: Contact,
    letter: Letter,
    *,
    mode: Mode,
    channel: Channel,
    known: Relationship,
    around: World,
    outreach: Outreach | None,
    now: datetime,
) -> int:
    """How many error-level findings the lint has; none where the words are not known here."""
    if not letter.body.strip():
        return 0
    # The whole lint hangs on it, and only a message with words needs that.
    from askwell.outreach.letters import Correspondence, lint_errors

    about = Correspondence(contact=contact, around=around, known=known, outreach=outreach, talk=None, now=now)
    return lint_errors(about, mode=mode, channel=channel, subject=letter.subject, body=letter.body)
