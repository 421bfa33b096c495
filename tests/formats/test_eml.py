"""Drafts a mail program opens ready to send, and nothing smuggled into their headers."""

from __future__ import annotations

import email
from datetime import datetime, timedelta, timezone
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats.eml import Attachment, LetterError, letter, mailto_url, with_headers

AT = datetime(2026, 3, 20, 9, 0, tzinfo=timezone(timedelta(hours=1)))
FIELDS = {
    "sender": ("Lina Weiß", "lina@example.com"),
    "to": ("Amara Okafor", "amara@brightwater.example"),
    "subject": "Zwanzig Minuten über Flüsse?",
    "body": "Dear Amara,\n\nmay I ask — briefly?\n.\nLina",
    "at": AT,
    "message_id": "<1@askwell.example>",
}


def parsed(**change):
    return email.message_from_bytes(letter(**(FIELDS | change)), policy=default)


def test_without_a_sender_the_mail_program_fills_in_its_own():
    found = parsed(sender=None)
    assert found["From"] is None
    assert found["To"] == "Amara Okafor <amara@brightwater.example>"


def text_of(message) -> str:
    return message.get_content().replace("\r\n", "\n")


def test_a_draft_holds_every_header_and_the_text():
    found = parsed(in_reply_to="<0@x.example>", references=["<00@x.example>"])
    assert found["From"] == "Lina Weiß <lina@example.com>"
    assert found["To"] == "Amara Okafor <amara@brightwater.example>"
    assert found["Subject"] == "Zwanzig Minuten über Flüsse?"
    assert found["Date"].datetime == AT
    assert found["Message-ID"] == "<1@askwell.example>"
    assert found["In-Reply-To"] == "<0@x.example>"
    assert found["References"] == "<00@x.example> <0@x.example>"
    assert found["X-Unsent"] == "1"
    assert text_of(found) == FIELDS["body"] + "\n"


def test_a_first_message_answers_nothing():
    found = parsed()
    assert found["In-Reply-To"] is None
    assert found["References"] is None


def test_a_copy_of_what_was_sent_is_no_draft():
    assert parsed(unsent=False)["X-Unsent"] is None


def test_the_id_answered_stands_once_in_the_thread():
    assert parsed(in_reply_to="<0@x.example>", references=["<0@x.example>"])["References"] == "<0@x.example>"


def test_a_draft_is_seven_bits_with_crlf():
    raw = letter(**FIELDS)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert b"quoted-printable" in raw
    assert b"7bit" in letter(**(FIELDS | {"body": "Hello"}))


def test_a_long_line_does_not_break_the_message():
    found = parsed(body="x" * 5000)
    assert text_of(found) == "x" * 5000 + "\n"
    assert all(len(line) < 998 for line in letter(**(FIELDS | {"body": "x" * 5000})).splitlines())


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("subject", "Hi\r\nBcc: all@example.com", "Subject"),
        ("subject", "Hi\nthere", "Subject"),
        ("subject", "Hi\u2028there", "Subject"),
        ("subject", "Hi\ud800", "Subject"),
        ("sender", ("Lina\r\nBcc: x@example.com", "lina@example.com"), "From"),
        ("to", ("Amara", "amara@example.com\nBcc: x@example.com"), "To"),
        ("to", ("Amara", "amara@example.com, bo@example.com"), "To"),
        ("to", ("Amara", "amara"), "To"),
        ("to", ("Amara", ""), "To"),
        ("to", ("Amara", '""@example.com'), "To"),
        ("to", ("Amara", "@"), "To"),
        ("to", ("Amara", "amära@example.com"), "To"),
        ("message_id", "1@askwell.example", "Message-ID"),
        ("message_id", "<1@x>\r\nBcc: x", "Message-ID"),
        ("message_id", "<ä@x.example>", "Message-ID"),
        ("in_reply_to", "<a b@x>", "In-Reply-To"),
        ("references", ["<a"], "References"),
        ("at", datetime(2026, 3, 20, 9, 0), "Date"),
    ],
)
def test_what_cannot_stand_in_a_header_is_refused_by_name(field: str, value: object, named: str):
    with pytest.raises(LetterError) as caught:
        letter(**(FIELDS | {field: value}))
    assert caught.value.field == named


def test_half_characters_and_nul_in_the_text_do_no_harm():
    assert text_of(parsed(body="a\ud800b\0c\rd")) == "a\ufffdbc\nd\n"


def test_an_empty_text_is_an_empty_message():
    assert text_of(parsed(body="")).strip() == ""


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60)


@settings(max_examples=150)
@given(
    name=WORDS,
    subject=WORDS,
    body=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r")),
)
def test_any_words_come_through_and_make_no_header(name: str, subject: str, body: str):
    found = parsed(to=(name, "amara@example.com"), subject=subject, body=body)
    assert sorted(found.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "X-Unsent",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        ]
    )
    assert found["To"].addresses[0].addr_spec == "amara@example.com"
    assert text_of(found).rstrip("\n") == body.rstrip("\n")


