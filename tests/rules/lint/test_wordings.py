"""Wordings: what counts as asking, as minutes, as an introduction; and what only looks like it."""

import pytest

from askwell.rules.facts import Mode
from askwell.rules.lint import Context, Medium, Message, guess_medium, lint


def codes(body, *, mode=Mode.INFORMATIONAL, subject="A question from Leeds"):
    return {
        each.code
        for each in lint(Message(subject=subject, body=f"Dear Jo,\n\n{body}\n\nAmara Osei"), mode=mode)
    }


ASKS = [
    "Do you have any openings?", "Is your team hiring?", "Please consider me for a role.", "Could you put in a good word for me?",
    "Would you refer me to HR?", "Could you forward my resume to your manager?", "I want to get a foot in the door at your firm.",
    "Please keep me in mind for future positions.", "Let me know if something opens up.", "Can you help me find a job?",
    "I would love to join your team.", "Would you hire me?", "Are there any vacancies at your company?", "I am looking for an internship with your lab.",
    "Might your group need someone like me?", "Could you get me an interview?", "Do you take on interns?", "I would be a great fit for your team.",
    "Could you give me an employee referral?", "Please don't hesitate to tell me of any job openings.", "Do you know of any open positions?",
    "I'd like to apply for a position at your firm.", "Could you connect me with the hiring manager?", "Is there any chance of a job?",
    "Would you be willing to pass my CV along?", "Please check on my application.",
]  # fmt: skip
NOT_ASKS = [
    "I am not asking for a job.", "I'm not looking for a job or a referral.", "I do not expect you to hire me.",
    "How did you get your job?", "What is the job of a nurse like?", "I liked your work interviewing patients.",
    "May I ask you for an informational interview?", "What does the hiring process look like from inside?",
    "You need not refer me to anyone.", "Your opening remarks made me laugh.", "I did an internship at Harbor Clinic.",
    "I work as an intern and like it.", "How do you hire for temperament?", "This is not a request to pass my CV along.",
    "I left my position at the bank.", "Could you refer me to a good book?", "What made you join your team?",
    "I am weighing two jobs.", "I'd like to understand what employers look for.", "The job market puzzles me.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", ASKS)
def test_asking_for_a_job_is_heard(sentence):
    assert "M01" in codes(sentence)


@pytest.mark.parametrize("sentence", NOT_ASKS)
def test_speaking_of_jobs_is_not_asking_for_one(sentence):
    assert "M01" not in codes(sentence)


MINUTES = [
    "20 minutes", "20-minute", "twenty minutes", "half an hour", "a half-hour", "a quarter of an hour", "15 to 20 min", "15-20 mins", "20–30 minutes",
    "twenty to thirty minutes", "20 or so minutes", "twenty-five minutes", "20 quick minutes", "½ hour", "20min", "a quarter-hour", "20 or 30 minutes",
]  # fmt: skip


@pytest.mark.parametrize("minutes", MINUTES)
def test_minutes_are_read_in_many_ways(minutes):
    assert "M03" not in codes(f"Could we talk for {minutes} some day?")


@pytest.mark.parametrize(
    "minutes",
    [
        "an hour",
        "45 minutes",
        "forty-five minutes",
        "30 to 45 minutes",
        "three quarters of an hour",
        "an hour or two",
        "1 hour",
    ],
)
def test_more_than_half_an_hour_is_too_much(minutes):
    assert "M03" in codes(f"Could we talk for {minutes} some day?")


@pytest.mark.parametrize(
    "other", ["I live 45 minutes away.", "Your 40-minute lecture was fun.", "It took 90 minutes by train."]
)
def test_minutes_that_measure_something_else_do_not_count(other):
    findings = lint(Message(subject="x y", body=f"Dear Jo,\n\n{other} Could we talk some day?"))
    assert "M03.missing" in {each.text for each in findings}


def test_half_an_hour_or_an_hour_is_within_the_limit():
    assert "M03" not in codes("Could we talk for half an hour, or an hour if you like?")


def test_a_question_by_mail_needs_no_minutes():
    assert "M03" not in codes("May I ask you two questions by e-mail?")


def test_a_subject_may_name_the_connection():
    assert "M05" not in codes("I am a nurse.", subject="Fellow Smith graduate")


def test_a_denied_second_request_is_none():
    assert "M08" not in codes("Could we talk for 20 minutes? I will not ask you to review my resume.")


def test_a_denied_attachment_is_none():
    assert "M11" not in codes("I have not attached my resume.")


BLURB = (
    "Maren Solheim is a nurse who is learning about clinical data and would be glad of 20 minutes by phone."
)


