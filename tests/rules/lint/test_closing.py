"""A letter that says "Kind regards," says whose."""

import pytest

from askwell.rules.facts import Mode
from askwell.rules.lint import Context, Medium, Message, Severity, explain, explain_fix, lint

LETTER = (
    "Dear Ms. Doe,\n\nPriya Raman suggested that I write to you. I am a nursing student at Smith. Your talk on "
    "triage in Leeds stayed with me.\n\nI would like to learn how you plan a ward. Would you have 20 minutes for a "
    "call on Tuesday at 10:00? I will fit around your schedule."
)
QUICK = "Hi Jane,\n\nTuesday at ten it is; I will ring you.\n\n{}"


def unsigned(body, *, mode=Mode.INFORMATIONAL, **known):
    message = Message(subject="A question from Leeds", body=body)
    found = lint(message, mode=mode, context=Context(**known))
    return next((each for each in found if each.text == "M16.unsigned"), None)


@pytest.mark.parametrize(
    "closing",
    [
        "Kind regards,",
        "Best wishes",
        "With kind regards,",
        "Yours sincerely,",
        "Sincerely,",
        "With thanks,",
        "Thanks,",
        "Mit freundlichen Grüßen",
        "Cordialement,",
        "Kind regards,\n\n--\n",
        "Kind regards,\n\nP.S. I read your book.\n",
    ],
)
def test_a_first_letter_without_a_name_under_its_closing_is_warned_about(closing):
    finding = unsigned(f"{LETTER}\n\n{closing}\n")
    assert (finding.code, finding.severity) == ("M16", Severity.WARNING)


@pytest.mark.parametrize(
    "end",
    [
        "Kind regards,\nAmara Osei",
        "Kind regards,\n\nAmara",
        "Kind regards, Amara",
        "Thanks,\nA.",
        "Amara Osei",
        "",
        "Best wishes for your move.\n\nAmara",
        "Kind regards\namara@osei.example",
        "Thank you for reading.",
        "Thanks!",
    ],
)
def test_whoever_signs_or_does_not_say_that_a_name_comes_is_left_alone(end):
    assert unsigned(f"{LETTER}\n\n{end}\n") is None


@pytest.mark.parametrize("closing", ["Thanks,", "Cheers,", "Best,", "Thank you again,"])
def test_a_quick_word_to_somebody_one_knows_may_end_with_thanks(closing):
    assert unsigned(QUICK.format(closing), mode=Mode.FOLLOW_UP) is None


def test_a_formal_closing_without_a_name_is_mentioned_in_a_later_letter():
    assert unsigned(QUICK.format("Kind regards,"), mode=Mode.FOLLOW_UP).severity is Severity.HINT


def test_where_the_name_stands_beside_the_message_none_is_missed():
    assert unsigned(QUICK.format("Kind regards,"), channel=Medium.DM) is None


def test_what_they_wrote_earlier_is_no_signature():
    assert unsigned(f"{LETTER}\n\nKind regards,\n\nOn 3 May 2024, Jane Doe wrote:\n> Kind regards,\n> Jane\n")


def test_the_place_is_that_of_the_closing_and_the_name_is_put_under_it():
    body = f"{LETTER}\n\nKind regards,\n"
    finding = unsigned(body, seeker="Amara Osei")
    assert body[finding.offset : finding.offset + finding.length] == "Kind regards,"
    assert explain(finding) == "No name stands under “Kind regards”. Sign with yours."
    assert explain_fix(finding.fix) == "Sign as Amara Osei"
    assert finding.fix.apply(body).endswith("Kind regards,\nAmara Osei\n")
    assert unsigned(finding.fix.apply(body)) is None
    assert unsigned(body).fix is None
