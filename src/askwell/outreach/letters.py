"""Letters: the facts a draft is built of, and the lint with everything known of both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext, override

from askwell.outreach.facts import relationship, world
from askwell.outreach.free_times import times_for
from askwell.outreach.lead_letters import facts_for
from askwell.outreach.models import (
    Draft,
    Encounter,
    Introduction,
    Lead,
    Outreach,
    Resume,
    ResumeRequest,
    Touch,
)
from askwell.outreach.shared import shared_past
from askwell.outreach.shelf import carried
from askwell.people.models import Contact, Position
from askwell.rules import letters as drafting
from askwell.rules.facts import Channel, Connection, Leave, Mode, Occasion, Purpose, TalkState
from askwell.rules.goal import check_goal
from askwell.rules.letters.facts import LetterFacts
from askwell.rules.letters.said import what_came
from askwell.rules.letters.who import after_i_am
from askwell.rules.lint import Context, Finding, LintParameters, Medium, Message, Severity, lint
from askwell.rules.modes import TALK_MODES
from askwell.rules.timing import good_to_send

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from askwell.outreach.facts import World
    from askwell.outreach.models import Advice, Talk
    from askwell.rules.facts import Relationship
    from askwell.rules.letters.facts import Draft as Drafted

_SHORT_OFFER = 25  # words
_PREVIOUS = 60  # how many letters to others are compared
LANGUAGE = "en"  # of letters: the lint reads no other
_MEDIA = {
    Channel.PHONE: Medium.PHONE_SCRIPT,
    Channel.VIDEO: Medium.PHONE_SCRIPT,
    Channel.IN_PERSON: Medium.PHONE_SCRIPT,
    Channel.LINKEDIN: Medium.LINKEDIN_NOTE,
}
_ASKING = TALK_MODES | {Mode.FOLLOW_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """Everything known that touches a letter to one contact."""

    contact: Contact
    around: World
    known: Relationship
    outreach: Outreach | None
    talk: Talk | None
    now: datetime


def correspondence(
    contact: Contact,
    *,
    now: datetime,
    outreach: Outreach | None = None,
    talk: Talk | None = None,
    around: World | None = None,
) -> Correspondence:
    """Gather it."""
    held = around or world(contact.owner, now=now)
    known = relationship(contact, now=now, given=held)
    return Correspondence(contact=contact, around=held, known=known, outreach=outreach, talk=talk, now=now)


def medium_of(contact: Contact, channel: Channel | str) -> Medium:
    """How the words travel: a note to a stranger on LinkedIn, a message to a connection."""
    way = Channel(channel)
    if way is Channel.LINKEDIN and contact.connected_on is not None:
        return Medium.DM
    return _MEDIA.get(way, Medium.EMAIL)


@override(LANGUAGE)
def write(
    about: Correspondence,
    *,
    mode: Mode,
    channel: Channel,
    variant: int,
    occasion: str = "",
    given: Mapping[str, Any] | None = None,
) -> Drafted:
    """Write a draft of what is known; ``given`` are facts of ``LetterFacts`` for this letter alone.

    It is in the language the lint reads, whatever language the pages are in.
    """
    return drafting.draft(
        replace(letter_facts(about), **{**facts_for(about.contact, occasion), **(given or {})}),
        mode=mode,
        channel=medium_of(about.contact, channel),
        variant=variant,
        occasion=Occasion(occasion) if occasion else None,
    )


def missing_facts(draft: Draft, *, now: datetime, given: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Name the facts a draft could still use; ``rules.letters.question`` asks for each."""
    about = correspondence(draft.contact, now=now, outreach=draft.outreach, talk=draft.talk)
    return write(
        about,
        mode=Mode(draft.mode),
        channel=Channel(draft.channel),
        variant=draft.variant,
        occasion=draft.occasion,
        given={**carried(draft), **(given or {})},
    ).missing


