"""Drafts from facts: honest, complete, clean, and never with a placeholder."""

import itertools
from dataclasses import fields, replace
from string import Formatter

import pytest

from askwell.rules.facts import Connection, Leave, Mode, Occasion, Purpose
from askwell.rules.letters import Address, LetterFacts, draft, question
from askwell.rules.letters.templates import PHRASINGS, QUESTIONS
from askwell.rules.lint import Context, Medium, Message, Severity, lint

AMARA = LetterFacts(
    given="Jane", family="Doe", prefix="Dr.", connection=Connection.REFERRER, connection_name="Priya Raman", leave=Leave.GIVEN,
    hook="your talk on triage in Leeds", hook_short="your Leeds triage talk", seeker="Amara Osei",
    who="a second-year nursing student at Smith", who_short="a nursing student", role="clinical data analyst",
    field="health economics", resume="my resume (two pages)", windows=("Tuesday 3 May, 10:00 to 12:00", "Thursday 5 May after 15:00"),
    earlier_subject="Priya Raman suggested I write", earlier_dates=("3 May",), news="I have read your paper on waiting times",
    learnt="reading the protocol first", will_do="write to the two clinics you named", my_promise="here is the reading list",
    their_offer="to put me in touch with Ana Ruiz", advice="to sit in on a ward round",
    outcome="did so last week and now plan to take the course", lead="the opening for a data nurse at Harbor Clinic",
    lead_source="Ana Ruiz", heard="the opening “Data nurse” at Harbor Clinic", came="an interview on Tuesday", past="our two years on the Harbor project", reason="I am moving into health economics",
    event="the Leeds nursing fair", said="night shifts", resource="this article on triage: https://example.com/triage",
    question="Would you choose the same ward again?", introduce_to="Ana Ruiz", introduce_why="how the team plans night shifts",
    talk_when="Tuesday 10 May at 10:00", talk_how="by phone, at 555 0100",
)  # fmt: skip
NAMES = {
    Connection.REFERRER: "Priya Raman", Connection.SCHOOL: "Smith College", Connection.EMPLOYER: "Harbor Clinic",
    Connection.GROUP: "the Leeds Nurses' Circle", Connection.MET_AT: "the Leeds nursing fair",
    Connection.ARTICLE: "article on triage", Connection.DIRECTORY: "the Alumni Career Network",
}  # fmt: skip
VARIANTS = range(12)


def loud(made, *, mode, channel, confidential=False):
    message = Message(subject=made.subject if channel is Medium.EMAIL else None, body=made.body)
    known = Context(channel=channel, confidential=confidential, given="Jane", family="Doe")
    return [each for each in lint(message, mode=mode, context=known) if each.severity is not Severity.HINT]


@pytest.mark.parametrize("channel", Medium)
@pytest.mark.parametrize("mode", Mode)
def test_every_mode_channel_and_phrasing_passes_the_lint(mode, channel):
    for variant in VARIANTS:
        made = draft(AMARA, mode=mode, channel=channel, variant=variant)
        assert not made.missing
        assert not loud(made, mode=mode, channel=channel), made.body


@pytest.mark.parametrize("channel", Medium)
@pytest.mark.parametrize("connection", Connection)
def test_every_connection_passes_the_lint_for_every_purpose_and_greeting(connection, channel):
    every = itertools.product(enumerate(Purpose), enumerate(Address), (False, True))
    for (turn, purpose), (other, address), confidential in every:
        # So turned that each wording meets every purpose and greeting, with discretion and without.
        variant = (turn + other + 2 * confidential) % 4
        facts = replace(
            AMARA,
            connection=connection,
            connection_name=NAMES[connection],
            purpose=purpose,
            address=address,
            confidential=confidential,
        )
        made = draft(facts, mode=Mode.INFORMATIONAL, channel=channel, variant=variant)
        assert not loud(made, mode=Mode.INFORMATIONAL, channel=channel, confidential=confidential), made.body


@pytest.mark.parametrize("occasion", Occasion)
def test_every_note_around_a_talk_passes_the_lint(occasion):
    for variant in VARIANTS:
        made = draft(AMARA, mode=Mode.CHECK_IN, variant=variant, occasion=occasion)
        assert not made.missing
        assert not loud(made, mode=Mode.CHECK_IN, channel=Medium.EMAIL), made.body


