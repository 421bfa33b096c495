"""Telling people of the search, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import doing, fresh, happened, held, towards
from askwell.outreach.actions.drafts import new_draft
from askwell.outreach.actions.outreaches import open_outreach
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.judging import judge_telling
from askwell.outreach.models import Draft, Outreach, Standing, Telling
from askwell.outreach.telling import MODES, known_as
from askwell.people.journal import as_one
from askwell.rules.facts import Channel, Mode, Occasion, Purpose
from askwell.rules.lifecycle import ENDED
from askwell.rules.telling import mode_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Touch
    from askwell.people.journal import Journal
    from askwell.people.models import Contact
    from askwell.rules.decisions import Decision

# Beginning a letter sends nothing: what is soft is asked again when it goes out.
_LATER = dict.fromkeys(("K06", "P01"), "asked when it is sent")


def choose_to_tell(
    owner: AbstractBaseUser,
    contacts: Iterable[Contact],
    *,
    now: datetime,
    overrides: Mapping[str, str] | None = None,
) -> list[Telling]:
    """Put people on the list of those to be told; who stands there already stays as they are.

    Raises Refused: asked not to be contacted, at the guarded employer, or (soft) near to it.
    """
    wanted = {one.pk: one for one in contacts}
    with doing(owner, "telling_chosen", now=now, count=len(wanted)) as log:
        rows = Telling.objects.for_owner(owner).filter(contact__in=wanted)
        there = set(rows.values_list("contact_id", flat=True))
        decisions = judge_telling(owner, wanted.keys() - there, now=now)
        return [_chosen(log, one, decisions[pk], overrides) for pk, one in wanted.items() if pk in decisions]


def _chosen(log: Journal, contact: Contact, judged: Decision, overrides: Mapping[str, str] | None) -> Telling:
    decision = judged.with_overrides((overrides or {}).items())
    if not decision.allowed:
        raise Refused(decision)
    return log.create(Telling(owner_id=contact.owner_id, contact=contact, chosen_at=log.now))


def leave_untold(telling: Telling, *, now: datetime) -> None:
    """Take someone off the list who was not told yet."""
    with towards(telling.contact, "telling_dropped", now=now) as log:
        _waiting(fresh(telling))
        log.delete(telling)


def mark_told(telling: Telling, *, now: datetime, at: datetime | None = None) -> Telling:
    """They know: told in another way than by a letter from here."""
    with towards(telling.contact, "told", now=now) as log:
        _waiting(fresh(telling))
        log.change(telling, told_at=happened("at", at or now, now=now))
    return telling


def letter_to_tell(telling: Telling, *, now: datetime, channel: Channel | str = Channel.EMAIL) -> Draft:
    """Begin their letter, or give the one begun: honest to whoever is near, as after long to the others."""
    contact = telling.contact
    with as_one(telling.owner):
        held(contact)
        _waiting(fresh(telling))
        drafts = Draft.objects.filter(contact=contact, occasion=Occasion.TELL, sent_at=None)
        begun: Draft | None = drafts.order_by("-pk").first()
        if begun is not None:
            return begun
        mode = _mode(contact, now=now)
        outreach = None
        if mode is Mode.LEAD:
            outreach = open_outreach(contact, purpose=Purpose.CONNECT, mode=mode, now=now, overrides=_LATER)
        return new_draft(
            contact,
            mode=mode,
            occasion=Occasion.TELL,
            channel=channel,
            outreach=outreach,
            variant=Draft.objects.for_owner(telling.owner).filter(occasion=Occasion.TELL).count(),
            now=now,
        )


def _mode(contact: Contact, *, now: datetime) -> Mode:
    """An honest letter opens an outreach, so it is for whoever is not being asked already."""
    asked = Outreach.objects.filter(contact=contact).exclude(state__in=[one.value for one in ENDED]).exists()
    closed = Outreach.objects.filter(contact=contact, purpose=Purpose.CONNECT).exists()
    if asked or closed:
        return Mode.RECONNECT
    return mode_for(known_as(contact, Standing.objects.filter(contact=contact).first()), now=now)


def told_by_letter(log: Journal, contact: Contact, *, touch: Touch, draft: Draft | None) -> None:
    """Note that they know, where the letter that went out is the one that says so."""
    if touch.mode not in MODES or (draft is not None and draft.occasion != Occasion.TELL):
        return
    for telling in Telling.objects.filter(contact=contact, told_at=None):
        log.change(telling, told_at=touch.at)


def _waiting(telling: Telling) -> None:
    if telling.told_at is not None:
        raise BadValue("telling", "told-already")
