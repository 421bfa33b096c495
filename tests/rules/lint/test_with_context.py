"""What the lint says when the product knows more than the text."""

import pytest

from askwell.rules.facts import Leave, Mode
from askwell.rules.lint import (
    Context,
    LintParameters,
    Medium,
    Message,
    Part,
    explain,
    explain_fix,
    lint,
    parse_message,
)

LETTER = """Dear {greeted},

Priya Raman suggested that I write to you. I am a nursing student at Smith. Your talk on triage in Leeds stayed with me.

I would like to learn how you plan a ward. Would you have {minutes} for a call on {when}? I will fit around your schedule.

Kind regards,
Amara Osei
"""


def letter(
    *, greeted="Ms. Doe", minutes="20 minutes", when="Tuesday at 10:00", subject="A question from Leeds"
):
    return Message(subject=subject, body=LETTER.format(greeted=greeted, minutes=minutes, when=when))


def found(message, *, mode=Mode.INFORMATIONAL, parameters=None, **known):
    return {
        each.text: each for each in lint(message, mode=mode, context=Context(**known), parameters=parameters)
    }


def test_a_letter_to_the_right_person_is_clean():
    assert not found(letter(), given="Jane", family="Doe")


def test_a_greeting_for_someone_else_is_pointed_at_and_mended():
    message = letter(greeted="Ms. Roe")
    finding = found(message, given="Jane", family="Doe")["M16.other_name"]
    assert message.body[finding.offset : finding.offset + finding.length] == "Ms. Roe"
    assert explain(finding) == "You greet Ms. Roe; this goes to Jane Doe."
    assert finding.fix.apply(message.body).startswith("Dear Jane Doe,")
    assert explain_fix(finding.fix) == "Write to Jane Doe"


@pytest.mark.parametrize("greeted", ["Jane", "Jane Doe", "Dr. Doe", "J. Doe", "Janey"])
def test_any_part_of_the_right_name_will_do(greeted):
    assert not found(letter(greeted=greeted), given="Jane", family="Doe")


@pytest.mark.parametrize(
    ("greeted", "given", "family"),
    [
        ("Ms. van der Berg", "Ilse", "van der Berg"),
        ("Nguyễn", "Thảo", "Nguyễn"),
        ("O'Callaghan", "Seán", "O’Callaghan"),
    ],
)
def test_names_of_many_languages_are_recognised(greeted, given, family):
    assert not found(letter(greeted=greeted), given=given, family=family)


def test_a_senior_stranger_is_not_greeted_by_first_name():
    finding = found(letter(greeted="Jane"), given="Jane", family="Doe", senior_stranger=True)[
        "M16.first_name"
    ]
    assert finding.fix.apply(letter(greeted="Jane").body).startswith("Dear Jane Doe,")


def test_dear_sir_or_madam_becomes_a_name_where_one_is_known():
    message = letter(greeted="Sir or Madam")
    assert (
        found(message, given="Jane", family="Doe")["M16.to_no_one"]
        .fix.apply(message.body)
        .startswith("Dear Jane Doe,")
    )
    assert found(message)["M16.to_no_one"].fix is None


def test_a_name_never_filled_in_is_a_placeholder():
    message = letter(greeted="Name")
    assert found(message)["M16.placeholder"].fix is None
    assert found(message, given="Jane")["M16.placeholder"].fix.apply(message.body).startswith("Dear Jane,")
    assert "M16.placeholder" in found(Message(subject="Leeds", body="Hi ,\n\nAre you well?"), given="Jane")


def test_a_referrer_without_leave_is_not_named():
    finding = found(letter(), referrer="Priya Raman", leave=Leave.ASKED)["M10.no_leave"]
    assert letter().body[finding.offset :].startswith("Priya Raman")
    assert "M10.no_leave" in found(letter(subject="Ana Ruiz sent me"), referrer="Ana Ruiz")
    assert not found(letter(), referrer="Ana Ruiz", leave=Leave.REFUSED)


def test_a_referrer_with_leave_stands_in_the_first_line():
    assert not found(letter(), referrer="Priya Raman", leave=Leave.GIVEN)
    late = Message(
        subject="Leeds",
        body=letter()
        .body.replace("a nursing student", "a student")
        .replace("Kind", "Ana Ruiz says hello.\n\nKind"),
    )
    assert "I02.late" in found(late, referrer="Ana Ruiz", leave=Leave.GIVEN)
    assert "I02.not_named" in found(letter(), referrer="Ana Ruiz", leave=Leave.GIVEN)


def test_the_hook_of_the_homework_settles_the_research():
    body = letter().body.replace(
        "Your talk on triage in Leeds stayed with me.", "Triage and wards interest me."
    )
    bland = Message(
        subject="A question from Leeds", body=body.replace("how you plan a ward", "what the work is like")
    )
    assert "M06.missing" in found(bland)
    assert not found(bland, hook="Jane's book about triage wards")
    assert (
        explain(found(bland, hook="Her dancing bears")["M06.missing_known"])
        == "Lean on your homework: “Her dancing bears”."
    )


def test_two_people_never_get_the_same_text():
    other = letter(greeted="Mr. Abara").body.replace("Leeds", "Bath")
    assert (
        found(letter(), previous=("Something quite different.", other))["M06.same_text"].params["percent"]
        >= 90
    )
    assert not found(letter(), previous=("Dear Mr. Abara,\n\nWe have not met.",))


def test_an_attached_file_is_too_much_for_a_first_message():
    assert (
        explain(found(letter(), attachments=("cv.pdf",))["M11.file"])
        == "Attach nothing to a first message (cv.pdf)."
    )
    assert not found(letter(), attachments=("cv.pdf",), is_first=False)


