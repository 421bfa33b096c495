"""Introductions the seeker makes: both are asked first, and only two yeses bring two people together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import doing, fresh, happened, one_of
from askwell.outreach.actions._touching import IN, OUT, kind_of, log_favor, record_touch
from askwell.outreach.errors import BadValue, OutOfOrder, Refused
from askwell.outreach.judging import Letter, judge_sending
from askwell.outreach.models import Favor, IntroductionOffer
from askwell.people.models import Contact
from askwell.rules.decisions import Decision
from askwell.rules.facts import Channel, Mode, TouchKind
from askwell.rules.offers import Answer, Offer, OfferMove, OfferNotHere, Side, advance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from askwell.outreach.models import Touch
    from askwell.people.journal import Journal

_WHY = 500


def begin_offer(left: Contact, right: Contact, *, now: datetime, why: str = "") -> IntroductionOffer:
    """Have in mind to introduce two people.  Nobody is asked yet.

    Raises BadValue: the same person twice, somebody left in peace, the two in mind already.
    """
    if left.pk == right.pk:
        raise BadValue("right", "same-person")
    if left.owner_id != right.owner_id:
        raise BadValue("right", "nobody")
    with doing(left.owner, "offer_begun", now=now, left=left.name, right=right.name) as log:
        for field, one in (("left", left), ("right", right)):
            if fresh(one).do_not_contact:
                raise BadValue(field, "in-peace")
        if _going(left, right) is not None:
            raise BadValue("right", "there-already")
        return log.create(
            IntroductionOffer(
                owner_id=left.owner_id, left=left, right=right, why=why.strip()[:_WHY], begun_at=now
            )
        )


def going_offer(left: Contact, right: Contact) -> IntroductionOffer | None:
    """The offer for these two, in whichever order, that has not come to its end."""
    return _going(left, right)


def change_offer(
    offer: IntroductionOffer, *, now: datetime, why: str | None = None, note: str | None = None
) -> IntroductionOffer:
    """Keep why these two, and what the letter to both says of it."""
    with _offering(offer, "offer_changed", now=now) as log:
        columns = {
            "why": None if why is None else why.strip()[:_WHY],
            "blurb": None if note is None else note.strip(),
        }
        log.change(offer, **{name: value for name, value in columns.items() if value is not None})
    return offer


def record_offer_asked(
    offer: IntroductionOffer,
    side: Side | str,
    *,
    now: datetime,
    at: datetime | None = None,
    channel: Channel | str = Channel.EMAIL,
    subject: str = "",
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> IntroductionOffer:
    """One of the two was asked.  Raises Refused as for any letter, OutOfOrder, BadValue."""
    which, when = one_of(Side, "side", side), happened("at", at or now, now=now)
    way, letter = one_of(Channel, "channel", channel), Letter(subject=subject, body=body)
    with _offering(offer, "offer_asked", now=now, side=which) as log:
        _moved(log, offer, OfferMove.ASKED, which)
        _allowed([_of(offer, which)], letter, way, at=when, now=now, overrides=overrides)
        _sent(log, _of(offer, which), letter, way, at=when)
    return offer


def record_offer_answer(
    offer: IntroductionOffer,
    side: Side | str,
    *,
    yes: bool,
    now: datetime,
    at: datetime | None = None,
    text: str = "",
) -> IntroductionOffer:
    """What one of the two said, by whatever way.  Raises OutOfOrder."""
    which, when = one_of(Side, "side", side), happened("at", at or now, now=now)
    move = OfferMove.SAID_YES if yes else OfferMove.SAID_NO
    with _offering(offer, "offer_yes" if yes else "offer_no", now=now, side=which) as log:
        was_asked = Offer(left=Answer(offer.left_says), right=Answer(offer.right_says)).says(which)
        _moved(log, offer, move, which)
        if was_asked is Answer.ASKED or text.strip():
            # What they wrote is answered by what comes of it, not by a letter of its own.
            record_touch(
                log,
                _of(offer, which),
                direction=IN,
                kind=TouchKind.REPLY,
                channel=Channel.EMAIL,
                at=when,
                body=text.strip(),
                answers=False,
            )
    return offer


def record_introduced(
    offer: IntroductionOffer,
    *,
    now: datetime,
    at: datetime | None = None,
    channel: Channel | str = Channel.EMAIL,
    subject: str = "",
    body: str = "",
    overrides: Mapping[str, str] | None = None,
) -> IntroductionOffer:
    """The letter to both went out: the two know each other, and it counts as given to both.

    Raises OutOfOrder before both said yes, Refused as for any letter to either.
    """
    when, way = happened("at", at or now, now=now), one_of(Channel, "channel", channel)
    letter = Letter(subject=subject, body=body)
    with _offering(offer, "offer_made", now=now) as log:
        _moved(log, offer, OfferMove.MADE, None)
        log.change(offer, made_at=when)
        both = [offer.left, offer.right]
        _allowed(both, letter, way, at=when, now=now, overrides=overrides)
        for one, other in zip(both, reversed(both), strict=True):
            touch = _sent(log, one, letter, way, at=when)
            log_favor(log, one, Favor.Kind.GIVE, other.name, touch=touch)
    return offer


def drop_offer(offer: IntroductionOffer, *, now: datetime) -> IntroductionOffer:
    """Let it be.  Raises OutOfOrder where it came to its end already."""
    with _offering(offer, "offer_dropped", now=now) as log:
        _moved(log, offer, OfferMove.DROPPED, None)
        log.change(offer, dropped_at=now)
    return offer


def offer_facts(offer: IntroductionOffer) -> Offer:
    """The offer as the rules see it."""
    return Offer(
        left=Answer(offer.left_says),
        right=Answer(offer.right_says),
        made=offer.made_at is not None,
        dropped=offer.dropped_at is not None or offer.left_id == offer.right_id,
    )


def _going(left: Contact, right: Contact) -> IntroductionOffer | None:
    rows = IntroductionOffer.objects.for_owner(left.owner).filter(made_at=None, dropped_at=None)
    pair = {left.pk, right.pk}
    found = rows.filter(left__in=pair, right__in=pair).exclude(left_says="no").exclude(right_says="no")
    return next((one for one in found.order_by("-pk") if {one.left_id, one.right_id} == pair), None)


@contextmanager
def _offering(
    offer: IntroductionOffer, code: str, *, now: datetime, side: Side | None = None
) -> Iterator[Journal]:
    """Open an action on an offer read afresh; both people's rows are locked until it ends."""
    names = {"left": offer.left.name, "right": offer.right.name}
    about = {"name": names[side.value]} if side else {}
    with doing(offer.owner, code, now=now, **names, **about) as log:
        list(Contact.objects.select_for_update().filter(pk__in={offer.left_id, offer.right_id}))
        fresh(offer)
        log.touch(offer.left_id, offer.right_id)
        yield log


