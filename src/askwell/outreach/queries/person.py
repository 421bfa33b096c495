"""A contact's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach import words
from askwell.outreach.derive import TIME_TAKES
from askwell.outreach.facts import relationship, seeker_facts, world
from askwell.outreach.facts.presence import present
from askwell.outreach.judging import Letter, is_around_talk, judge_sending, thanked_before
from askwell.outreach.models import Advice, Draft, Favor, Outreach, Snooze, Standing, Step
from askwell.outreach.queries.lines import (
    AdviceLine,
    InCommon,
    KnownLine,
    Link,
    OutreachLine,
    Person,
    PromiseLine,
    ReasonLine,
    ReciprocityLine,
    RefusalLine,
    StepLine,
    TimelineItem,
)
from askwell.outreach.queries.lists import promises
from askwell.outreach.queries.timeline import timeline
from askwell.outreach.web_of_ties import known_to
from askwell.people.models import Contact, Position, Tag
from askwell.rules.cadence import last_touch
from askwell.rules.facts import Channel, Leave, Mode, State
from askwell.rules.lifecycle import ENDED
from askwell.rules.reciprocity import standing_of
from askwell.rules.refusals import may_send as ask_rules
from askwell.rules.ties import how_well, unheard, why

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.facts import World
    from askwell.outreach.words import Voice
    from askwell.rules.decisions import Decision, Reason
    from askwell.rules.facts import OutreachFacts, Relationship

__all__ = ["may_send", "open_advice", "person", "timeline"]

_LINKS, _MOST_LINKS = 5, 50
_STATES = {
    State.PLANNED: _("Begun, nothing sent yet"),
    State.READY: _("Ready to send"),
    State.AWAITING_REPLY: _("Waiting for an answer"),
    State.ARRANGING: _("Finding a time"),
    State.SCHEDULED: _("A talk is booked"),
    State.HELD: _("You have talked"),
    State.IN_TOUCH: _("In touch"),
    State.NEEDS_ADDRESS: _("Needs another address"),
    State.PAUSED: _("Away for now"),
    State.LATER: _("Later, as they asked"),
    State.DECLINED: _("They said no"),
    State.CLOSED_NO_REPLY: _("No answer; resting"),
    State.WITHDRAWN: _("Let go"),
    State.DO_NOT_CONTACT: _("Asked not to be contacted"),
}


def person(contact: Contact, *, now: datetime, page_size: int = 30, around: World | None = None) -> Person:
    """Give a contact's page in a constant number of queries; ``around`` where it was read already."""
    around = around or world(contact.owner, now=now)
    there = present(contact.pk)
    known = relationship(contact, now=now, given=around, there=there)
    voice = words.voice(around.calendar.zone, now=now)
    steps = _steps(contact, voice) if there & {"steps", "own_steps"} else ()
    strength = Standing.objects.filter(contact=contact).values_list("strength", flat=True).first() or 0.0
    reciprocity = standing_of(known, preset=around.preset)
    refusals, hints = _refusals(contact, known, around, voice, now=now)
    return Person(
        contact=contact.pk,
        name=contact.name,
        next_step=next((step for step in steps if step.earliest <= now and not step.snoozed_until), None),
        steps=steps,
        outreaches=_outreaches(contact, known),
        timeline=timeline(contact, now=now, size=page_size, there=there),
        reciprocity=_reciprocity(
            contact,
            voice,
            reciprocity.hints,
            any_favor=known.history.last_give_at is not None or known.history.last_ask_at is not None,
        ),
        came_through=_chain(contact),
        introduced=_introduced(contact) if "introduced" in there else (),
        in_common=_in_common(contact, around, tagged="tags" in there),
        strength=strength,
        strength_sentence=voice.reason(how_well(known, strength=strength)).sentence,
        refusals=refusals,
        hints=hints,
        drafts=_drafts(contact) if "drafts" in there else (),
        promises=_promises(contact) if "promises" in there else (),
        advice=_advice(contact) if "advice" in there else (),
        zone=known.calendar.zone,
        zone_known=known.calendar.zone_known,
        strength_why=_strength_why(known, voice),
        knows=_knows(contact, voice),
    )