@settings(max_examples=200)
@given(address=st.text('ab@.<>,"\\() [];:', max_size=12))
def test_any_address_is_written_or_refused(address: str):
    try:
        found = parsed(to=("", address))
    except LetterError:
        return
    assert len(found["To"].addresses) == 1


def test_a_mail_address_carries_subject_and_text():
    url = mailto_url("amara+talk@example.com", "Zwanzig & mehr?", "Dear Amara,\nwhen = suits you + me?\n")
    assert url == (
        "mailto:amara+talk@example.com?subject=Zwanzig%20%26%20mehr%3F"
        "&body=Dear%20Amara%2C%0D%0Awhen%20%3D%20suits%20you%20%2B%20me%3F"
    )


def test_a_mail_address_alone_has_no_question_mark():
    assert mailto_url(" amara@example.com ") == "mailto:amara@example.com"


def test_nothing_is_added_to_an_address():
    url = mailto_url("amara@example.com?bcc=all@example.com&x", "s")
    assert parse_qs(urlsplit(url).query) == {"subject": ["s"]}
    with pytest.raises(LetterError):
        mailto_url("amara@example.com\nx")
    with pytest.raises(LetterError):
        mailto_url("amara@example.com", "a\nb")


@given(
    subject=WORDS,
    body=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r"), max_size=80),
)
def test_any_words_come_through_a_mail_address(subject: str, body: str):
    found = parse_qs(urlsplit(mailto_url("a@example.com", subject, body)).query, keep_blank_values=True)
    assert found.get("subject", [""]) == [subject]
    assert found.get("body", [""])[0].replace("\r\n", "\n") == body.removesuffix("\n")


def test_an_address_the_library_stumbles_over_is_refused_like_any_other():
    with pytest.raises(LetterError, match="address"):
        letter(**{**FIELDS, "to": ("", ".@[")})


class TestAFileThatGoesWithIt:
    PDF = Attachment(name="Résumé – Lina Weiß.pdf", kind="application/pdf", data=b"%PDF-1.7\n\x00\xff\n.\n")

    def test_it_comes_after_the_text_with_its_name_and_its_kind(self):
        found = parsed(attachment=self.PDF)
        first, second = found.iter_parts()
        assert found.get_content_type() == "multipart/mixed"
        assert found["X-Unsent"] == "1"
        assert (first.get_content_type(), text_of(first)) == ("text/plain", FIELDS["body"] + "\n")
        assert (second.get_content_type(), second.get_filename()) == (self.PDF.kind, self.PDF.name)
        assert second.get_content_disposition() == "attachment"
        assert second.get_content() == self.PDF.data

    def test_its_name_is_written_as_rfc_2231_asks_and_the_file_in_seven_bits(self):
        made = letter(**FIELDS, attachment=self.PDF)
        assert b"filename*=utf-8''R%C3%A9sum%C3%A9" in made.replace(b"\r\n ", b" ") or b"filename*0*=" in made
        assert made.isascii()
        assert max(map(len, made.splitlines())) < 998

    def test_a_text_stays_the_bytes_it_was(self):
        (part,) = parsed(
            attachment=Attachment(name="cv.txt", kind="text/plain", data=b"a\nb\xe4")
        ).iter_attachments()
        assert part.get_payload(decode=True) == b"a\nb\xe4"

    @pytest.mark.parametrize("kind", ["pdf", "/pdf", "application/"])
    def test_a_kind_must_be_one(self, kind):
        with pytest.raises(LetterError, match="Content-Type"):
            letter(**FIELDS, attachment=Attachment(name="cv.pdf", kind=kind, data=b"x"))

    def test_a_name_smuggles_no_header_in(self):
        with pytest.raises(LetterError, match="Content-Disposition"):
            letter(**FIELDS, attachment=Attachment(name="a\nBcc: x@y.example", kind="text/plain", data=b"x"))


def test_a_further_header_stands_on_one_line_however_long_its_address():
    link = "<https://askwell.school.example/off/" + "A1b_" * 30 + "/>"
    raw = with_headers(letter(**FIELDS), {"List-Unsubscribe": link, "Auto-Submitted": "auto-generated"})
    assert raw.startswith(f"List-Unsubscribe: {link}\r\nAuto-Submitted: auto-generated\r\n".encode())
    assert raw.endswith(letter(**FIELDS))


@pytest.mark.parametrize("value", ["one\r\nBcc: eve@example.org", "Grüße", "x" * 1000])
def test_a_further_header_that_cannot_stand_is_refused_by_name(value):
    with pytest.raises(LetterError) as refused:
        with_headers(letter(**FIELDS), {"List-Unsubscribe": value})
    assert refused.value.field == "List-Unsubscribe"


def test_a_thread_is_kept_also_where_ids_are_longer_than_a_line():
    long = f"<{'AM0PR07MB' * 9}@AM0PR07MB1234.eurprd07.prod.outlook.com>"
    raw = letter(**(FIELDS | {"in_reply_to": long, "references": ["<0@x.example>", long]}))
    assert f"In-Reply-To: {long}\r\nReferences: <0@x.example>\r\n {long}\r\n".encode() in raw
