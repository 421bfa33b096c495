"""What happened with the people of the sample network: one function a plot, each a believable history.

A plot adds rows to the cast; times are days before now.  ``CURRENT`` plots leave every kind of step
due today; ``PAST`` plots fill the two years before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from askwell.outreach.models import (
    Advice,
    Draft,
    Favor,
    Lead,
    Promise,
    Trial,
)
from askwell.outreach.sample import pools
from askwell.outreach.sample.story import IN, OUT, Story
from askwell.rules.facts import Channel, Happening, Leave, Mode, Purpose, TouchKind

Plot = Callable[[Story], None]
_A_MONTH = 30


# -- plots that leave something to do today ---------------------------------------------------------


def reply_waiting(story: Story) -> None:
    outreach = story.ask(5)
    story.answer(0.9, outreach, Happening.REPLIED, "Happy to help. What would you like to know first?")


def said_yes(story: Story) -> None:
    outreach = story.ask(6)
    story.answer(1.5, outreach, Happening.SAID_YES, "Gladly. Some time next week?")
    story.thank_you_for_time(1.2, outreach)


def talked_yesterday(story: Story) -> None:
    outreach = story.ask(9)
    story.answer(7, outreach, Happening.SAID_YES, "Yes, how about Monday?")
    story.thank_you_for_time(6, outreach)
    talk = story.talk(0.8, outreach)
    story.reflect(talk)
    story.name(0.75, leave=Leave.UNASKED, talk=talk)


def talked_unreflected(story: Story) -> None:
    outreach = story.ask(12)
    story.answer(9, outreach, Happening.SAID_YES, "With pleasure.")
    story.thank_you_for_time(8, outreach)
    talk = story.talk(0.9, outreach)
    story.thank(talk, outreach, hours=2)


def promise_open(story: Story) -> None:
    _outreach, talk = story.whole_talk(4)
    made = story.cast.ago(4)
    story.cast.add(
        Promise(
            owner=story.cast.owner,
            contact=story.contact,
            talk=talk,
            mine=True,
            text=story.cast.rng.choice(pools.PROMISES),
            made_at=made,
        )
    )


def advice_acted_on(story: Story) -> None:
    _outreach, talk = story.whole_talk(20)
    story.cast.add(
        Advice(
            owner=story.cast.owner,
            contact=story.contact,
            talk=talk,
            text=story.cast.rng.choice(pools.ADVICE),
            received_at=story.cast.ago(20),
            acted_at=story.cast.ago(6),
        )
    )


def named_someone(story: Story) -> None:
    _outreach, talk = story.whole_talk(3)
    story.name(2, leave=Leave.GIVEN, talk=talk)


def day_beside_someone(story: Story) -> None:
    _outreach, talk = story.whole_talk(12)
    days = {"on": story.cast.ago(1).date(), "noted_at": story.cast.ago(12)}
    kind = Trial.Kind.SHADOWING
    row = Trial(owner=story.cast.owner, contact=story.contact, talk=talk, kind=kind, **days)
    row.text = "A morning in receiving"
    story.cast.add(row)


def talk_tomorrow(story: Story) -> None:
    outreach = story.ask(9)
    story.answer(6, outreach, Happening.SAID_YES, "Let us talk this week.")
    story.thank_you_for_time(5, outreach)
    story.talk(-1.2, outreach, held=False)


def talk_just_over(story: Story) -> None:
    outreach = story.ask(8)
    story.answer(6, outreach, Happening.SAID_YES, "This morning works.")
    story.thank_you_for_time(5, outreach)
    talk = story.talk(0.2, outreach, held=False)
    talk.confirmed_at = talk.starts_at - timedelta(days=1)
    outreach.homework = {"profile": True, "site": True, "news": True, "common": True}


def lead_fresh(story: Story) -> None:
    _lead(story, heard=0.5)


def lead_acted(story: Story) -> None:
    _lead(story, heard=1.5, acted=0.6)


def lead_outcome(story: Story) -> None:
    _lead(story, heard=30, acted=29, thanked=29, outcome=4)


def _lead(
    story: Story,
    *,
    heard: float,
    acted: float | None = None,
    thanked: float | None = None,
    outcome: float | None = None,
) -> None:
    def at(days: float | None) -> datetime | None:
        return None if days is None else story.cast.ago(days)

    story.touch(heard, TouchKind.CALL, IN, channel=Channel.PHONE, answers=False)
    story.cast.add(
        Lead(
            owner=story.cast.owner,
            source=story.contact,
            title=story.cast.rng.choice(pools.LEAD_TITLES),
            heard_at=story.cast.ago(heard),
            acted_at=at(acted),
            source_thanked_at=at(thanked),
            outcome="They filled it from inside." if outcome else "",
            outcome_at=at(outcome),
        )
    )


def bounced(story: Story) -> None:
    outreach = story.ask(3)
    story.answer(3, outreach, Happening.BOUNCED, "550 no such user").answers = False


def silent_a_while(story: Story) -> None:
    story.ask(11)


def silent_since_days(story: Story) -> None:
    story.ask(4, purpose=Purpose.CONNECT)


def away(story: Story) -> None:
    outreach = story.ask(2)
    until = story.cast.ago(-6)
    touch = story.answer(2, outreach, Happening.AUTO_REPLIED, "I am away and back next week.", until=until)
    touch.answers = False


def check_in_due(story: Story) -> None:
    story.whole_talk(34)


def drafted(story: Story) -> None:
    outreach = story.outreach(2)
    story.cast.add(
        Draft(
            owner=story.cast.owner,
            contact=story.contact,
            outreach=outreach,
            mode=Mode.INFORMATIONAL,
            subject="Supply chains inside a hospital",
            body=f"Dear {story.contact.name},\n\n{outreach.hook}\n",
            updated_at=story.cast.ago(1),
        )
    )


CURRENT: tuple[tuple[Plot, int], ...] = (
    (reply_waiting, 1),
    (said_yes, 1),
    (talked_yesterday, 1),
    (talked_unreflected, 1),
    (promise_open, 1),
    (advice_acted_on, 1),
    (named_someone, 1),
    (talk_tomorrow, 1),
    (talk_just_over, 1),
    (lead_fresh, 1),
    (lead_acted, 1),
    (lead_outcome, 1),
    (bounced, 1),
    (silent_a_while, 1),
    (silent_since_days, 2),
    (away, 1),
    (check_in_due, 2),
    (drafted, 1),
    (day_beside_someone, 1),
)


# -- plots of the past two years -----------------------------------------------------------------------


def talked_long_ago(story: Story) -> None:
    days = story.cast.rng.randrange(60, 80)
    story.whole_talk(days)
    _check_in(story, days - 28)
    _check_in(story, story.cast.rng.randrange(5, 20))


def never_answered(story: Story) -> None:
    days = story.cast.rng.randrange(80, 500)
    outreach = story.ask(days)
    story.ask(days - 10, outreach=outreach)
    last = story.ask(days - 20, outreach=outreach)
    story.move(last, Happening.GAVE_UP, at=story.cast.ago(days - 32))


def declined(story: Story) -> None:
    days = story.cast.rng.randrange(30, 400)
    outreach = story.ask(days)
    touch = story.answer(days - 2, outreach, Happening.SAID_NO, "I am afraid I cannot this year.")
    touch.answers = False


def named_a_date(story: Story) -> None:
    outreach = story.ask(25)
    touch = story.answer(
        22, outreach, Happening.SAID_LATER, "After the new year, please.", until=story.cast.ago(-50)
    )
    touch.answers = False


def kept_up(story: Story) -> None:
    days = story.cast.rng.randrange(200, 700)
    story.whole_talk(days)
    keep_up(story, days)
    if story.cast.rng.random() < 0.5:
        story.cast.add(
            Favor(
                owner=story.cast.owner,
                contact=story.contact,
                kind=Favor.Kind.GIVE,
                text=story.cast.rng.choice(pools.FAVORS),
                at=story.cast.ago(days - 40),
            )
        )


def keep_up(story: Story, days: float) -> None:
    """Stay in touch since so many days ago; nothing where that is less than a month."""
    if days < _A_MONTH:
        return
    last = story.cast.rng.randrange(8, min(75, int(days) - 10))
    for gap in range(int(days) - 90, last + 40, -90):
        _check_in(story, gap)
    _check_in(story, last)


def wrote_once(story: Story) -> None:
    days = story.cast.rng.randrange(100, 720)
    story.touch(days, TouchKind.MESSAGE, OUT, channel=Channel.LINKEDIN, body="Good to be in touch again.")
    if story.cast.rng.random() < 0.6:
        story.touch(
            days - story.cast.rng.choice([0.3, 1, 2, 5]),
            TouchKind.REPLY,
            IN,
            channel=Channel.LINKEDIN,
            body="Likewise!",
            answers=False,
        )


def _check_in(story: Story, days: float) -> None:
    story.touch(days, TouchKind.CHECK_IN, OUT, mode=Mode.CHECK_IN, subject="What came of your advice")
    story.touch(days - 1, TouchKind.REPLY, IN, subject="Re: what came of your advice", answers=False)


PAST: Mapping[Plot, float] = {
    talked_long_ago: 0.02,
    never_answered: 0.06,
    declined: 0.02,
    named_a_date: 0.01,
    kept_up: 0.05,
    wrote_once: 0.35,
}