@pytest.mark.parametrize("occasion", [Occasion.CONFIRM, Occasion.RESCHEDULE, Occasion.CANCEL])
@pytest.mark.parametrize("variant", range(3))
def test_a_long_day_in_a_far_city_leaves_no_note_without_a_subject(occasion, variant):
    facts = replace(AMARA, talk_when="Wednesday 30 September, 10:30 (Argentina, ComodRivadavia)")
    assert draft(facts, mode=Mode.CHECK_IN, occasion=occasion, variant=variant).subject


@pytest.mark.parametrize("mode", Mode)
def test_a_confidential_search_asks_for_discretion_in_every_first_letter(mode):
    made = draft(replace(AMARA, confidential=True), mode=mode)
    assert not loud(made, mode=mode, channel=Medium.EMAIL, confidential=True), made.body


def test_the_first_letter_reads_as_a_person_would_write_it():
    made = draft(AMARA, mode=Mode.INFORMATIONAL)
    assert made.subject == "Priya Raman suggested I write"
    assert made.body.startswith(
        "Dear Jane Doe,\n\nPriya Raman suggested that I write to you. I am a second-year nursing student at Smith."
    )
    assert made.body.endswith("Kind regards,\nAmara Osei\n")


KNOWN_OF_ONESELF = ("seeker", "who", "field", "role")


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_request_for_an_introduction_always_has_something_to_forward(variant):
    for known in range(2 ** len(KNOWN_OF_ONESELF)):
        left = [each for place, each in enumerate(KNOWN_OF_ONESELF) if known >> place & 1]
        facts = LetterFacts(given="Jane", family="Doe", **{each: getattr(AMARA, each) for each in left})
        made = draft(facts, mode=Mode.INTRO_REQUEST, variant=variant)
        announced = "forward as it is:" in made.body or "to forward:" in made.body
        assert announced == bool({"field", "role"} & set(left)), made.body
        if announced and {"who", "seeker"} <= set(left):
            assert not loud(made, mode=Mode.INTRO_REQUEST, channel=Medium.EMAIL), made.body
        assert {"introduce_to", "introduce_why"} <= set(made.missing)


def test_the_note_to_forward_says_who_asks_and_for_what():
    made = draft(replace(AMARA, introduce_to="", introduce_why=""), mode=Mode.INTRO_REQUEST)
    assert made.subject == "Do you know someone in health economics?"
    assert (
        "\n\nHere is a note you can forward as it is:\n\nAmara Osei is a second-year nursing student at Smith and"
        " would like to learn how people in health economics work. Amara Osei asks for 20 minutes by phone,"
        in made.body
    )


def test_a_letter_ends_with_the_signature_and_else_with_the_name():
    signed = replace(AMARA, signature="Amara Osei\nSmith College, nursing")
    for mode in Mode:
        made = draft(signed, mode=mode)
        assert made.body.endswith(",\nAmara Osei\nSmith College, nursing\n")
        assert not loud(made, mode=mode, channel=Medium.EMAIL), made.body


def test_a_letter_without_a_name_asks_for_one():
    made = draft(replace(AMARA, seeker=""), mode=Mode.FOLLOW_UP)
    assert made.missing == ("seeker",)
    assert draft(replace(AMARA, seeker="", signature="Amara"), mode=Mode.FOLLOW_UP).missing == ()


def test_the_greeting_is_as_the_user_chose_and_guesses_no_gender():
    greetings = [
        draft(replace(AMARA, address=address), mode=Mode.THANKS).body.split(",")[0] for address in Address
    ]
    assert greetings == ["Dear Jane Doe", "Dear Dr. Doe", "Hi Jane"]
    assert draft(replace(AMARA, family=""), mode=Mode.THANKS).body.startswith("Dear Jane,")


def test_two_people_get_different_texts():
    bodies = {draft(AMARA, mode=Mode.INFORMATIONAL, variant=variant).body for variant in VARIANTS}
    assert len(bodies) == len(VARIANTS)


def test_a_second_person_with_another_phrasing_is_not_the_same_text():
    first = draft(AMARA, mode=Mode.INFORMATIONAL, variant=0)
    second = draft(
        replace(AMARA, given="Kofi", family="Abara", hook="your column on queues"),
        mode=Mode.INFORMATIONAL,
        variant=1,
    )
    known = Context(channel=Medium.EMAIL, previous=(first.body,))
    assert "M06.same_text" not in {
        each.text for each in lint(Message(subject=second.subject, body=second.body), context=known)
    }


