"""One contact's history in the making: touches, moves through the life cycle, talks, names given."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from askwell.outreach.fold import Folded, step
from askwell.outreach.models import (
    Introduction,
    Outreach,
    Talk,
    Touch,
    Transition,
)
from askwell.outreach.sample import pools
from askwell.rules.facts import Channel, Happening, Leave, Mode, Purpose, TalkState, TouchKind
from askwell.rules.reflection import QUESTIONS

if TYPE_CHECKING:
    from askwell.outreach.sample.network import Cast
    from askwell.people.models import Contact

OUT, IN = Touch.Direction.OUT, Touch.Direction.IN


@dataclass(slots=True)
class Story:
    """One contact's history in the making."""

    cast: Cast
    contact: Contact
    others: list[Contact]  # people without a story of their own, to be named in this one
    folded: dict[int, Folded] = field(default_factory=dict)
    last: datetime | None = None  # touches of one story follow one another

    def outreach(
        self, days: float, *, purpose: Purpose = Purpose.EXPLORE, mode: Mode = Mode.INFORMATIONAL
    ) -> Outreach:
        rng = self.cast.rng
        row = Outreach(
            owner=self.cast.owner,
            contact=self.contact,
            purpose=purpose,
            mode=mode,
            opened_at=self.cast.ago(days),
            hook=rng.choice(pools.HOOKS),
            connection=self.contact.how_met,
        )
        return self.cast.add(row)  # type: ignore[no-any-return]

    def touch(self, days: float, kind: TouchKind, direction: str, **values: Any) -> Touch:
        at = self._after_the_last(self.cast.ago(days))
        row = Touch(
            owner=self.cast.owner,
            contact=self.contact,
            kind=kind,
            direction=direction,
            at=at,
            recorded_at=at,
            **values,
        )
        return self.cast.add(row)  # type: ignore[no-any-return]

    def _after_the_last(self, at: datetime) -> datetime:
        """Put a moment after the touch before it: two of one day come in order."""
        self.last = max(at, self.last + timedelta(minutes=10)) if self.last else at
        return self.last

    def move(
        self, outreach: Outreach, happening: Happening, touch: Touch | None = None, **more: Any
    ) -> Transition:
        """Move the outreach through the one table, so that the sample is never an impossible history."""
        at: datetime = more.pop("at", None) or (touch.at if touch else outreach.opened_at)
        before = self.folded.get(id(outreach), Folded())
        self.folded[id(outreach)] = after = step(before, happening, at=at, until=more.get("until"))
        for column, value in after.columns().items():
            setattr(outreach, column, value)
        row = Transition(
            owner=self.cast.owner, outreach=outreach, happening=happening, at=at, touch=touch, **more
        )
        return self.cast.add(row)  # type: ignore[no-any-return]

    def ask(self, days: float, *, outreach: Outreach | None = None, **more: Any) -> Outreach:
        """Send a first or further message."""
        outreach = outreach or self.outreach(days, **more)
        first = outreach.sent_count == 0
        touch = self.touch(
            days,
            TouchKind.MESSAGE,
            OUT,
            outreach=outreach,
            mode=outreach.mode if first else Mode.FOLLOW_UP,
            subject="Twenty minutes about supply chains in hospitals?",
            body=f"Dear {self.contact.name},\n\n{outreach.hook}",
        )
        self.move(outreach, Happening.SENT, touch)
        return outreach

    def answer(self, days: float, outreach: Outreach, happening: Happening, text: str, **more: Any) -> Touch:
        kind = TouchKind.AUTO_REPLY if happening == Happening.AUTO_REPLIED else TouchKind.REPLY
        if happening == Happening.BOUNCED:
            kind = TouchKind.BOUNCE
        touch = self.touch(days, kind, IN, outreach=outreach, subject="Re: twenty minutes", body=text)
        self.move(outreach, happening, touch, **more)
        return touch

    def thank_you_for_time(self, days: float, outreach: Outreach) -> None:
        """Answer a reply, so that nothing is owed."""
        self.touch(
            days, TouchKind.MESSAGE, OUT, outreach=outreach, subject="Re: twenty minutes", body="Thank you."
        )

    def talk(self, days: float, outreach: Outreach, *, held: bool = True, minutes: int = 20) -> Talk:
        """Book a talk, negative days ahead, and hold it."""
        rng = self.cast.rng
        starts = self.cast.ago(days, hour=16)
        starts = starts.replace(minute=starts.minute // 15 * 15, second=0, microsecond=0)
        row = Talk(
            owner=self.cast.owner,
            contact=self.contact,
            outreach=outreach,
            starts_at=starts,
            minutes=minutes,
            zone=self.contact.zone,
            channel=rng.choice([Channel.PHONE, Channel.VIDEO]),
            where="+1 312 555 0142",
            uid=f"{UUID(int=rng.getrandbits(128))}@askwell",
        )
        self.cast.add(row)
        self.move(outreach, Happening.SCHEDULED, at=starts - timedelta(days=3))
        if held:
            self._held(row, outreach)
        return row

    def _held(self, talk: Talk, outreach: Outreach) -> None:
        talk.state, talk.confirmed_at = TalkState.HELD, talk.starts_at - timedelta(days=1)
        talk.ended_at = talk.starts_at + timedelta(minutes=talk.minutes)
        talk.notes = self.cast.rng.choice(pools.LEARNT)
        talk.share_theirs = self.cast.rng.randrange(60, 90)
        touch = Touch(
            owner=self.cast.owner,
            contact=self.contact,
            outreach=outreach,
            talk=talk,
            kind=TouchKind.MEETING,
            direction=IN,
            channel=talk.channel,
            at=talk.ended_at,
            recorded_at=talk.ended_at,
            subject="How wards come to trust the numbers",
            answers=False,
        )
        self.cast.add(touch)
        self.move(outreach, Happening.HELD, touch)

    def thank(self, talk: Talk, outreach: Outreach, *, hours: float = 5) -> None:
        talk.thanked_at = (talk.ended_at or talk.starts_at) + timedelta(hours=hours)
        touch = Touch(
            owner=self.cast.owner,
            contact=self.contact,
            outreach=outreach,
            talk=talk,
            kind=TouchKind.THANKS,
            direction=OUT,
            channel=Channel.EMAIL,
            mode=Mode.THANKS,
            at=talk.thanked_at,
            recorded_at=talk.thanked_at,
            subject="Thank you",
        )
        self.cast.add(touch)
        self.move(outreach, Happening.THANKED, touch)

    def reflect(self, talk: Talk) -> None:
        talk.reflected_at = (talk.ended_at or talk.starts_at) + timedelta(hours=2)
        drawn = random.Random(self.contact.name)  # of its own: the other stories stay as they are
        answers = {key: drawn.choice(pools.REFLECTIONS[key]) for key in QUESTIONS}
        talk.reflection = {key: text for key, text in answers.items() if text}

    def whole_talk(self, days: float) -> tuple[Outreach, Talk]:
        """Ask, agree, talk, thank, reflect: nothing left open."""
        outreach = self.ask(days + 12)
        self.answer(days + 10, outreach, Happening.SAID_YES, "Happy to. Thursday?")
        self.thank_you_for_time(days + 9, outreach)
        talk = self.talk(days, outreach)
        self.thank(talk, outreach)
        self.reflect(talk)
        return outreach, talk

    def name(self, days: float, *, leave: Leave, talk: Talk | None = None) -> Introduction:
        named = self.others.pop()
        row = Introduction(
            owner=self.cast.owner,
            giver=self.contact,
            about=named,
            name=named.name,
            detail=named.headline,
            leave=leave,
            given_at=self.cast.ago(days),
            leave_at=self.cast.ago(days) if leave == Leave.GIVEN else None,
            talk=talk,
        )
        return self.cast.add(row)  # type: ignore[no-any-return]
