"""One form in which two numbers can be compared."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import every

from askwell.formats import phones
from askwell.formats.phones import e164

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    ("value", "country", "number"),
    [
        ("+49 171 1234567", "", "+491711234567"),
        ("+49 (0)171 1234567", "", "+491711234567"),
        ("0171 1234567", "DE", "+491711234567"),
        ("0171 1234567", "de", "+491711234567"),
        ("(415) 555-0199", "US", "+14155550199"),
        ("+1 (415) 555-0199", "", "+14155550199"),
        ("+1-415-555-0199 ext. 12", "", "+14155550199"),
        ("+39 06 1234 5678", "", "+390612345678"),
        ("+7 8 495 123 45 67", "", "+74951234567"),
        ("0049 171 1234567", "DE", "+491711234567"),
        ("+1 800 FLOWERS", "", "+18003569377"),
        ("06351331", "RW", "+25006351331"),
    ],
)
def test_a_number_is_known_however_it_is_written(value: str, country: str, number: str):
    assert e164(value, country) == number


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("0171 1234567", ""),
        ("0171 1234567", "XX"),
        ("555-0199", "US"),
        ("+999 12345678", ""),
        ("+1 415 555", ""),
        ("+49", ""),
        ("call me", "DE"),
        ("", "DE"),
        ("+1 415 555 0199 415 555", ""),
        ("9" * 300, "DE"),
    ],
)
def test_what_cannot_be_a_number_has_no_form(value: str, country: str):
    assert e164(value, country) == ""


def test_the_short_way_agrees_with_the_whole_way_for_every_country():
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)

    def agrees(region: str) -> None:
        for kind in kinds:
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
                assert e164(shown) == phones._whole_way(shown, "")

    every(REGIONS, agrees)


CODES = st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


@settings(max_examples=500)
@given(code=CODES, national=st.from_regex(r"[0-9]{3,14}", fullmatch=True))
def test_the_short_way_agrees_with_the_whole_way_for_any_digits(code: int, national: str):
    value = f"+{code} {national}"
    assert e164(value) == phones._whole_way(value, "")


@settings(max_examples=700)
@given(
    region=st.sampled_from(REGIONS),
    digits=st.from_regex(r"[0-9]{4,14}", fullmatch=True),
)
def test_the_short_way_at_home_agrees_with_the_whole_way(region: str, digits: str):
    assert e164(digits, region) == phones._whole_way(digits, region)


def test_the_short_way_at_home_agrees_for_numbers_as_people_write_them():
    def agrees(region: str) -> None:
        number = phonenumbers.example_number(region)
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert e164(shown, region) == phones._whole_way(shown, region)

    every(REGIONS, agrees)
