"""Sentences of letters and their places; and that no text takes long, by how it is cut and what is searched."""

import re
from re import _constants as sre  # what a pattern is made of
from re import _parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import every

from askwell.formats.mail import clocks, days, periods, phrases, quoting, signing, suggesting, words
from askwell.formats.mail.sentences import LONGEST, MOST, MOST_CHARACTERS, sentences


def cut(text):
    return [one.text for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Sam,\n\nsure. Thursday works!", ["Hi Sam,", "sure.", "Thursday works!"]),
        ("sounds good. let's talk", ["sounds good.", "let's talk"]),
        ("It takes approx. two weeks.", ["It takes approx. two weeks."]),
        ("At 3 p.m. on Thursday.", ["At 3 p.m. on Thursday."]),
        ("At 3 p.m. Then we meet.", ["At 3 p.m.", "Then we meet."]),
        ("At 3 p.m. 20 minutes.", ["At 3 p.m. 20 minutes."]),
        ("Am 12. Januar, bis zum 14. geht es.", ["Am 12. Januar, bis zum 14. geht es."]),
        ("Bis zum 12.01. nicht da.", ["Bis zum 12.01. nicht da."]),
        ("Until the 15. Then we talk.", ["Until the 15.", "Then we talk."]),
        ("From 12. 3. on.", ["From 12. 3. on."]),
        ("Ask J. Smith.", ["Ask J. Smith."]),
        ("Ask Dr. Smith.", ["Ask Dr. Smith."]),
        ("هل يناسبك؟ نعم.", ["هل يناسبك؟", "نعم."]),
        ("好。谢谢。", ["好。", "谢谢。"]),
        ("Times:\n- Monday 9:00\n- Tuesday 10:00", ["Times:", "- Monday 9:00", "- Tuesday 10:00"]),
        ("Tuesday 3pm\nWednesday 10am", ["Tuesday 3pm", "Wednesday 10am"]),
        (
            "This line runs on because a mail program broke it there\nThursday being too far to the right.",
            ["This line runs on because a mail program broke it there\nThursday being too far to the right."],
        ),
        ("Short line\nthat goes on.", ["Short line\nthat goes on."]),
        ("etc. etc.", ["etc. etc."]),
        ("Oh.ok", ["Oh.ok"]),
        ("Ok. so", ["Ok. so"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_where_sentences_end(text, expected):
    assert cut(text) == expected


@given(st.text(alphabet=st.sampled_from("aB 1.!?\n\t-،؟。 "), max_size=80) | st.text())
def test_sentences_stand_in_order_and_hold_all_that_is_not_space(text):
    found = sentences(text)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(one.text == one.text.strip() != "" for one in found)
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "no " * 400_000, "a. " * 400_000, "Done. " * 200_000, "> " * 500_000, " " * 1_000_000],
)
def test_a_megabyte_is_searched_in_few_short_pieces(text):
    found = sentences(text)
    assert len(found) <= MOST
    assert all(len(one.text) <= LONGEST for one in found)
    assert all(one.end <= MOST_CHARACTERS for one in found)


def repeats(pattern):
    """The repetitions in a pattern, as (most, inside another, of one character)."""

    def walk(parts, *, inside):
        for kind, value in parts:
            if kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
                _, most, body = value
                single = len(body) == 1 and body[0][0] in {
                    sre.IN,
                    sre.LITERAL,
                    sre.NOT_LITERAL,
                    sre.ANY,
                    sre.CATEGORY,
                }
                yield most, inside, single
                yield from walk(body, inside=inside or most > 1)
            elif kind is sre.BRANCH:
                for branch in value[1]:
                    yield from walk(branch, inside=inside)
            elif kind is sre.SUBPATTERN:
                yield from walk(value[3], inside=inside)
            elif kind in {sre.ASSERT, sre.ASSERT_NOT}:
                yield from walk(value[1], inside=inside)
            elif kind is sre.GROUPREF_EXISTS:
                raise AssertionError(pattern)

    return list(walk(parser.parse(pattern), inside=False))


def patterns():
    for module in (clocks, days, periods, quoting, signing, suggesting):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value.pattern
    for language in suggesting.LANGUAGES:
        for key in words.words(language)["answers"]:
            yield f"{language} {key}", suggesting._phrases(language, key).pattern
        yield f"{language} hour", clocks._hour(language).pattern
        yield f"{language} month", periods._month_alone(language).pattern


def test_every_repetition_in_a_pattern_is_bounded():
    loose = {
        "askwell.formats.mail.quoting._ENDS",
        "askwell.formats.mail.quoting._RULE",
    }  # one character, of one line

    def is_bounded(case):
        name, pattern = case
        for most, inside, single in repeats(pattern):
            assert most <= 400 or (name in loose and single and not inside)

    every(patterns(), is_bounded)


def test_what_is_folded_keeps_its_place():
    for text in ("Ünïted ’round", "الأربعاء، ٣ مساءً", "İstanbul Łódź ﬁne ½ ①"):
        assert len(phrases.folded(text)) == len(phrases.plain(text))
    assert phrases.folded("Ça va – “très bien”") == 'ca va - "tres bien"'


@given(st.text())
def test_any_text_folded_keeps_its_length_and_stays_when_folded_again(text):
    assert len(phrases.folded(text)) == len(phrases.plain(text))


def test_phrases_say_what_they_read_as():
    found = phrases.compiled(
        ["happy|glad to talk-", "in # weeks", "^do_not write$", "yes,", "not ... person"], ["two"]
    )
    for said in (
        "i'd be glad to talk",
        "happy to talking",
        "in two weeks",
        "in 12 weeks",
        "do not write.",
        "oh yes, he",
        "not the very right person",
    ):
        assert found.search(said), said
    for said in (
        "happily to talk",
        "in many weeks",
        "i do not write",
        "yes he",
        "not a person" * 0 + "no person",
    ):
        assert not found.search(said), said
    assert not phrases.compiled([]).search("")


def test_the_language_is_that_of_most_small_words():
    assert words.language_of("Ich bin nicht da") == "de"
    assert words.language_of("I am not there") == "en"
    assert words.language_of("Je suis absent") == "fr"
    assert words.language_of("12345") == ""
    assert words.language_of("Ich bin da", ("en", "ar")) == ""
    assert words.languages()[0] == "en"
    assert len(words.languages()) >= 10