def letter_facts(about: Correspondence) -> LetterFacts:
    """The user's own facts, in the user's own words; what is unknown stays empty."""
    contact, seeker, goal = about.contact, about.around.seeker, about.around.goal
    outreach = about.outreach
    position = _position(contact)
    event, said = _event(contact)
    kind, name, leave = _connection(about, event)
    read = check_goal(goal.text, preset=about.around.preset) if goal else None
    loop = advice_to_tell(contact)
    loop_name, loop_came = _name_given(loop)
    lead, lead_source = _lead(contact)
    earlier_subject, earlier_dates = _earlier(about)
    return LetterFacts(
        given=contact.given,
        family=contact.family,
        prefix=contact.prefix,
        organization=position.organization.name if position and position.organization else "",
        job=position.title if position else "",
        connection=kind,
        connection_name=name,
        leave=leave,
        hook=outreach.hook if outreach else "",
        seeker=_own_name(about),
        signature=seeker.signature,
        who=after_i_am(seeker.who_line),
        role=(goal.role or (read.role if read else "")) if goal else "",
        field=(goal.field or (read.field if read else "")) if goal else "",
        minutes=about.around.preset.minutes_asked,
        windows=_windows(about),
        purpose=Purpose(outreach.purpose) if outreach else Purpose.EXPLORE,
        their_offer=_promised(about, mine=False),
        new_job=_new_job(contact) if about.known.job_changes else "",
        offer=_own_offer(about),
        my_promise="",
        past=shared_past(about),
        talked=about.known.history.last_talk_at is not None,
        advice=_advice(loop),
        loop_name=loop_name,
        loop_came=loop_came,
        lead=lead,
        lead_source=lead_source,
        event=event,
        said=said,
        talk_when=_when(about.talk, about) if about.talk else "",
        talk_how=_how(about.talk) if about.talk else "",
        confidential=seeker.confidential,
        resume=resume_named(contact),
        earlier_subject=earlier_subject,
        earlier_dates=earlier_dates,
    )


def _how(talk: Talk) -> str:
    """Say by what means one talks, with the number, link or place where it is known."""
    ways = {
        Channel.PHONE: (gettext("by phone"), gettext("by phone, at %(where)s")),
        Channel.VIDEO: (gettext("by video"), gettext("by video, at %(where)s")),
        Channel.IN_PERSON: (gettext("in person"), gettext("in person, at %(where)s")),
    }
    bare, placed = ways.get(Channel(talk.channel), ("", "%(where)s"))
    return placed % {"where": talk.where} if talk.where else bare


def resume_wanted(contact: Contact) -> bool:
    """Have they asked for the resume, and not let it be?"""
    return ResumeRequest.objects.filter(contact=contact, dropped_at=None).exists()


def resume_named(contact: Contact) -> str:
    """Name the version that goes to them as a letter does; there may be only one thing called a resume."""
    version = version_for(contact)
    return gettext("my resume (%(name)s)") % {"name": version.name} if version else gettext("my resume")


def version_for(contact: Contact) -> Resume | None:
    """Give the version chosen for them, else the newest in use."""
    asked = ResumeRequest.objects.filter(contact=contact, sent_at=None, dropped_at=None, resume__isnull=False)
    chosen = asked.select_related("resume").order_by("-asked_at", "-pk").first()
    found: Resume | None = (
        chosen.resume
        if chosen is not None
        else Resume.objects.for_owner(contact.owner)
        .filter(retired_at=None)
        .order_by("-made_at", "-pk")
        .first()
    )
    return found


def _own_name(about: Correspondence) -> str:
    own = Contact.objects.for_owner(about.contact.owner).filter(is_self=True).first()
    signature = about.around.seeker.signature.strip().splitlines()
    return own.name if own else (signature[0] if signature else "")


def _position(contact: Contact) -> Position | None:
    found: Position | None = (
        Position.objects.jobs().filter(contact=contact).select_related("organization").order_by("id").first()
    )
    return found


def _connection(about: Correspondence, event: str | None = None) -> tuple[Connection | None, str, Leave]:
    """How the seeker comes to write: whoever gave the name, what was written down, what is shared.

    ``event`` is where they met last, where that was read already.
    """
    outreach, contact = about.outreach, about.contact
    if outreach is not None and outreach.referrer is not None:
        given = (
            Introduction.objects.filter(giver=outreach.referrer, about=contact).order_by("-given_at").first()
        )
        return Connection.REFERRER, outreach.referrer.name, Leave(given.leave) if given else Leave.UNASKED
    if outreach is not None and outreach.connection_kind and outreach.connection:
        return Connection(outreach.connection_kind), outreach.connection, Leave.UNASKED
    if event := _event(contact)[0] if event is None else event:
        return Connection.MET_AT, event, Leave.UNASKED
    own = about.around.own
    shared = (
        Position.objects.filter(contact=contact, organization_id__in=own.schools | own.employers)
        .select_related("organization")
        .order_by("-school", "id")
        .first()
    )
    if shared is not None and shared.organization is not None:
        kind = Connection.SCHOOL if shared.school else Connection.EMPLOYER
        return kind, shared.organization.name, Leave.UNASKED
    return None, "", Leave.UNASKED


