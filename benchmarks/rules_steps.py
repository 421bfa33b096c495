"""How many relationships a second the rules derive steps for.

    python benchmarks/rules_steps.py [RELATIONSHIPS] [ROUNDS]

Two crowds: everyone busy (talks, promises, outreach under way), and the usual address book, where one in ten
is.  The median of the rounds counts; the first round fills the caches and is told apart.
"""

import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

from askwell.rules.facts import (
    Calendar,
    History,
    LoopFacts,
    OutreachFacts,
    PromiseFacts,
    Relationship,
    State,
    TalkFacts,
    TalkState,
)
from askwell.rules.presets import PRESETS
from askwell.rules.ranking import Candidate, Stage, rank
from askwell.rules.steps import steps_for

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC")
STATES = (State.AWAITING_REPLY, State.IN_TOUCH, State.ARRANGING, State.CLOSED_NO_REPLY, State.READY)


def moment(chance):
    return NOW - timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))


def busy(contact, chance):
    past = moment(chance)
    talks = (
        TalkFacts(id=contact, state=TalkState.HELD, starts_at=past, thanked_at=chance.choice((None, past))),
        TalkFacts(
            id=contact + 10**6,
            state=TalkState.SCHEDULED,
            starts_at=NOW + timedelta(days=chance.randrange(20)),
        ),
    )
    return Relationship(
        contact=contact,
        calendar=Calendar(zone=chance.choice(ZONES), zone_known=True),
        history=History(last_out_at=past, last_talk_at=past, reply_owed_since=chance.choice((None, past))),
        outreaches=(OutreachFacts(id=contact, state=chance.choice(STATES), sent=(past,), opened_at=past),),
        talks=talks[: chance.randrange(3)],
        promises=(PromiseFacts(id=contact, mine=True, made_at=past),) * chance.randrange(2),
        loops=(LoopFacts(id=contact, received_at=past),) * chance.randrange(2),
    )


def quiet(contact, chance):
    calendar = Calendar(zone=chance.choice(ZONES), zone_known=True)
    return Relationship(contact=contact, calendar=calendar, history=History(last_in_at=moment(chance)))


def measure(name, people, rounds):
    preset, rates, count = PRESETS["askwell"], [], 0
    for _ in range(rounds + 1):
        start = time.perf_counter()
        count = sum(len(steps_for(one, preset=preset, now=NOW)) for one in people)
        rates.append(len(people) / (time.perf_counter() - start))
    print(f"{name}: {count} steps of {len(people)} relationships")
    print(f"  first round {rates[0]:10,.0f} a second")
    print(f"  median      {statistics.median(rates[1:]):10,.0f} a second")


def measure_ranking(people, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        rank(people, stage=Stage.EXPLORING, now=NOW, slots=10)
        times.append(time.perf_counter() - start)
    print(f"ranking: {len(people) / statistics.median(times):,.0f} people a second, median")


def main(size=30_000, rounds=5):
    chance = random.Random(1)
    measure("everyone busy", [busy(n, chance) for n in range(size)], rounds)
    measure("one in ten busy", [(busy if n % 10 == 0 else quiet)(n, chance) for n in range(size)], rounds)
    measure_ranking(
        [
            Candidate(contact=n, title_match=chance.random(), last_touch_at=moment(chance))
            for n in range(size)
        ],
        rounds,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
