"""Signatures under letters: where they begin, and what they say of their writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.mail.signing import MOST_LINES, find_signature

BODY = "Hi Sam,\n\nThursday works for me. Thanks for asking!\n\n"


def said(text, name=""):
    found = find_signature(text, sender_name=name)
    return {(field.kind, field.value) for field in found.fields} if found else None


def test_a_whole_card_under_a_closing():
    text = (
        BODY
        + "Best regards,\nMaria Lopez\nHead of Data, Acme Health GmbH\nT: +49 30 1234567 | maria@acme.example\n"
        "www.acme.example\n12 Harbour Street, 10115 Berlin\n\n"
        "This e-mail is confidential and may contain secrets.\nDelete it if it is not yours.\n"
    )
    found = find_signature(text)
    assert (found.first_line, found.last_line) == (5, 13)
    assert [(field.kind, field.value, field.line) for field in found.fields] == [
        ("name", "Maria Lopez", 6),
        ("title", "Head of Data", 7),
        ("organization", "Acme Health GmbH", 7),
        ("email", "maria@acme.example", 8),
        ("phone", "+49 30 1234567", 8),
        ("url", "www.acme.example", 9),
        ("address", "12 Harbour Street, 10115 Berlin", 10),
    ]


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("-- \nAnna Berg\nProduct Manager | Northwind Ltd\n+44 20 7946 0958", "Anna Berg"),
        ("--\nAnna", "Anna"),
        ("—\nAnna Berg", "Anna Berg"),
        ("Best,\nAnna", "Anna"),
        ("Best, Anna", "Anna"),
        ("Kind regards\n\nAnna Berg\n", "Anna Berg"),
        ("Many thanks,\nAnna", "Anna"),
        ("Cheers\nAnna\n\nSent from my iPhone", "Anna"),
        ("Mit freundlichen Grüßen\nJana Weber\nStadtwerke Nordstadt GmbH", "Jana Weber"),
        ("LG Jana", "Jana"),
        ("Viele Grüße\nJana Weber", "Jana Weber"),
        ("Cordialement,\nLuc Petit", "Luc Petit"),
        ("Saludos,\nRosa Vidal", "Rosa Vidal"),
        ("Cordiali saluti\nLuca Bruno", "Luca Bruno"),
        ("Abraços,\nRita Moura", "Rita Moura"),
        ("Met vriendelijke groet,\nJoost de Wit", "Joost de Wit"),
        ("Pozdrawiam\nAnna Nowak", "Anna Nowak"),
        ("Med vänliga hälsningar\nEva Lind", "Eva Lind"),
        ("مع التحية،\nسارة أحمد", "سارة أحمد"),
        ("С уважением,\nАнна Белова", "Анна Белова"),
        ("Med venlig hilsen\nIda Holm", "Ida Holm"),
        ("Saygılarımla,\nDeniz Kaya", "Deniz Kaya"),
    ],
)
def test_closings_of_many_languages_with_the_name_below(signature, name):
    found = find_signature(BODY + signature)
    assert found.first_line == 5
    assert ("name", name) in {(field.kind, field.value) for field in found.fields}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Thanks!",
        "Thursday works for me.",
        "Thank you for the kind words",
        "I will ask Maria Lopez about it.\n\nShe knows.",
        BODY
        + "Best regards to your mother, whom I have not seen in years and would like to meet again soon.",
        "Best, of course, would be Thursday.\n\nWhat do you think about it, and whom else should we invite to the table?",
        "One paragraph alone\nwww.acme.example\n+49 30 1234567",
        "Best,\n" + "\n".join(f"line {number}" for number in range(20)),
        "Text\n--",
    ],
)
def test_what_is_no_signature_stays(text):
    assert find_signature(text) is None


def test_one_s_own_name_alone_is_a_signature():
    assert find_signature("Gladly.\n\nAnna", sender_name="Anna Berg").first_line == 3
    assert find_signature("Gladly.\nAnna", sender_name="Anna Berg").first_line == 2
    assert find_signature("Gladly.\n\nAnna", sender_name="Bo Lind") is None
    assert find_signature("Gladly.\n\nAnna") is None
    assert find_signature("Anna", sender_name="Anna Berg") is None


def test_one_s_own_name_with_a_card_below():
    found = find_signature("Gladly.\n\nAnna Berg\nAnalyst\n+44 20 7946 0958\n", sender_name="Anna Berg")
    assert (found.first_line, found.last_line) == (3, 5)
    assert [field.value for field in found.fields] == ["Anna Berg", "Analyst", "+44 20 7946 0958"]


def test_a_last_paragraph_that_begins_with_a_name_and_tells_twice_how_to_reach_it():
    found = find_signature("Gladly.\n\nAnna Berg\nanna@berg.example\n+44 20 7946 0958")
    assert found.first_line == 3
    assert find_signature("Gladly.\n\nAnna Berg\nanna@berg.example") is None


def test_lines_of_phones_and_firms_alone_are_a_signature_that_says_nothing():
    found = find_signature("Sure\n\nSent from my iPhone")
    assert (found.first_line, found.last_line, found.fields) == (3, 3, ())
    assert find_signature("Sure\nVon meinem iPhone gesendet").first_line == 2
    text = "Sure\n\nSent from my iPad\n\nConfidentiality notice: read nothing.\n"
    assert find_signature(text).first_line == 3


def test_the_first_delimiter_that_few_lines_follow_counts():
    long = "\n".join(["word"] * (MOST_LINES + 5))
    assert find_signature(f"a\n-- \n{long}\n-- \nAnna").text == "-- \nAnna"
    assert find_signature("a\n-- \nAnna\n-- \nlist of members").first_line == 2
    assert find_signature("a\r\n-- \r\nAnna").first_line == 2


def test_each_value_is_said_once_and_labels_are_no_title():
    fields = said("x\n-- \nAnna Berg\nTel: +44 20 7946 0958\nMobile: +44 20 7946 0958\nFax\nPhone: 12345")
    assert fields == {("name", "Anna Berg"), ("phone", "+44 20 7946 0958")}


def test_title_and_firm_on_one_line_with_numbers():
    fields = said("x\n-- \nAnna Berg, Senior Analyst, Northwind Ltd, anna@northwind.example")
    assert ("title", "Senior Analyst") in fields
    assert ("organization", "Northwind Ltd") in fields
    assert ("email", "anna@northwind.example") in fields


def test_a_firm_s_page_without_www_is_a_link_and_an_address_is_not():
    fields = said("x\n-- \nAnna Berg\nnorthwind.example/team\nanna@northwind.example")
    assert ("url", "northwind.example/team") in fields
    assert ("email", "anna@northwind.example") in fields
    assert len(fields) == 3


def test_a_motto_is_nothing():
    assert said("x\n-- \nAnna Berg\nThe best manager is none at all.") == {("name", "Anna Berg")}
    assert said("x\n-- \nAnna Berg\nthe quiet life") == {("name", "Anna Berg")}


LINES = st.sampled_from(["", "Best regards,", "Best, Anna", "-- ", "Anna Berg", "Sent from my iPhone", "+44 20 7946 0958", "anna@berg.example", "Head of Data, Acme GmbH", "This e-mail is confidential", "Thanks", "x" * 300, "www.acme.example", "نعم", "10115 Berlin"])  # fmt: skip


@given(st.lists(LINES, max_size=12).map("\n".join), st.sampled_from(["", "Anna Berg"]))
def test_the_lines_named_hold_the_signature_and_each_field_its_line(text, name):
    found = find_signature(text, sender_name=name)
    if found is None:
        return
    lines = text.split("\n")
    assert "\n".join(lines[found.first_line - 1 : found.last_line]) == found.text
    assert found.text.strip()
    assert not any(line.strip() for line in lines[found.last_line :])
    for field in found.fields:
        assert found.first_line <= field.line <= found.last_line
        assert field.value in lines[field.line - 1]


@given(st.text(), st.text(max_size=20))
def test_any_text_can_be_looked_through(text, name):
    found = find_signature(text, sender_name=name)
    assert found is None or found.first_line <= found.last_line
