"""When two addresses are one, and which of them name one person."""

import pytest

from askwell.people.points import is_identity, norm_email, norm_phone, norm_url


def test_an_email_is_compared_without_case_and_brackets():
    assert norm_email(" <Jane@ACME.example> ") == "jane@acme.example"
    assert norm_email("mailto:jane@acme.example") == "jane@acme.example"


@pytest.mark.parametrize(
    ("written", "country", "norm"),
    [
        ("+1 (312) 555-0100", "", "+13125550100"),
        ("312 555 0100", "US", "+13125550100"),
        ("030 901820", "DE", "+4930901820"),
        ("030 901820", "", "030901820"),
        ("+1 312 555 0100 ext. 42", "", "+13125550100;ext=42"),
        ("call me", "", ""),
    ],
)
def test_a_number_is_compared_in_e164_where_the_country_is_known(written, country, norm):
    assert norm_phone(written, country) == norm


@pytest.mark.parametrize(
    "written",
    [
        "https://www.linkedin.com/in/Jane-Doe/",
        "http://de.linkedin.com/in/jane-doe?trk=x",
        "linkedin.com/in/jane-doe",
        "https://www.linkedin.com/in/jane%2Ddoe/details",
    ],
)
def test_a_profile_is_one_however_it_is_written(written):
    assert norm_url(written) == "linkedin.com/in/jane-doe"


def test_only_what_belongs_to_one_person_is_an_identity():
    assert is_identity("email", "jane@acme.example")
    assert is_identity("phone", "+13125550100")
    assert is_identity("url", "linkedin.com/in/jane-doe")
    assert not is_identity("phone", "030901820")
    assert not is_identity("url", "acme.example")
    assert not is_identity("url", "linkedin.com/company/acme")
