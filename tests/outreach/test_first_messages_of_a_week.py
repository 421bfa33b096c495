"""The week's load: what is counted, what is refused and what the chart shows are the same letters."""

from __future__ import annotations

import pytest
from tests.outreach.conftest import utc

from askwell.outreach import actions, queries
from askwell.outreach.errors import Refused
from askwell.outreach.facts.seeker import first_messages_since
from askwell.rules.facts import Channel, Mode
from askwell.rules.modes import FIRST_MODES

MONDAY = utc(2026, 11, 2, 16, 0)
ANYWAY = dict.fromkeys(("P01", "M00", "T03", "K06"), "they know me")


def sent(contact, mode, **more):
    return actions.record_sent(
        contact, mode=mode, channel=Channel.EMAIL, at=MONDAY, now=MONDAY, overrides=ANYWAY, **more
    )


@pytest.mark.parametrize("mode", sorted(FIRST_MODES))
def test_a_first_message_of_any_kind_fills_the_week_and_stands_in_the_chart(lina, jane, kenji, mode):
    actions.change_seeker(lina, weekly_minutes=8, now=MONDAY)
    if mode in {Mode.INFORMATIONAL, Mode.LEAD}:
        actions.open_outreach(jane, purpose="explore", mode=mode, now=MONDAY)
    sent(jane, mode)
    assert first_messages_since(lina, utc(2026, 11, 2), now=MONDAY) == 1
    assert queries.weeks(lina, now=MONDAY)[-1].first_messages == 1
    with pytest.raises(Refused) as refused:
        actions.record_sent(
            kenji,
            mode=Mode.RECONNECT,
            channel=Channel.EMAIL,
            at=MONDAY,
            now=MONDAY,
            overrides=dict.fromkeys(("P01", "M00", "T03"), "they know me"),
        )
    assert [one.reason.text for one in refused.value.decision.refusals] == ["refuse.week_full"]


def test_thanks_never_fill_it(lina, jane):
    actions.record_thanks(jane, at=MONDAY, now=MONDAY)
    assert first_messages_since(lina, utc(2026, 11, 2), now=MONDAY) == 0
