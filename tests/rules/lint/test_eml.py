"""Mail files: what a mail program saves, and what is damaged."""

import base64

from askwell.rules.lint import lint
from askwell.rules.lint.eml import parse_eml, strip_html

HEADERS = "From: maren@example.com\r\nTo: Ana Ruiz <ana@example.com>\r\n"


def mail(text):
    return parse_eml(text.replace("\n", "\r\n").replace("\r\r", "\r").encode())


def test_quoted_printable_is_decoded():
    message = mail(
        HEADERS
        + "Subject: =?utf-8?q?Br=C3=BCcken?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe, and a long=\n line\n"
    )
    assert (message.subject, message.body) == ("Brücken", "Grüße, and a long line")


def test_base64_is_decoded_and_windows_line_ends_are_unified():
    body = base64.b64encode("Hi Ana,\r\n\r\nhello\r\n".encode("latin-1")).decode()
    message = mail(
        HEADERS
        + f"Subject: x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n{body}\n"
    )
    assert message.body == "Hi Ana,\n\nhello"


ALTERNATIVE = (
    HEADERS
    + "Cc: Bo <bo@example.com>\nSubject: two\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
    "--b\nContent-Type: text/html; charset=utf-8\n\n<p>Rich</p>\n--b\nContent-Type: text/plain; charset=utf-8\n\nPlain\n--b--\n"
)


def test_of_alternatives_the_plain_text_is_read():
    assert mail(ALTERNATIVE).body == "Plain"


def test_everyone_it_goes_to_is_counted():
    message = mail(ALTERNATIVE)
    assert message.recipients == ("ana@example.com", "bo@example.com")
    assert "M18" in {finding.code for finding in lint(message)}


def test_html_alone_is_stripped():
    message = mail(
        HEADERS
        + "Subject: x\nContent-Type: text/html\n\n<html><head><title>t</title><style>p {}</style></head><body><p>Hi&nbsp;Ana,</p><p>one<br>two</p></body></html>\n"
    )
    assert message.body == "Hi Ana,\n\none\ntwo"
    assert strip_html("</style>plain") == "plain"


def test_files_are_attachments_and_pictures_in_the_text_are_not():
    message = mail(
        HEADERS
        + "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi\n"
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=cv.pdf\n\nx\n"
        "--b\nContent-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline; filename=logo.png\n\nx\n"
        "--b\nContent-Type: text/calendar\nContent-Disposition: attachment\n\nx\n"
        "--b\nContent-Type: application/pgp-signature; name=sig.asc\n\nx\n--b--\n"
    )
    assert message.attachments == ("cv.pdf", "text/calendar")
    assert "M11" in {finding.code for finding in lint(message)}


def test_an_unknown_charset_is_read_as_far_as_it_goes():
    assert mail(HEADERS + "Subject: x\nContent-Type: text/plain; charset=klingon\n\nHi\n").body == "Hi"


def test_a_damaged_header_is_read_as_empty():
    message = parse_eml(b"Subject: ok\r\nTo: =?utf-8?b?//?= <\r\n\r\nHi")
    assert message.body == "Hi"


def test_a_mail_without_text_has_an_empty_body():
    assert parse_eml(b"Subject: x\r\nContent-Type: image/png\r\n\r\n").body == ""


def test_a_missing_subject_of_a_mail_is_empty_not_unknown():
    assert "M12.empty" in {finding.text for finding in lint(parse_eml(HEADERS.encode() + b"\r\nHi Ana,\r\n"))}