def _of(offer: IntroductionOffer, side: Side) -> Contact:
    person: Contact = offer.left if side is Side.LEFT else offer.right
    return person


def _moved(log: Journal, offer: IntroductionOffer, move: OfferMove, side: Side | None) -> None:
    try:
        after = advance(offer_facts(offer), move, side)
    except OfferNotHere as error:
        raise OutOfOrder(error.stage, error.move) from None
    log.change(offer, left_says=after.left.value, right_says=after.right.value)


def _allowed(
    people: list[Contact],
    letter: Letter,
    channel: Channel,
    *,
    at: datetime,
    now: datetime,
    overrides: Mapping[str, str] | None,
) -> None:
    """Ask the rules for each before anything is written: the second is no copy of the first."""
    found = [
        judge_sending(
            one, mode=Mode.CHECK_IN, channel=channel, at=at, now=now, letter=letter, brings_news=True
        ).with_overrides((overrides or {}).items())
        for one in people
    ]
    refusals = {(each.reason.rule, each.reason.text): each for one in found for each in one.refusals}
    if refusals:
        raise Refused(Decision(refusals=tuple(sorted(refusals.values(), key=lambda each: not each.hard))))


def _sent(log: Journal, contact: Contact, letter: Letter, channel: Channel, *, at: datetime) -> Touch:
    return record_touch(
        log,
        contact,
        direction=OUT,
        kind=kind_of(channel),
        channel=channel,
        at=at,
        mode=Mode.CHECK_IN,
        subject=letter.subject,
        body=letter.body,
        is_news=True,
    )
