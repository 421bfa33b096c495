"""Placeholders are always caught, and ordinary brackets never."""

import pytest

from askwell.rules.lint import Message, lint

LEFT_IN = (
    """
Dear [Name],|Dear {name},|Hi {{first_name}},|Dear <NAME>,|Dear <First Name>,|Dear «Name»,|Hi *|FNAME|*,|Hi %FIRSTNAME%,|Hi ${name},
I work at [Company].|I read [insert article here].|I met (his/her) team.|My name is ____.|I am a _____(year) student.|I liked [your project].
I enjoyed your (insert talk).|In the week of XX May.|I follow COMPANY NAME.|We met at TBD.|Lorem ipsum dolor.|Dear Mr./Ms. Reyes,|I am [X] years old.
We met in 20XX.|I like [the thing they made].|Dear Recipient,|Dear ...,|Write to FIRST_NAME.|I study (major) at Smith.|I know [ ] well.|Ask (name).
I saw <<title>>.|We spoke ??? times.|I sit at ......... street.|Dear [[Name]],
""".replace("*|", "*\x00")
    .replace("|*", "\x00*")
    .replace("\n", "|")
    .split("|")
)

HONEST = """
As shown in [1], it works.|Ana Doe (she/her)|Ana Doe [they/them]|I use `{name}` lookups.|See https://example.com/{id}?q=[x].|He said [sic] so.
She wrote "I saw [the team] grow".|I read it [PDF].|- [ ] bread|- [x] milk|Mail me at ana [at] example [dot] com.|A chapter (3) on it.
The paper (Doe 2021) helped.|snake_case_name and __init__ are fine.|if x < 3 and y > 2|<b>bold</b> words|Super Bowl XX was long.|The XX century
The XX chromosome|I like it (really).|Ana XXL shirts|____________________|It took 20 XX/XY pairs.|We (the team) won.|I sat there [...] and waited.
See [my page](https://example.com).|<jane@example.com>|I ♥ you <3
""".replace("\n", "|").split("|")


def placeholders(text):
    return [each for each in lint(Message(subject="Leeds", body=text)) if each.text == "M16.placeholder"]


@pytest.mark.parametrize("text", [text.replace("\x00", "|") for text in LEFT_IN if text])
def test_a_placeholder_left_in_is_caught(text):
    assert placeholders(text)


@pytest.mark.parametrize("text", [text for text in HONEST if text and "Super Bowl" not in text])
def test_ordinary_brackets_are_left_alone(text):
    assert not placeholders(text)


def test_a_placeholder_in_the_subject_is_caught():
    finding = lint(Message(subject="Hello from {school}", body="Hi Ana,\n\nI am well."))[0]
    assert (finding.text, finding.part, finding.offset, finding.length) == (
        "M16.placeholder",
        "subject",
        11,
        8,
    )


def test_a_list_tag_before_the_subject_is_left_alone():
    assert not [
        each
        for each in lint(Message(subject="[External] A question", body="x"))
        if each.text == "M16.placeholder"
    ]


def test_shouting_is_no_placeholder():
    assert not placeholders("THIS IS MY LAST NAME AND I LIKE IT")


def test_a_long_placeholder_is_shown_short():
    finding = placeholders("I read [insert the title of the article they wrote here now].")[0]
    assert finding.params["placeholder"].endswith("…")