def _event(contact: Contact) -> tuple[str, str]:
    met = (
        Encounter.objects.filter(contact=contact)
        .select_related("event")
        .order_by("-event__starts_at")
        .first()
    )
    return (met.event.name, met.said) if met else ("", "")


def advice_to_tell(contact: Contact) -> Advice | None:
    """Give the loop a letter on what came of it closes: what was acted on first, advice before names."""
    return min(
        contact.advice.filter(told_at=None),
        key=lambda each: (each.acted_at is None, each.introduction_id is not None, each.pk),
        default=None,
    )


def _advice(found: Advice | None) -> str:
    """What they advised, where the seeker acted on it; a name they gave is no advice to cite."""
    return found.text if found and found.acted_at and found.introduction_id is None else ""


def _name_given(loop: Advice | None) -> tuple[str, str]:
    """Whom they named, and what came of it as far as the notebook knows."""
    given = loop.introduction if loop else None
    named = given.about if given else None
    if given is None or named is None:
        return (given.name if given else "", "")
    talked = named.talks.filter(state=TalkState.HELD, starts_at__gte=given.given_at).exists()
    wrote = talked or named.touches.filter(direction="out", at__gte=given.given_at).exists()
    return named.name, what_came(talked=talked, wrote=wrote)


def _lead(contact: Contact) -> tuple[str, str]:
    """Give the newest open lead at a place where they work, and who told of it, where they may be named."""
    found = (
        Lead.objects.for_owner(contact.owner)
        .filter(
            closed_at=None,
            organization__positions__contact=contact,
            organization__positions__current=True,
            organization__positions__school=False,
        )
        .exclude(source=contact)
        .select_related("source")
        .order_by("-heard_at", "-id")
        .first()
    )
    if found is None:
        return "", ""
    given = (
        Introduction.objects.filter(giver=found.source, about=contact).order_by("-given_at", "-pk").first()
    )
    source = found.source.name if given is not None and given.leave == Leave.GIVEN else ""
    return gettext("the opening “%(title)s”") % {"title": found.title}, source


def _promised(about: Correspondence, *, mine: bool) -> str:
    found = about.contact.promises.filter(mine=mine, kept_at=None, dropped_at=None).order_by("id").first()
    return found.text if found else ""


def _new_job(contact: Contact) -> str:
    """Say the newest job of theirs that nobody has congratulated them on."""
    change = contact.job_changes.filter(congratulated_at=None, let_go_at=None).order_by("noticed_at").last()
    if change is None or not (change.title and change.organization):
        return (change.title or change.organization) if change else ""
    return gettext("%(title)s at %(place)s") % {"title": change.title, "place": change.organization}


def _own_offer(about: Correspondence) -> str:
    """What the seeker could give, in their words: where it is short, and was not said to them before."""
    offer = " ".join(about.around.seeker.offer.split()).rstrip(".!")
    if not offer or len(offer.split()) > _SHORT_OFFER:
        return ""
    said = Touch.objects.filter(contact=about.contact, direction="out", body__contains=offer)
    return "" if said.exists() else offer


def _earlier(about: Correspondence) -> tuple[str, tuple[str, ...]]:
    """Subject and dates of the messages of this outreach that have no answer yet, oldest first."""
    if about.outreach is None:
        return "", ()
    facts = next((one for one in about.known.outreaches if one.id == about.outreach.pk), None)
    sent = facts.sent if facts else ()
    last = (
        Touch.objects.filter(outreach=about.outreach, direction="out")
        .exclude(subject="")
        .order_by("at")
        .first()
    )
    zone = _zone(about.around.calendar.zone)
    dates = tuple(formats.date_format(at.astimezone(zone), "MONTH_DAY_FORMAT") for at in sent)
    return last.subject if last else "", dates


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def _windows(about: Correspondence) -> tuple[str, ...]:
    """Times to offer, in their zone; none where it is not known."""
    theirs = about.known.calendar
    if not theirs.zone_known:
        return ()
    zone = _zone(theirs.zone)
    city = theirs.zone.rsplit("/", 1)[-1].replace("_", " ")
    found = times_for(about.contact.owner, theirs, about.around, now=about.now).proposal.windows
    said = gettext("%(day)s (%(from)s to %(until)s)")
    windows = [
        said
        % {
            "day": formats.date_format(window.start.astimezone(zone), "l j F"),
            "from": window.start.astimezone(zone).strftime("%H:%M"),
            "until": window.end.astimezone(zone).strftime("%H:%M"),
        }
        for window in found
    ]
    if windows:  # whose clock it is, said once
        windows[-1] += gettext(", %(city)s time") % {"city": city}
    return tuple(windows)