def test_a_referrer_who_gave_no_leave_is_not_named():
    made = draft(replace(AMARA, leave=Leave.ASKED), mode=Mode.INFORMATIONAL)
    assert "Priya" not in made.body + made.subject
    assert made.missing == ("leave",)
    assert question("leave") == "May you use the name of the person who referred you? Ask first."


@pytest.mark.parametrize("channel", Medium)
@pytest.mark.parametrize("what", [*Mode, *Occasion])
def test_unknown_facts_are_left_out_and_asked_for(what, channel):
    mode, occasion = (Mode.CHECK_IN, what) if isinstance(what, Occasion) else (what, None)
    made = draft(LetterFacts(), mode=mode, channel=channel, occasion=occasion)
    assert made.missing
    assert all(question(key).endswith(("?", ".")) for key in made.missing)
    assert not any(mark in made.body + made.subject for mark in "{}[]_")


@pytest.mark.parametrize(
    "name", [each.name for each in fields(LetterFacts) if type(getattr(AMARA, each.name)) is str]
)
def test_without_any_one_fact_a_draft_still_holds_no_placeholder(name):
    for mode in Mode:
        made = draft(replace(AMARA, **{name: ""}), mode=mode)
        assert not any(mark in made.body + made.subject for mark in "{}[]_")


def test_a_note_fits_its_characters_by_leaving_out_what_is_too_long():
    wordy = replace(
        AMARA,
        hook_short="your long and careful account of the third night of the flood in Leeds",
        who_short="a student of nursing, economics and statistics in my second year",
    )
    made = draft(wordy, mode=Mode.INFORMATIONAL, channel=Medium.LINKEDIN_NOTE)
    assert len(made.body) <= 200
    assert "hook_short" in made.missing
    endless = replace(
        wordy, connection_name="The Society of " + "Very " * 40 + "Old Nurses", connection=Connection.GROUP
    )
    assert {"hook_short", "who_short"} <= set(
        draft(endless, mode=Mode.INFORMATIONAL, channel=Medium.LINKEDIN_NOTE).missing
    )


def test_a_second_follow_up_says_it_is_the_last():
    made = draft(replace(AMARA, earlier_dates=("3 May", "12 May")), mode=Mode.FOLLOW_UP)
    assert "12 May" in made.body
    assert "let this rest" in made.body


def test_one_wording_of_every_first_letter_says_that_no_job_is_asked_for():
    for purpose in Purpose:
        made = [
            draft(replace(AMARA, purpose=purpose), mode=Mode.INFORMATIONAL, variant=variant).body
            for variant in VARIANTS
        ]
        assert any("not asking for a job" in body for body in made)


def test_on_the_telephone_one_asks_first_whether_it_is_a_good_time():
    for variant in VARIANTS:
        made = draft(AMARA, mode=Mode.INFORMATIONAL, channel=Medium.PHONE_SCRIPT, variant=variant)
        first = made.body.split("?")[0]
        assert "Amara Osei" in first
        assert "a good time" in first or "two minutes now" in first


def test_a_hook_that_is_a_sentence_stands_by_itself():
    made = draft(replace(AMARA, hook="Your talk on triage changed our ward."), mode=Mode.INFORMATIONAL)
    assert " Your talk on triage changed our ward.\n" in made.body


def test_fewer_windows_and_vowels_read_well():
    made = draft(replace(AMARA, windows=("Tuesday",), role="analyst"), mode=Mode.INFORMATIONAL)
    assert "Tuesday would suit me" in made.body
    assert "become an analyst" in made.body
    assert "become a UX designer" in draft(replace(AMARA, role="UX designer"), mode=Mode.INFORMATIONAL).body
    assert "whatever suits you" not in draft(replace(AMARA, windows=()), mode=Mode.INFORMATIONAL).body


def test_every_fact_a_sentence_may_lack_has_its_question():
    derived = {"a_role": "role", "windows_or": "windows", "ask_them": "introduce_why"}
    optional = {"loop_name", "loop_came", "my_promise", "their_offer", "prefix", "organization", "job"}
    used = {
        name
        for texts in PHRASINGS.values()
        for text in texts
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    assert {derived.get(name, name) for name in used} - optional <= set(QUESTIONS)
