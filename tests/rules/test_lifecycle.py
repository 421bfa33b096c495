from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.errors import NotAllowedHere
from askwell.rules.facts import Happening as H  # noqa: N817
from askwell.rules.facts import State as S  # noqa: N817
from askwell.rules.lifecycle import (
    ENDED,
    HELPING,
    MOVES,
    SILENT,
    WAITED_FOR,
    advance,
    may_happen,
    mermaid,
)

happenings = st.sampled_from(list(H))
histories = st.lists(happenings, max_size=25)


def walk(history, start=S.PLANNED):
    """Take what the table allows and leave the rest."""
    state = start
    for happening in history:
        if happening in MOVES[state]:
            state = advance(state, happening)
    return state


def test_the_usual_way_leads_from_planned_to_in_touch():
    way = [
        H.MADE_READY,
        H.SENT,
        H.SENT,
        H.SAID_YES,
        H.SCHEDULED,
        H.RESCHEDULED,
        H.HELD,
        H.THANKED,
        H.CHECKED_IN,
    ]
    assert reduce(advance, way, S.PLANNED) is S.IN_TOUCH


def test_every_state_has_its_row_and_can_be_reached():
    assert set(MOVES) == set(S)
    reached = {target for row in MOVES.values() for target in row.values()}
    assert reached == set(S)


def test_every_happening_happens_somewhere():
    assert {happening for row in MOVES.values() for happening in row} == set(H)


@pytest.mark.parametrize(
    ("history", "state"),
    [
        ([H.MADE_READY, H.MADE_UNREADY], S.PLANNED),
        ([H.MADE_READY, H.SENT, H.BOUNCED], S.NEEDS_ADDRESS),
        ([H.MADE_READY, H.SENT, H.BOUNCED, H.ADDRESS_MENDED], S.READY),
        ([H.SENT, H.AUTO_REPLIED], S.PAUSED),
        ([H.SENT, H.AUTO_REPLIED, H.RESUMED], S.AWAITING_REPLY),
        ([H.SENT, H.SAID_LATER, H.RESUMED], S.PLANNED),
        ([H.SENT, H.GAVE_UP], S.CLOSED_NO_REPLY),
        ([H.SENT, H.GAVE_UP, H.HEARD_FROM], S.ARRANGING),
        ([H.SENT, H.GAVE_UP, H.INTRODUCED], S.PLANNED),
        ([H.SENT, H.SAID_NO, H.SAID_LATER], S.LATER),
        ([H.SENT, H.SAID_YES, H.SCHEDULED, H.CANCELLED], S.ARRANGING),
        ([H.SENT, H.SAID_YES, H.SCHEDULED, H.MISSED], S.ARRANGING),
        ([H.SENT, H.REDIRECTED], S.IN_TOUCH),
        ([H.SENT, H.WITHDREW], S.WITHDRAWN),
    ],
)
def test_side_ways_lead_where_the_rulebook_says(history, state):
    assert reduce(advance, history, S.PLANNED) is state


def test_a_move_not_in_the_table_raises_with_both_names():
    with pytest.raises(NotAllowedHere) as caught:
        advance(S.CLOSED_NO_REPLY, H.SENT)
    assert caught.value.state is S.CLOSED_NO_REPLY
    assert caught.value.happening is H.SENT


def test_only_their_word_or_an_introduction_opens_a_closed_one():
    ways_out = {happening for happening, target in MOVES[S.CLOSED_NO_REPLY].items() if target not in ENDED}
    assert ways_out == {H.HEARD_FROM, H.INTRODUCED}


def test_a_no_is_final_unless_they_name_a_later_date():
    ways_out = {happening for happening, target in MOVES[S.DECLINED].items() if target not in ENDED}
    assert ways_out == {H.SAID_LATER}


@given(st.sampled_from(list(S)), happenings)
def test_what_the_table_lacks_raises_and_changes_nothing(state, happening):
    before = {one: dict(row) for one, row in MOVES.items()}
    if happening in may_happen(state):
        assert advance(state, happening) in S
    else:
        with pytest.raises(NotAllowedHere):
            advance(state, happening)
    assert before == {one: dict(row) for one, row in MOVES.items()}


@given(histories)
def test_nothing_ever_leaves_do_not_contact(history):
    assert walk(history, S.DO_NOT_CONTACT) is S.DO_NOT_CONTACT


@given(histories)
def test_from_anywhere_one_word_forbids(history):
    assert advance(walk(history), H.FORBADE) is S.DO_NOT_CONTACT


@given(histories)
def test_a_closed_one_never_waits_for_an_answer_again_without_being_opened(history):
    state = S.CLOSED_NO_REPLY
    opened = False
    for happening in history:
        if happening in MOVES[state]:
            opened = opened or happening in {H.HEARD_FROM, H.INTRODUCED}
            state = advance(state, happening)
        if not opened:
            assert state in ENDED


def test_the_diagram_draws_every_move_that_moves():
    drawn = mermaid()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> planned\n")
    for state, row in MOVES.items():
        for happening, target in row.items():
            if target is not state:
                line = next(
                    line for line in drawn.splitlines() if line.startswith(f"    {state} --> {target}:")
                )
                assert happening in line


def test_whoever_is_silent_is_waited_for_and_does_not_help_yet():
    assert SILENT < WAITED_FOR
    assert not WAITED_FOR & (HELPING | ENDED)
    assert all(S.AWAITING_REPLY in (state, *MOVES[state].values()) for state in SILENT)
    assert all(H.REPLIED not in MOVES[state] or MOVES[state][H.REPLIED] is state for state in HELPING)