def _when(talk: Talk, about: Correspondence) -> str:
    zone = _zone(talk.zone or about.known.calendar.zone)
    at = talk.starts_at.astimezone(zone)
    return f"{formats.date_format(at, 'l j F')}, {at:%H:%M} ({zone.key.rsplit('/', 1)[-1].replace('_', ' ')})"


# --- the lint


def lint_letter(
    about: Correspondence,
    *,
    mode: Mode,
    channel: Channel,
    subject: str,
    body: str,
    attachments: Iterable[str] = (),
) -> list[Finding]:
    """Findings about a letter, with everything known of both sides; places count in the part they name."""
    medium = medium_of(about.contact, channel)
    return lint(
        Message(
            body=body, subject=subject if medium is Medium.EMAIL else None, attachments=tuple(attachments)
        ),
        mode=mode,
        context=lint_context(about, mode=mode, channel=channel),
        parameters=_lint_parameters(about),
    )


def lint_whole(about: Correspondence, text: str, *, mode: Mode, channel: Channel) -> list[Finding]:
    """Findings about a letter in one text, its subject above it; places count in that text."""
    return lint(
        text,
        mode=mode,
        context=lint_context(about, mode=mode, channel=channel),
        parameters=_lint_parameters(about),
    )


def _lint_parameters(about: Correspondence) -> LintParameters:
    preset = about.around.preset
    return LintParameters(minutes=preset.minutes_asked, minutes_high=preset.minutes_max)


def lint_errors(about: Correspondence, *, mode: Mode, channel: Channel, subject: str, body: str) -> int:
    """How many error-level findings there are."""
    findings = lint_letter(about, mode=mode, channel=channel, subject=subject, body=body)
    return sum(finding.severity is Severity.ERROR for finding in findings)


def lint_context(about: Correspondence, *, mode: Mode, channel: Channel) -> Context:
    """What is known while composing."""
    contact, known, outreach = about.contact, about.known, about.outreach
    position = _position(contact)
    kind, name, leave = _connection(about)
    sent = next((one.sent for one in known.outreaches if outreach and one.id == outreach.pk), ())
    return Context(
        channel=medium_of(contact, channel),
        given=contact.given,
        family=contact.family,
        organization=position.organization.name if position and position.organization else "",
        seeker=_own_name(about),
        referrer=name if kind is Connection.REFERRER else "",
        leave=leave,
        hook=outreach.hook if outreach else "",
        advice=_advice(advice_to_tell(contact)),
        previous=_to_others(about),
        earlier=_in_thread(outreach),
        is_first=not sent and mode is not Mode.FOLLOW_UP,
        talked=known.history.last_talk_at is not None,
        volunteer=known.volunteer,
        resume_requested=resume_wanted(contact),
        confidential=about.around.seeker.confidential,
        at_guarded_employer=known.at_guarded_employer,
        zones_differ=known.calendar.zone_known and known.calendar.zone != about.around.calendar.zone,
        outside_hours=good_to_send(about.now, known.calendar, preset=about.around.preset) is False,
    )


def _to_others(about: Correspondence) -> tuple[str, ...]:
    rows = (
        Touch.objects.for_owner(about.contact.owner)
        .filter(direction="out", mode__in=_ASKING)
        .exclude(contact=about.contact)
        .exclude(body="")
        .order_by("-at")
        .values_list("body", flat=True)[:_PREVIOUS]
    )
    return tuple(rows)


def _in_thread(outreach: Outreach | None) -> tuple[str, ...]:
    if outreach is None:
        return ()
    rows = Touch.objects.filter(outreach=outreach, direction="out").exclude(body="").order_by("at", "id")
    return tuple(rows.values_list("body", flat=True))
