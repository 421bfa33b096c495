"""When two addresses, numbers or links are one."""

import pytest

from askwell.formats.addresses import norm_email, norm_phone, norm_url


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


def test_an_overlong_link_is_cut_and_stays_comparable():
    assert len(norm_url("https://acme.example/" + "a" * 900)) == 500
