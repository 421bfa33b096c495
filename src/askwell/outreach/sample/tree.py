"""Who led to whom in the sample: branches of two years, from three people one began with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.models import Advice, Introduction, Lead
from askwell.outreach.sample import pools
from askwell.outreach.sample.plots import keep_up
from askwell.outreach.sample.story import Story
from askwell.rules.facts import Happening, Leave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from askwell.outreach.models import Outreach, Talk
    from askwell.outreach.sample.network import Cast
    from askwell.people.models import Contact

# Who led to whom, by place in the list, with how many days ago: None for who stood at the beginning.
BRANCHES: tuple[tuple[int | None, int], ...] = (
    (None, 700),
    (0, 640),
    (None, 610),
    (0, 590),
    (1, 560),
    (2, 530),
    (4, 480),
    (None, 470),
    (4, 450),
    (3, 430),
    (5, 410),
    (6, 390),
    (7, 380),
    (6, 340),
    (10, 330),
    (12, 310),
    (11, 290),
    (8, 270),
    (14, 250),
    (15, 230),
    (16, 210),
    (9, 190),
    (18, 170),
    (15, 150),
    (20, 130),
    (22, 110),
    (20, 95),
    (19, 80),
    (24, 60),
    (25, 40),
    (23, 36),
    (24, 22),
    (28, 9),
    (27, 7),
)
_DECLINED, _ADVISED, _LEAD = 9, 3, 7  # of the list, whose turn it is to say no, advise, tell of an opening
_NOT_YET = 10  # days: named so lately that they were only written to


def grow(cast: Cast, people: Sequence[Contact]) -> None:
    """Let these people lead to one another, as many branches as there are people."""
    shape = BRANCHES[: len(people)]
    led = {parent for parent, _days in shape}
    talks: dict[int, Talk] = {}
    for place, ((parent, days), person) in enumerate(zip(shape, people, strict=False)):
        story = Story(cast=cast, contact=person, others=[])
        named = None if parent is None else _named(cast, people[parent], person, days, talks.get(parent))
        if named is not None and days < _NOT_YET:
            _written_to(story, days - 2, named)
        elif place % _DECLINED == _DECLINED - 1 and place not in led:
            outreach = _asked(story, days - 4, named)
            story.answer(
                days - 6, outreach, Happening.SAID_NO, "Not this season, I am sorry."
            ).answers = False
        else:
            talks[place] = _talked(story, max(days - 12, 3), named)
            _brought(story, place, max(days - 12, 3), talks[place])
            keep_up(story, max(days - 12, 3))


def _named(cast: Cast, giver: Contact, person: Contact, days: int, talk: Talk | None) -> Introduction:
    row = Introduction(
        owner=cast.owner,
        giver=giver,
        about=person,
        name=person.name,
        detail=person.headline,
        leave=Leave.GIVEN,
        given_at=cast.ago(days),
        leave_at=cast.ago(days),
        talk=talk,
    )
    loop = Advice(owner=cast.owner, contact=giver, talk=talk, introduction=row, text=person.name)
    loop.received_at = row.given_at
    if days >= _NOT_YET:
        loop.acted_at = loop.told_at = cast.ago(max(days - 14, 1.5))
    cast.add(row)
    cast.add(loop)
    return row


def _asked(story: Story, days: float, named: Introduction | None) -> Outreach:
    outreach = story.outreach(days)
    if named is not None:
        outreach.referrer = named.giver
        outreach.connection = f"{named.giver.name} gave me your name"
    return story.ask(days, outreach=outreach)


def _written_to(story: Story, days: float, named: Introduction) -> None:
    _asked(story, days, named)


def _talked(story: Story, days: float, named: Introduction | None) -> Talk:
    outreach = _asked(story, days + 8, named)
    story.answer(days + 6, outreach, Happening.SAID_YES, "With pleasure. Would Thursday suit you?")
    story.thank_you_for_time(days + 5, outreach)
    talk = story.talk(days, outreach)
    story.thank(talk, outreach)
    story.reflect(talk)
    return talk


def _brought(story: Story, place: int, days: float, talk: Talk) -> None:
    """What a talk brought besides names: advice that was followed, an opening that was told of."""
    cast, heard = story.cast, story.cast.ago(days)
    if place % _ADVISED == 0:
        row = Advice(owner=cast.owner, contact=story.contact, talk=talk, text=cast.rng.choice(pools.ADVICE))
        row.received_at, row.acted_at, row.told_at = heard, cast.ago(days * 0.8), cast.ago(days * 0.7)
        cast.add(row)
    if place % _LEAD == _LEAD - 1:
        cast.add(
            Lead(
                owner=cast.owner,
                source=story.contact,
                title=cast.rng.choice(pools.LEAD_TITLES),
                heard_at=heard,
                acted_at=cast.ago(days * 0.99),
                source_thanked_at=cast.ago(days * 0.98),
                outcome=cast.rng.choice(pools.OUTCOMES),
                outcome_at=cast.ago(days * 0.7),
                outcome_told_at=cast.ago(days * 0.69),
                closed_at=cast.ago(days * 0.69),
            )
        )