def _strength_why(known: Relationship, voice: Voice) -> tuple[ReasonLine, ...]:
    """Say what the strength rests on; of a letter without an answer its sentence says all there is."""
    history = known.history
    if unheard(history):
        return ()
    parts = why(
        exchanges=history.exchanges,
        last_at=last_touch(history),
        median_reply_hours=history.median_reply_hours,
        closeness=known.closeness,
    )
    return tuple(voice.reason(part) for part in parts)


def _knows(contact: Contact, voice: Voice) -> tuple[KnownLine, ...]:
    return tuple(
        KnownLine(
            contact=one.contact, name=one.name, reasons=tuple(voice.reason(each) for each in one.evidence)
        )
        for one in known_to(contact, now=voice.now)
    )


def open_advice(contact: Contact) -> tuple[Advice, ...]:
    """Advice whose giver has not heard yet what came of it, oldest first; a name given is none."""
    return tuple(Advice.objects.filter(contact=contact, introduction=None, told_at=None).order_by("id"))


def _promises(contact: Contact) -> tuple[PromiseLine, ...]:
    rows = promises(contact.owner).filter(contact=contact).values("id", "text", "mine", "made_at", "due")
    return tuple(PromiseLine(**row) for row in rows)


def _advice(contact: Contact) -> tuple[AdviceLine, ...]:
    return tuple(
        AdviceLine(
            id=row.pk,
            text=row.text,
            received_at=row.received_at,
            acted_at=row.acted_at,
            told_at=row.told_at,
        )
        for row in open_advice(contact)
    )


def _drafts(contact: Contact) -> tuple[int, ...]:
    unsent = Draft.objects.filter(contact=contact, sent_at=None).order_by("-updated_at", "-id")
    return tuple(unsent.values_list("id", flat=True))


def may_send(
    contact: Contact,
    *,
    mode: Mode | str,
    channel: Channel | str,
    now: datetime,
    outreach: Outreach | None = None,
    draft: Draft | None = None,
) -> Decision:
    """What ``record_sent`` would answer, without doing anything.  ``words.voice(...).refusals`` says it."""
    letter = Letter(subject=draft.subject, body=draft.body) if draft is not None else Letter()
    chosen = outreach or (draft.outreach if draft is not None else None)
    talk = draft.talk if draft is not None else None
    thanks = Mode(mode) is Mode.THANKS
    return judge_sending(
        contact,
        mode=Mode(mode),
        channel=Channel(channel),
        at=now,
        now=now,
        outreach=chosen,
        letter=letter,
        talk=talk,
        thanked_at=thanked_before(contact, talk, at=now) if thanks else None,
        around_talk=is_around_talk(draft),
    )


def _steps(contact: Contact, voice: Voice) -> tuple[StepLine, ...]:
    rows = list(
        Step.objects.filter(Q(contact=contact) | Q(source=contact, contact=None)).order_by(
            "rank", "due", "id"
        )
    )
    held = dict(
        Snooze.objects.for_owner(contact.owner)
        .filter(key__in=[row.key for row in rows], until__gt=voice.now)
        .values_list("key", "until")
    )
    return tuple(
        voice.step(row, name=contact.name, snoozed=held.get(row.key))
        for row in rows
        if not (row.code in TIME_TAKES and row.stale is not None and row.stale <= voice.now)
    )


def _outreaches(contact: Contact, known: Relationship) -> tuple[OutreachLine, ...]:
    facts = {one.id: one for one in known.outreaches}
    if not facts:
        return ()
    rows = Outreach.objects.filter(contact=contact).select_related("referrer").order_by("-opened_at", "-id")
    return tuple(
        OutreachLine(
            id=row.pk,
            purpose=row.purpose,
            mode=row.mode,
            state=row.state,
            state_sentence=gettext(_STATES[State(row.state)]),
            opened_at=row.opened_at,
            sent_count=row.sent_count,
            until=row.until,
            referrer=row.referrer_id,
            referrer_name=row.referrer.name if row.referrer else "",
            leave=facts[row.pk].leave.value if row.pk in facts else Leave.UNASKED.value,
        )
        for row in rows
    )


