"""Letters to whoever told of a lead, the call that follows up, and advice as it was jotted down."""

from dataclasses import replace

import pytest
from tests.rules.letters.test_drafts import AMARA, loud

from askwell.rules.facts import Mode, Occasion
from askwell.rules.letters import draft
from askwell.rules.letters.said import after_advised
from askwell.rules.lint import Context, Medium, Message, lint

PHONE = Medium.PHONE_SCRIPT


@pytest.mark.parametrize("variant", range(6))
def test_thanks_for_a_lead_name_it_and_promise_to_tell(variant):
    made = draft(AMARA, mode=Mode.THANKS, occasion=Occasion.LEAD_THANKS, variant=variant)
    assert "Data nurse" in made.body
    assert "Harbor Clinic" in made.body
    assert "I will write to the two clinics you named" in made.body
    assert not made.missing
    assert not loud(made, mode=Mode.THANKS, channel=Medium.EMAIL), made.body


@pytest.mark.parametrize("variant", range(6))
def test_thanks_for_a_lead_are_specific_also_before_one_knows_what_one_will_do(variant):
    facts = replace(AMARA, will_do="")
    made = draft(facts, mode=Mode.THANKS, occasion=Occasion.LEAD_THANKS, variant=variant)
    assert made.missing == ("will_do",)
    assert not loud(made, mode=Mode.THANKS, channel=Medium.EMAIL), made.body


@pytest.mark.parametrize("variant", range(6))
def test_what_came_of_a_lead_is_told_to_whoever_gave_it(variant):
    made = draft(AMARA, mode=Mode.CHECK_IN, occasion=Occasion.LEAD_TOLD, variant=variant)
    assert "came of it: an interview on Tuesday." in made.body
    assert "Thank you" in made.body
    assert not loud(made, mode=Mode.CHECK_IN, channel=Medium.EMAIL), made.body


def test_an_outcome_that_is_a_sentence_of_its_own_ends_once():
    made = draft(replace(AMARA, came="They took me on!"), mode=Mode.CHECK_IN, occasion=Occasion.LEAD_TOLD)
    assert "They took me on!" in made.body
    assert "!." not in made.body


def test_without_an_outcome_it_is_asked_for():
    made = draft(replace(AMARA, came=""), mode=Mode.CHECK_IN, occasion=Occasion.LEAD_TOLD)
    assert made.missing == ("came",)


@pytest.mark.parametrize("variant", range(6))
@pytest.mark.parametrize("dates", [("3 May",), ("3 May", "12 May")])
def test_a_second_try_by_telephone_has_words_of_its_own(variant, dates):
    made = draft(replace(AMARA, earlier_dates=dates), mode=Mode.FOLLOW_UP, channel=PHONE, variant=variant)
    assert "better time to call" in made.body or "at a better time" in made.body
    assert dates[-1] in made.body
    assert "health economics" in made.body
    assert "Dear" not in made.body
    assert not made.subject
    assert not loud(made, mode=Mode.FOLLOW_UP, channel=PHONE), made.body


def codes(text):
    known = Context(channel=PHONE, given="Jane", family="Doe")
    return {
        found.code for found in lint(Message(subject=None, body=text), mode=Mode.FOLLOW_UP, context=known)
    }


GOOD_CALL = """Hello, my name is Amara Osei. Is this a good time, or is there a better time to call?

I wrote to you on 3 May with a question about health economics, and thought that a call might be easier.

Might you have twenty minutes for a talk, on a day that suits you?

If you would rather not, I quite understand. Thank you for your time.
"""
BAD_CALL = """Hello Jane, you did not answer my mail of 3 May.

I need a job in your department. Please call me back today, as soon as possible.
"""


def test_the_lint_tells_a_good_call_from_a_bad_one():
    assert not codes(GOOD_CALL)
    assert {"M01", "M13"} <= codes(BAD_CALL)


def test_a_call_may_be_longer_than_a_note_yet_not_a_speech():
    known = Context(channel=PHONE, given="Jane", family="Doe")
    speech = GOOD_CALL + "I could tell you more about that and about the ward I come from. " * 5
    said = lint(Message(subject=None, body=speech), mode=Mode.FOLLOW_UP, context=known)
    assert [found.params["limit"] for found in said if found.text == "M17.long"] == [95]
    written = lint(
        Message(subject=None, body=speech), mode=Mode.FOLLOW_UP, context=Context(channel=Medium.EMAIL)
    )
    assert [found.params["limit"] for found in written if found.text == "M17.long"] == [60]


@pytest.mark.parametrize(
    ("jotted", "said"),
    [
        ("to sit in on a ward round.", "to sit in on a ward round"),
        ("To read it first", "to read it first"),
        ("not to hurry", "not to hurry"),
        ("Read it.", "this: “Read it”"),
        ("“Nights are quieter”", "this: “Nights are quieter”"),
        (" . ", ""),
        ("", ""),
    ],
)
def test_advice_is_cited_where_it_does_not_go_on_from_you_advised_me(jotted, said):
    assert after_advised(jotted) == said


def test_a_letter_about_advice_typed_as_a_command_reads_well():
    made = draft(replace(AMARA, advice="Read it."), mode=Mode.CHECK_IN, occasion=Occasion.CLOSE_LOOP)
    assert "You advised me this: “Read it”. I did so last week" in made.body