@pytest.mark.parametrize(
    "body",
    [
        f"Would you introduce me to Linh? Please ask her first.\n\n---\n{BLURB}\n---",
        f"Would you introduce me to Linh? Please ask her first.\n\n---\n{BLURB}",
        f"Would you introduce me to Linh? Please ask her first.\n\n> {BLURB}\n> Thank you.",
        f"Would you introduce me to Linh? Please ask her first.\n\n“{BLURB}”",
        f"Would you introduce me to Linh? Please ask her first. Here is a note:\n\n{BLURB}",
        f"Would you introduce me to Linh? Please ask her first. A note to forward is below.\n\nBest,\nMaren\n\n{BLURB} It would be very kind of you and I would be grateful indeed.",
        "Would you introduce me to Linh? Please ask her first. A note to forward is below.\n\nBest,\nMaren\n\nMaren Solheim is a nurse who is learning\nabout clinical data and would be glad\nof 20 minutes by phone.",
    ],
)  # fmt: skip
def test_a_note_to_forward_is_found_wherever_it_stands(body):
    assert "I01" not in {
        each.code
        for each in lint(Message(subject="Linh", body=f"Hi Bao,\n\n{body}"), mode=Mode.INTRO_REQUEST)
    }


def test_a_note_of_three_words_is_none():
    body = "Hi Bao,\n\nWould you introduce me to Linh? Please ask her first. Here is a note:\n\nMaren is nice.\n\nThanks,\nMaren"
    assert "I01.no_blurb" in {
        each.text for each in lint(Message(subject="Linh", body=body), mode=Mode.INTRO_REQUEST)
    }


def test_a_greeting_on_the_same_line_and_names_with_particles_are_read():
    for greeting in (
        "Hi Ana - thanks for",
        "Ana, we met at",
        "Ms. van der Berg:\nI",
        "Good morning Dr. Iqbal! I",
        "Bonjour Madame,\nI",
        "Estimada Ana:\nI",
    ):
        findings = lint(
            Message(subject="x", body=f"{greeting} the walk."), context=Context(channel=Medium.EMAIL)
        )
        assert "M16.no_greeting" not in {each.text for each in findings}


def test_a_sentence_is_no_greeting():
    for start in (
        "Thanks, that was kind.",
        "Hello and welcome to the long list of things I would like to say to you today",
    ):
        findings = lint(Message(subject="x", body=start), context=Context(channel=Medium.EMAIL))
        assert "M16.no_greeting" in {each.text for each in findings}


def test_thanks_in_the_middle_are_no_signature():
    body = "Dear Jo,\n\nMany thanks\nI would like to add one thing which is longer than any signature line that anybody has ever written: are you hiring?"
    assert "M01" in {each.code for each in lint(Message(subject="x", body=body))}


def test_a_postscript_is_read_too():
    assert "M01" in {
        each.code
        for each in lint(
            Message(subject="x", body="Dear Jo,\n\nHello.\n\nBest,\nAmara\n\nP.S. Are you hiring?")
        )
    }


def test_quoted_history_is_not_read():
    body = "Dear Jo,\n\nThank you.\n\nAmara\n\nOn Monday Jo wrote:\n> Are you hiring?\nIs your team hiring?"
    assert "M01" not in {each.code for each in lint(Message(subject="x", body=body))}


def test_no_letter_is_longer_than_we_read():
    body = "Dear Jo,\n\n" + "I like geese. " * 1450 + "Are you hiring?"
    assert {"M01", "M02"} & {each.code for each in lint(Message(subject="x", body=body))} == {"M02"}


def test_an_empty_message_says_only_that():
    assert [each.text for each in lint("")] == ["M02.empty"]


def test_scripts_without_spaces_are_counted_by_characters():
    assert "M02" in {
        each.code for each in lint("Subject: 質問\n\n" + "橋の検査について教えてください。" * 30)
    }


def test_few_words_are_taken_for_english_and_other_languages_get_one_hint():
    assert "M00" not in {each.code for each in lint("Hola")}
    assert [
        each.code
        for each in lint(
            "Tisztelt Uram, szeretnék tanácsot kérni arról, hogyan lehet hidakat vizsgálni és mit tanuljak."
        )
    ].count("M00") == 1


def test_the_medium_is_guessed_from_the_text():
    assert guess_medium(Message(body="Hello. Is this a good time to talk?")) is Medium.PHONE_SCRIPT
    assert guess_medium(Message(body="Hi Ana, we share a school.")) is Medium.LINKEDIN_NOTE
    assert guess_medium(Message(body="word " * 100)) is Medium.EMAIL
    assert guess_medium(Message(body="Hi", subject="")) is Medium.EMAIL


def test_a_text_whose_channel_is_unknown_needs_no_greeting():
    asks = "Would you tell me about bridges? " * 12
    assert "M16.no_greeting" not in {each.text for each in lint(asks)}