def test_a_resume_they_asked_for_may_be_sent():
    thanks = Message(
        subject="Thanks",
        body="Dear Jo,\n\nThank you for the story about the geese. I will walk there on Sunday. I have attached my resume.\n\nAmara",
    )
    assert "D02.attached" in found(thanks, mode=Mode.THANKS)
    assert not found(thanks, mode=Mode.THANKS, resume_requested=True)


def test_many_recipients_are_a_mass_mailing():
    assert explain(found(letter(), recipients=3)["M18.many"]).startswith("3 recipients.")


def test_a_confidential_search_asks_for_discretion_and_avoids_the_employer():
    assert set(found(letter(), confidential=True, at_guarded_employer=True)) == {
        "M19.no_line",
        "M19.employer",
    }


def test_clock_times_name_whose_clock_where_zones_differ():
    finding = found(letter(), zones_differ=True)["M09.zone"]
    assert letter().body[finding.offset :].startswith("10:00")
    assert not found(letter(when="Tuesday at 10:00 GMT"), zones_differ=True)
    assert not found(letter(when="some Tuesday"), zones_differ=True)


def test_a_hiring_manager_in_lead_mode_is_not_asked_for_openings():
    lead = Message(
        subject="Harbor Clinic",
        body="Dear Jo,\n\nAna told me about Harbor Clinic. I am a nurse. Are there any openings on your team? Could we talk for 20 minutes any day?\n\nAmara",
    )
    assert "M01.job_ask" in found(lead, mode=Mode.LEAD, hiring_manager=True)
    assert not found(lead, mode=Mode.LEAD)


def test_after_a_talk_advice_towards_an_internship_is_welcome():
    closing = "Talking with you has certainly confirmed my interest in banking. What steps would you recommend that I take next to explore a possible summer internship with your firm?"
    thanks = Message(subject="Thank you", body=f"Dear Jo,\n\nThank you. {closing}\n\nAmara")
    assert not [each for each in lint(thanks, mode=Mode.THANKS) if each.severity != "hint"]
    assert "M01.job_ask" in found(thanks)


def test_looking_for_work_is_only_hinted_at():
    message = Message(
        subject="A question from Leeds",
        body=letter().body.replace(
            "I am a nursing student", "I am looking for a job, and am a nursing student"
        ),
    )
    assert found(message)["M01.looking"].severity == "hint"


def test_a_follow_up_is_shorter_than_the_first_message():
    text = "Dear Jo,\n\nSince then I have read your paper on geese. Would 20 minutes be possible?\n\nAmara"
    message = Message(subject="Re: Geese", body=text)
    assert "M17.not_shorter" in found(message, mode=Mode.FOLLOW_UP, earlier=("Short first note.",))
    assert "M17.no_reason" in found(message, mode=Mode.FOLLOW_UP, earlier=(text,))


def test_a_new_thread_is_joined_to_the_old_one():
    message = Message(
        subject="Geese",
        body="Dear Jo,\n\nSince then I have read your paper on geese. Would 20 minutes be possible?\n\nAmara",
    )
    finding = found(message, mode=Mode.FOLLOW_UP)["M17.new_thread"]
    assert finding.part is Part.SUBJECT
    assert finding.fix.apply("Geese") == "Re: Geese"


def test_an_hour_becomes_twenty_minutes():
    message = letter(minutes="an hour")
    finding = found(message)["M03.too_long"]
    assert "Would you have 20 minutes for a call" in finding.fix.apply(message.body)
    assert found(letter(minutes="a 60-minute slot"))["M03.too_long"].fix is None


def test_the_numbers_can_be_changed():
    assert "M03.too_long" in found(letter(), parameters=LintParameters(minutes_high=15))


def test_a_fix_in_a_file_counts_in_the_file():
    text = "Subject: A question from Leeds\n\n" + LETTER.format(
        greeted="Ms. Doe", minutes="an hour", when="Tuesday"
    )
    finding = next(each for each in lint(text) if each.text == "M03.too_long")
    assert (finding.line, finding.col) == (7, 59)
    assert "20 minutes" in finding.fix.apply(text)


def test_the_medium_decides_about_subject_and_length():
    assert found(Message(body="Hi Ana, nice."), channel=Medium.EMAIL)["M12.none"].severity == "error"
    long_note = Message(body=f"Hi Ana, {'we share a school. ' * 13}")
    assert found(long_note, channel=Medium.LINKEDIN_NOTE)["M02.characters"].severity == "warning"
    assert found(Message(body="word " * 200), channel=Medium.DM)["M02.characters"].severity == "warning"


def test_headers_of_a_text_file_are_read():
    message = parse_message(
        '\ufeffTo: "Doe, Jane" <jane@example.com>\nCc: bo@example.com\nAttachments: cv.pdf, notes\n**Subject:** Hi\n\nBody'
    )
    assert message.recipients == ('"Doe, Jane" <jane@example.com>', "bo@example.com")
    assert (message.subject, message.attachments, message.body.strip()) == ("Hi", ("cv.pdf", "notes"), "Body")


def test_a_line_that_only_looks_like_a_header_stays_in_the_body():
    assert parse_message("Date: we met in May.").body == "Date: we met in May."


def test_front_matter_of_markdown_is_read():
    message = parse_message("---\nSubject: A question\n---\nHi Ana,", "md")
    assert (message.subject, message.body) == ("A question", "Hi Ana,")
    assert parse_message("# Subject: A question\n\nHi", "md").subject == "A question"
