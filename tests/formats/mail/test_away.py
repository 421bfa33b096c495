"""When somebody is back and who stands in, from automatic answers in many languages."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.tables import every

from askwell.formats.mail.away import away

CORPUS = Path(__file__).resolve().parents[2] / "corpus/mail/absences.jsonl"
ABSENCES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
SENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_an_automatic_answer_says_when_one_is_back_and_who_stands_in():
    def is_read(sample):
        found = away(sample["text"], subject=sample["subject"], sent=datetime.fromisoformat(sample["sent"]))
        until = found.until.isoformat() if found and found.until else None
        assert until == sample["until"]
        assert ([found.stand_in_name, found.stand_in_address] if found else ["", ""]) == sample["stand_in"]

    every(ABSENCES, is_read)


def test_what_it_rests_on_stands_in_the_text():
    def stands_there(sample):
        found = away(sample["text"], subject=sample["subject"], sent=datetime.fromisoformat(sample["sent"]))
        if found:
            whole = sample["text"] + sample["subject"]
            assert found.sentence in whole
            assert found.stand_in_sentence in whole
            assert found.stand_in_address in whole
            assert bool(found.sentence) or found.until is None

    every(ABSENCES, stands_there)


def test_there_are_sixty_in_ten_languages():
    assert len(ABSENCES) >= 60
    assert len({one["language"] for one in ABSENCES}) >= 10


def test_without_a_day_of_sending_only_whole_dates_are_days():
    assert away("I am away until 12 January.").until is None
    assert away("I am away until 12 January 2027.").until == date(2027, 1, 12)
    assert away("I am away until tomorrow.").until is None
    assert away("I'm out of the office until Monday.").until is None
    assert away("Back after 3/4.") is None


def test_a_day_that_does_not_exist_is_none():
    assert away("I am away until 31.02.2027.", sent=SENT).until is None
    assert away("I am away February 3-30.", sent=SENT).until is None


def test_days_of_one_month_written_short():
    assert away("I am away August 3-15.", sent=SENT).until == date(2027, 8, 16)


def test_the_last_of_february_without_a_year_is_the_next_there_is():
    assert away("I am away until 29 February.", sent=SENT).until == date(2028, 2, 29)
    leap = datetime(2028, 3, 10, 9, 0, tzinfo=UTC)
    assert away("I am away until 29 February.", sent=leap).until == date(2028, 2, 29)


def test_a_day_just_passed_is_next_year_s():
    assert away("I am back on 3 November.", sent=SENT).until == date(2027, 11, 3)


def test_a_year_that_is_said_is_believed_though_it_has_passed():
    assert away("Ich bin bis 12.01.2026 nicht im Büro.", sent=SENT).until == date(2026, 1, 12)


def test_the_day_of_return_counts_more_than_the_last_day_away():
    text = "I am away until Friday, 4 December. I will be back on Monday, 7 December."
    assert away(text, sent=SENT).until == date(2026, 12, 7)


def test_a_time_that_begins_says_nothing_of_its_end():
    found = away("I am away from 3 August.", sent=SENT)
    assert found.until is None
    assert found.sentence == "I am away from 3 August."


def test_the_first_name_is_kept_until_one_with_an_address_comes():
    text = "Please contact Ada Berg. Or contact Bo Lind. Else write to Cy Holt, cy@holt.example."
    found = away(text, sent=SENT)
    assert (found.stand_in_name, found.stand_in_address) == ("Cy Holt", "cy@holt.example")


def test_who_left_for_good_is_away_without_a_day():
    found = away("I no longer work at Northwind. Please contact Ada Berg.", sent=SENT)
    assert (found.until, found.sentence) == (None, "I no longer work at Northwind.")
    assert found.stand_in_name == "Ada Berg"


def test_an_address_said_after_the_name_is_of_that_person():
    text = "Ada Berg is covering for me. Please write to ada.berg@northwind.example."
    found = away(text, sent=SENT)
    assert (found.stand_in_name, found.stand_in_address) == ("Ada Berg", "ada.berg@northwind.example")


@given(st.text(), st.text(max_size=30), st.none() | st.datetimes(timezones=st.just(UTC) | st.none()))
def test_any_text_may_be_asked(text, subject, sent):
    found = away(text, subject=subject, sent=sent)
    assert found is None or found.sentence or found.stand_in_sentence


WORDS = st.sampled_from(["I", "am", "away", "out", "of", "the", "office", "until", "back", "on", "from", "to", "3", "15", "12.01.", "12/01/2027", "December", "Monday", "29", "February", "31", ".", ",", "!", "-", "–", "contact", "Maria", "maria@x.example", "next", "year", "9999"])  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join), st.datetimes(timezones=st.just(UTC)))
def test_words_of_absence_in_any_order_may_be_asked(text, sent):
    found = away(text, sent=sent)
    assert found is None or (found.sentence in text and found.stand_in_sentence in text)