def _refusals(
    contact: Contact, known: Relationship, around: World, voice: Voice, *, now: datetime
) -> tuple[tuple[RefusalLine, ...], tuple[ReasonLine, ...]]:
    """What stands now against writing next, and against being in touch."""
    seeker = seeker_facts(contact.owner, now=now, given=around, with_events=False)
    found: list[RefusalLine] = []
    hints: dict[str, ReasonLine] = {}
    for mode, outreach in _next_modes(known):
        decision = ask_rules(
            known, outreach, mode=mode, channel=Channel.EMAIL, preset=around.preset, seeker=seeker, now=now
        )
        found += voice.refusals(decision, mode=mode.value)
        hints |= {hint.text: voice.reason(hint) for hint in decision.hints}
    unique = {(line.reason.rule, line.reason.sentence): line for line in reversed(found)}
    return tuple(reversed(unique.values())), tuple(hints.values())


def _next_modes(known: Relationship) -> list[tuple[Mode, OutreachFacts | None]]:
    modes: list[tuple[Mode, OutreachFacts | None]] = []
    for outreach in known.outreaches:
        if outreach.state in ENDED or outreach.sent:
            modes.append((Mode.FOLLOW_UP, outreach))
        elif outreach.state in {State.PLANNED, State.READY}:
            modes.append((Mode.INFORMATIONAL, outreach))
    return modes or [(Mode.CHECK_IN, None)]


def _reciprocity(
    contact: Contact, voice: Voice, hints: tuple[Reason, ...], *, any_favor: bool
) -> ReciprocityLine:
    rows = list(Favor.objects.filter(contact=contact).order_by("-at", "-id")[:40]) if any_favor else []
    given = tuple(_favor(row) for row in rows if row.kind == Favor.Kind.GIVE)
    asked = tuple(_favor(row) for row in rows if row.kind == Favor.Kind.ASK)
    return ReciprocityLine(
        given=given,
        asked=asked,
        last_give_at=given[0].at if given else None,
        last_ask_at=asked[0].at if asked else None,
        hint=voice.reason(hints[0]) if hints else None,
    )


def _favor(row: Favor) -> TimelineItem:
    said = gettext("You gave") if row.kind == Favor.Kind.GIVE else gettext("You asked")
    return TimelineItem(at=row.at, kind="favor", code=row.kind, id=row.pk, sentence=said, detail=row.text)


def _chain(contact: Contact) -> tuple[Link, ...]:
    """Who introduced them, then who introduced that one: one query for five links."""
    if contact.introduced_by_id is None:
        return ()
    paths = ["__".join(["introduced_by"] * depth) for depth in range(1, _LINKS + 1)]
    columns = [column for path in paths for column in (f"{path}__id", f"{path}__name")]
    row = Contact.objects.filter(pk=contact.pk).values_list(*columns).first() or ()
    found: dict[int, Link] = {}
    for pk, name in zip(row[::2], row[1::2], strict=True):
        if pk is None or pk in found or pk == contact.pk:
            break
        found[pk] = Link(contact=pk, name=name)
    return tuple(found.values())


def _introduced(contact: Contact) -> tuple[Link, ...]:
    # No owner and no order here: SQLite would walk the owner's whole index instead of these few rows.
    rows = Contact.objects.filter(introduced_by=contact, is_self=False, merged_into=None)
    found = sorted(rows.values_list("sort_key", "id", "name")[:_MOST_LINKS])
    return tuple(Link(contact=pk, name=name) for _key, pk, name in found)


def _in_common(contact: Contact, around: World, *, tagged: bool) -> tuple[InCommon, ...]:
    own = around.own.schools | around.own.employers
    found = _places_in_common(contact, own) if own else []
    return (*found, *(_tags_in_common(contact) if tagged else ()))


def _places_in_common(contact: Contact, own: frozenset[int]) -> list[InCommon]:
    rows = (
        Position.objects.filter(contact=contact, organization_id__in=own)
        .order_by("-school", "organization__name")
        .values_list("school", "organization__name")
        .distinct()
    )
    return [InCommon(kind="school" if school else "employer", name=name) for school, name in rows]


def _tags_in_common(contact: Contact) -> list[InCommon]:
    tags = (
        Tag.objects.for_owner(contact.owner)
        .filter(taggings__contact=contact)
        .filter(taggings__tag__taggings__contact__is_self=True)
        .values_list("name", flat=True)
        .distinct()
    )
    return [InCommon(kind="tag", name=name) for name in tags]
