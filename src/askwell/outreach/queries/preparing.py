"""What prepares a talk: what the two have in common, each with where it was seen, and the own story."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from askwell.outreach import words
from askwell.outreach.facts import relationship
from askwell.outreach.facts.world import goal_of, preset_of, seeker_of
from askwell.outreach.models import Encounter, Introduction, Talk
from askwell.outreach.queries.questions import FindingLine, own_questions
from askwell.people.models import Contact, Position, Provenance, Tagging
from askwell.rules.common_ground import Between, Side, Stay, common_ground
from askwell.rules.facts import Mode, TalkState
from askwell.rules.preparation import ANSWERS, HOMEWORK, Preparation, check_preparation
from askwell.rules.questions.model import Relation
from askwell.rules.questions.picking import relation_of
from askwell.rules.story import WORDS_A_MINUTE, speaking
from askwell.search.text import fold

if TYPE_CHECKING:
    from datetime import datetime

    from askwell.outreach.models import Outreach
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.outreach.words import Voice
    from askwell.rules.questions.model import OwnQuestion
    from askwell.rules.story import Speaking

_MOST_BETWEEN = 5
_OF_BOTH = ("school", "employer", "place", "tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonLine:
    """Something in common, in words; ``seen`` says where each side of it comes from."""

    kind: str
    reason: ReasonLine
    seen: tuple[str, ...]


def in_common(contact: Contact, *, now: datetime) -> tuple[CommonLine, ...]:
    """Say what the seeker and someone have in common, what helps a first sentence most first."""
    own = Contact.objects.for_owner(contact.owner).filter(is_self=True).first()
    both = [contact, own] if own else [contact]
    stays, tags = _stays(both), _tags(both)
    theirs, mine = _side(contact, stays, tags), _side(own, stays, tags)
    found = common_ground(mine, theirs, _between(contact))
    voice = words.voice(seeker_of(contact.owner).zone, now=now)
    sources = _sources(both, voice)
    return tuple(
        CommonLine(kind=kind, reason=voice.reason(reason), seen=_seen(kind, contact, own, sources))
        for reason in found
        for kind in [reason.text.removeprefix("common.").removesuffix("_together")]
    )


def _stays(both: list[Contact]) -> dict[int, list[Stay]]:
    rows = Position.objects.filter(contact__in=both, organization__isnull=False)
    found: dict[int, list[Stay]] = defaultdict(list)
    for row in rows.select_related("organization").order_by("-started", "id"):
        found[row.contact_id].append(
            Stay(
                where=str(row.organization_id),
                name=row.organization.name,
                school=row.school,
                started=row.started,
                ended=row.ended,
                current=row.current,
            )
        )
    return found


def _tags(both: list[Contact]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Tagging.objects.filter(contact__in=both).order_by("tag__name")
    for contact, name in rows.values_list("contact_id", "tag__name"):
        found[contact].append(name)
    return found


def _side(contact: Contact | None, stays: dict[int, list[Stay]], tags: dict[int, list[str]]) -> Side:
    if contact is None:
        return Side()
    return Side(
        stays=tuple(stays[contact.pk]),
        place=fold(contact.place),
        place_name=contact.place,
        tags=tuple(tags[contact.pk]),
    )


def _between(contact: Contact) -> Between:
    given = Introduction.objects.filter(about=contact).exclude(giver__is_self=True)
    names = list(given.order_by("-given_at").values_list("giver__name", flat=True)[:_MOST_BETWEEN])
    if contact.introduced_by and not contact.introduced_by.is_self:
        names.append(contact.introduced_by.name)
    met = Encounter.objects.filter(contact=contact).order_by("-event__starts_at")
    return Between(
        named_by=tuple(dict.fromkeys(names)),
        events=tuple(met.values_list("event__name", flat=True)[:_MOST_BETWEEN]),
        known_there=_known_there(contact),
    )


def _known_there(contact: Contact) -> tuple[tuple[str, str], ...]:
    """People of their present employers whom the seeker talked with."""
    there = Position.objects.jobs().filter(contact=contact)
    talked = Talk.objects.filter(owner=contact.owner, state=TalkState.HELD).values("contact_id")
    rows = (
        Position.objects.filter(
            owner=contact.owner,
            current=True,
            organization__in=there.values("organization_id"),
            contact__in=talked,
            contact__merged_into=None,
        )
        .exclude(contact=contact)
        .order_by("contact__sort_key", "contact_id")
    )
    return tuple(rows.values_list("contact__name", "organization__name").distinct()[:_MOST_BETWEEN])


def _sources(both: list[Contact], voice: Voice) -> dict[int, str]:
    """Where what is known of each came from last."""
    rows = Provenance.objects.filter(contact__in=both).order_by("at", "id")
    return {
        contact: gettext("%(file)s, %(day)s") % {"file": file, "day": voice.day(at)}
        for contact, file, at in rows.values_list("contact_id", "file", "at")
    }


def _seen(kind: str, contact: Contact, own: Contact | None, sources: dict[int, str]) -> tuple[str, ...]:
    if kind not in _OF_BOTH:
        return (gettext("your own notebook"),)
    by_hand = gettext("written down by hand")
    theirs = gettext("theirs: %(source)s") % {"source": sources.get(contact.pk, by_hand)}
    yours = gettext("yours: %(source)s") % {"source": sources.get(own.pk if own else 0, by_hand)}
    return (theirs, yours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How far a talk is prepared; ``pace`` is the words a minute that ``story`` is measured by."""

    common: tuple[CommonLine, ...]
    missing: tuple[FindingLine, ...]
    questions: tuple[OwnQuestion, ...]
    story: Speaking
    pace: int = WORDS_A_MINUTE


def prepared(contact: Contact, outreach: Outreach | None, *, now: datetime) -> Prepared:
    """Say how far a talk with someone is prepared, whether or not one is booked yet."""
    seeker = seeker_of(contact.owner)
    voice = words.voice(seeker.zone, now=now)
    checked = check_preparation(preparation(contact, outreach, now=now), preset=preset_of(seeker))
    return Prepared(
        common=in_common(contact, now=now),
        missing=tuple(
            FindingLine(severity=each.severity.value, reason=voice.reason(each.reason))
            for each in checked.findings
        ),
        questions=own_questions(outreach),
        story=speaking(seeker.story),
    )


def preparation(contact: Contact, outreach: Outreach | None, *, now: datetime) -> Preparation:
    """Gather what the rules ask about a talk with someone."""
    seeker, goal = seeker_of(contact.owner), goal_of(contact.owner)
    homework = outreach.homework if outreach else {}
    questions = own_questions(outreach)
    booked = outreach and outreach.talks.filter(state=TalkState.SCHEDULED).order_by("starts_at").first()
    return Preparation(
        goal_text=goal.text if goal else "",
        done=frozenset(key for key in (*HOMEWORK, *ANSWERS) if homework.get(key)),
        skipped=frozenset(homework.get("skipped", ())),
        story_words=len(seeker.story.split()),
        questions=questions,
        mode=Mode(outreach.mode) if outreach else Mode.INFORMATIONAL,
        relation=relation_of(relationship(contact, now=now)) if questions else Relation.STRANGER,
        outcome_wanted=outreach.outcome_wanted if outreach else "",
        next_step_wanted=str(homework.get("next_step", "")),
        offer=outreach.offer if outreach else "",
        confirmed=not booked or booked.confirmed_at is not None,
    )
