"""A message taken apart: what is read of good ones, and that bad ones cost no more than their bounds."""

from __future__ import annotations

import base64
import email
import re
from datetime import UTC, datetime, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.formats.mail.letters import parts, raw

from askwell.formats.mail.charsets import text_of
from askwell.formats.mail.flowed import unflowed
from askwell.formats.mail.headers import (
    MOST_NAMES,
    MOST_OF_NAME,
    Person,
    decoded,
    moment_of,
    parameters,
    people_in,
)
from askwell.formats.mail.html import text_of_html
from askwell.formats.mail.message import MOST_DEPTH, MOST_PARTS, read_message

PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n"


def codes(message) -> list[str]:
    return [one.code for one in message.problems]


def text(message: bytes) -> str:
    return read_message(message).text


class TestHeaders:
    def test_are_found_in_any_case_and_unfolded(self):
        headers = read_message(b"SUBJECT: one\n two\nsubject: three\nX-A :  b \n\n").headers
        assert headers.text("Subject") == "one two"
        assert headers.raws("subject") == ["one two", "three"]
        assert headers.raw("x-a") == "b"
        assert list(headers.names()) == ["subject", "x-a"]
        assert ("X-A" in headers, "to" in headers, len(headers)) == (True, False, 2)

    def test_give_the_first_word_of_a_value(self):
        headers = read_message(b"Auto-Submitted: Auto-Replied (vacation); x=y\nEmpty:\n\n").headers
        assert (headers.word("auto-submitted"), headers.word("empty"), headers.word("none")) == (
            "auto-replied",
            "",
            "",
        )

    def test_ids_are_bracketed_and_named_once(self):
        headers = read_message(
            b"References: <a@x> <b@x>\n <a@x>\nMessage-ID: c@x\nIn-Reply-To: your message of Monday\nX: <a b@x>\n\n"
        ).headers
        assert headers.ids("references") == ("<a@x>", "<b@x>")
        assert headers.ids("message-id") == ("<c@x>",)
        assert headers.ids("in-reply-to") == ()
        assert headers.ids("x") == ("<ab@x>",)

    @pytest.mark.parametrize(
        ("value", "read"),
        [
            ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= an alle", "Grüße an alle"),
            ("=?utf-8?b?R3LDvA==?= =?utf-8?b?w59l?=", "Grüße"),
            ("=?utf-8?b?R3LD?=\n =?utf-8?b?vMOfZQ==?=", "Grüße"),  # a character cut in two
            ("=?iso-8859-1?q?Gr=FC=DFe?= =?utf-8?q?_=E2=82=AC?=", "Grüße €"),
            ("=?iso-8859-1*de?q?Gr=FC=DFe?=", "Grüße"),
            ("=?utf-8?q?Gr=FC=DFe?=", "Grüße"),  # it lies
            ("=?x-unknown?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
            ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),  # padding left out
            ("=?utf-8?b?R3L*DvM)OfZQ==A?=", "Grüße"),
            ("=?utf-8?q?a=0D=0AB?=", "a  B"),
            ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
            ("a =? b ?=", "a =? b ?="),
            ("=?utf-7?q?+2AA-?=", ""),
        ],
    )
    def test_encoded_words_are_read_as_they_were_meant(self, value, read):
        assert decoded(value.replace("\n", "")) == read

    @pytest.mark.parametrize(
        ("value", "people"),
        [
            ("Anna Berg <anna@x.example>", [("Anna Berg", "anna@x.example")]),
            (
                '"Berg, Anna" <anna@x.example>, tom@x.example',
                [("Berg, Anna", "anna@x.example"), ("", "tom@x.example")],
            ),
            ("=?utf-8?q?Berg,_Anna?= <anna@x.example>", [("Berg, Anna", "anna@x.example")]),
            ('"=?utf-8?q?Berg,_Anna?=" <anna@x.example>', [("Berg, Anna", "anna@x.example")]),
            ("anna@x.example (Anna Berg)", [("Anna Berg", "anna@x.example")]),
            ("undisclosed-recipients:;", []),
            ("Team: anna@x.example, tom@x.example;", [("", "anna@x.example"), ("", "tom@x.example")]),
            ("Berg, Anna <anna@x.example>", [("Anna", "anna@x.example")]),
            ("nobody", []),
            ("", []),
            ("(" * 3_000 + " anna@x.example", [("", "anna@x.example")]),
        ],
    )
    def test_people_are_found(self, value, people):
        assert people_in([value]) == [Person(*one) for one in people]

    @pytest.mark.parametrize(
        ("value", "moment"),
        [
            (
                "Mon, 23 Nov 2026 10:00:00 +0100",
                datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1))),
            ),
            ("23 Nov 2026 10:00 EST", datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=-5)))),
            ("Mon, 23 Nov 2026 10:00:00 -0000", datetime(2026, 11, 23, 10, tzinfo=UTC)),
            (
                "Mon, 23 Nov 2026 10:00:00 +0100 (CET)",
                datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1))),
            ),
            ("2026-11-23T10:00:00Z", datetime(2026, 11, 23, 10, tzinfo=UTC)),
            ("2026-11-23 10:00", datetime(2026, 11, 23, 10, tzinfo=UTC)),
            ("2026-13-23 10:00", None),
            ("Mon, 32 Nov 2026 10:00:00 +0100", None),
            ("Mon, 23 Nov 99999999 10:00:00 +0100", None),
            ("soon", None),
            ("", None),
        ],
    )
    def test_dates_are_read_or_not(self, value, moment):
        assert moment_of(value) == moment

    def test_parameters_are_read_in_pieces_and_encoded(self):
        value = (
            'application/pdf; name*0*=utf-8\'de\'Lebens%C3%A4; name*1=uf.pdf; A="b;\\"c"; a=later; e==?utf-8?q?=C3=A4?=;'
            " x*=latin-1''%E4; y*=plain; z*%=odd"
        )
        kind, given = parameters(value)
        assert kind == "application/pdf"
        assert given == {"name": "Lebensäuf.pdf", "a": 'b;"c', "e": "ä", "x": "ä", "y": "plain", "z": "odd"}

    def test_a_line_that_is_none_begins_the_text_and_is_told(self):
        message = read_message(b"From: a@x.example\nthis is no header\nTo: b@x.example\n\nHello\n")
        assert message.headers.raw("to") == ""
        assert message.text.startswith("this is no header")
        assert codes(message) == ["bad-header"]

    def test_lines_of_mailboxes_among_them_are_passed_over(self):
        message = read_message(b"From me Mon Nov 23\n>From you\n more\nSubject: Hello\n\nHi\n")
        assert (message.headers.text("subject"), codes(message)) == ("Hello", [])

    def test_a_header_of_megabytes_hides_no_other(self):
        message = read_message(b"To: " + b"a@x.example, " * 200_000 + b"\nSubject: Hello\n\nHi\n")
        assert message.headers.text("subject") == "Hello"
        assert len(message.headers.people("to")) == 5_000
        assert codes(message) == ["huge-header"]

    def test_headers_without_number_are_bounded(self):
        many = b"".join(b"X-%d: a\n" % number for number in range(MOST_NAMES + 5))
        assert codes(read_message(b"From: a@x.example\n" + many + b"\nHi\n")) == ["huge-header"]
        same = read_message(b"X: a\n" * (MOST_OF_NAME + 5) + b"\nHi\n")
        assert (len(same.headers.raws("x")), codes(same)) == (MOST_OF_NAME, ["huge-header"])

    def test_that_never_end_end_at_a_bound(self, monkeypatch):
        monkeypatch.setattr("askwell.formats.mail.headers.MOST_BYTES", 100)
        message = read_message(b"X: a\n" * 100)
        assert codes(message) == ["bad-header", "huge-header"]


class TestText:
    def test_the_plain_one_of_alternatives_is_read(self):
        assert text(parts(f"{PLAIN}Hello", f"{HTML}<p>Hello</p>", kind="multipart/alternative")) == "Hello\n"

    def test_the_html_where_the_plain_one_is_empty_or_missing(self):
        assert text(parts(f"{PLAIN} \n", f"{HTML}<p>Hello", kind="multipart/alternative")) == "Hello\n"
        assert (
            text(raw("<html><body>Hello<br>Anna</body></html>", content_type="text/html")) == "Hello\nAnna\n"
        )

    def test_parts_that_follow_each_other_are_joined(self):
        assert text(parts(f"{PLAIN}Hello", f"{PLAIN}Goodbye")) == "Hello\n\nGoodbye\n"
        assert text(parts(f"{HTML}<p>Hello", f"{PLAIN}-- \nlist footer")) == "Hello\n\n-- \nlist footer\n"

    def test_what_is_said_twice_is_read_once(self):
        assert text(parts(f"{PLAIN}Hello  Anna", f"{HTML}<p>Hello Anna</p>")) == "Hello  Anna\n"

    def test_files_are_not_read(self):
        file = "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nsecret"
        page = 'Content-Type: text/html; name="page.html"\n\n<p>secret'
        card = "Content-Type: text/vcard\n\nBEGIN:VCARD"
        message = read_message(parts(f"{PLAIN}Hello", file, page, card))
        assert message.text == "Hello\n"
        assert [part.name for part in message.parts] == ["", "notes.txt", "page.html", ""]

    def test_a_message_inside_is_not_what_this_one_says(self):
        inside = f"Content-Type: message/rfc822\n\nSubject: Inside\n\n{PLAIN}Inside"
        message = read_message(parts(f"{PLAIN}Hello", inside))
        assert message.text == "Hello\n"
        assert b"Subject: Inside" in message.parts[1].data
        assert (
            read_message(parts("\nSubject: one\n\na", kind="multipart/digest")).parts[0].kind
            == "message/rfc822"
        )

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [
            ("quoted-printable", "Gr=C3=BC=\n=C3=9Fe"),
            ("BASE64", base64.b64encode("Grüße".encode()).decode()),
            ("8bit", "Grüße"),
            ("x-unknown", "Grüße"),
        ],
    )
    def test_is_unpacked(self, encoding, body):
        headers = {"content_type": "text/plain; charset=utf-8", "content_transfer_encoding": encoding}
        assert text(raw(body, **headers)) == "Grüße\n"

    def test_broken_base64_is_read_as_far_as_it_goes_and_told(self):
        message = read_message(
            raw("SGVsbG8gTGlu*YQ=!", content_type="text/plain", content_transfer_encoding="base64")
        )
        assert message.text == "Hello Lina\n"
        assert codes(message) == ["bad-attachment-encoding"]

    def test_packed_line_ends_are_made_alike(self):
        body = base64.b64encode(b"a\r\nb\rc\0\n").decode()
        assert text(raw(body, content_transfer_encoding="base64")) == "a\nb\nc\n"

    def test_flowing_lines_are_joined(self):
        body = "> quoted \n> still\n Fr. stuffed \nflows on\n-- \nAnna\n"
        assert (
            text(raw(body, content_type="text/plain; format=flowed"))
            == "> quoted still\nFr. stuffed flows on\n-- \nAnna\n"
        )
        assert text(raw("ab \ncd\n", content_type="text/plain; format=flowed; delsp=yes")) == "abcd\n"

    def test_a_signed_message_is_read(self):
        signed = parts(
            f"{PLAIN}Hello", "Content-Type: application/pgp-signature\n\nabc", kind="multipart/signed"
        )
        assert text(signed) == "Hello\n"


class TestFlowing:
    @pytest.mark.parametrize(
        ("lines", "made"),
        [
            ("a \nb", "a b"),
            ("a\nb", "a\nb"),
            ("> a \n>> b \n> c", "> a \n>> b \n> c"),
            (">> a \n>> b", ">> a b"),
            ("a \n-- \nb", "a \n-- \nb"),
            ("a ", "a "),
            ("", ""),
        ],
    )
    def test_joins_what_goes_on(self, lines, made):
        assert unflowed(lines) == made

    @given(st.text("ab >-\n", max_size=60))
    def test_keeps_every_word_in_its_order(self, lines):
        assert re.findall("[ab]+", unflowed(lines)) == re.findall("[ab]+", lines)


class TestCharacters:
    @pytest.mark.parametrize(
        ("data", "charset", "read", "code"),
        [
            (b"abc", "", "abc", ""),
            (b"abc", "x-nonsense", "abc", "unknown-charset"),
            ("Grüße".encode(), "utf-8", "Grüße", ""),
            ("Grüße".encode(), "us-ascii", "Grüße", ""),
            ("Grüße €".encode("cp1252"), "iso-8859-1", "Grüße €", ""),
            ("Á".encode(), "iso-8859-1", "Á", "lying-charset"),
            (b"Gr\xfc\x81", "iso-8859-1", "Grü\x81", ""),
            ("Grüße an alle".encode("latin-1"), "utf-8", "Grüße an alle", "lying-charset"),
            ("Grüße an alle".encode("latin-1"), "", "Grüße an alle", ""),
            ("Grüße".encode(), "x-nonsense", "Grüße", "unknown-charset"),
            ("Grüße an alle".encode("latin-1"), "x-nonsense", "Grüße an alle", "unknown-charset"),
            ("Привет всем".encode("koi8-r"), "koi8-r", "Привет всем", ""),
            ("你好".encode("gb18030"), "gb2312", "你好", ""),
            ("こんにちは".encode("iso2022_jp"), "ISO-2022-JP", "こんにちは", ""),
            (b"hallo+AOQ-", "unicode-1-1-utf-7", "halloä", ""),
            (b"abc", "unicode_escape", "abc", "unknown-charset"),
            (b"\xc3\xa4", "idna", "ä", "unknown-charset"),
            (b"\xc3\xa4", "base64", "ä", "unknown-charset"),
            (b"\xc3\xa4", "a" * 50, "ä", "unknown-charset"),
            (b"\xc3\xa4", "a\0b", "ä", "unknown-charset"),
        ],
    )
    def test_are_what_the_message_names_or_what_they_look_like(self, data, charset, read, code):
        assert text_of(data, charset) == (read, code)

    def test_a_lie_is_told_of_the_text_once(self):
        lying = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe an"
        message = read_message(parts(lying, lying))
        assert message.text == "Grüße an\n\nGrüße an\n"
        assert codes(message) == ["lying-charset"]


class TestPages:
    @pytest.mark.parametrize(
        ("page", "lines"),
        [
            ("<p>one</p><p>two</p>", "one\n\ntwo"),
            ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
            ("<div>one\n two</div><div>three</div>", "one two\nthree"),
            ("<head><style>p{}</style></head><body>one<script>x()</script></body>", "one"),
            (
                "one<blockquote>two<blockquote>three</blockquote></blockquote>four",
                "one\n> two\n> > three\n> >\nfour",
            ),
            ("<table><tr><td>a</td><td>b</td></tr></table>c", "a b\n\nc"),
            ("<pre>a\n\n  b</pre>c", "a\n\nb\nc"),
            ("a&nbsp;&amp;&#228;", "a\xa0&ä"),
            ("2 < 3 and <b>bold</b>", "2 < 3 and bold"),
            ("</blockquote>a</pre>", "a"),
            ("<style>never closed", ""),
            ("<select><style></style><option>x</select>b", "b"),
        ],
    )
    def test_become_lines_with_what_they_quote_marked(self, page, lines):
        assert text_of_html(page) == lines

    @given(st.text("<>/\"'= abpre!-blockquote", max_size=200))
    def test_made_of_anything_are_read(self, page):
        assert "<p>" not in text_of_html(page)


class TestBounds:
    def test_ten_thousand_parts_are_read_to_a_thousand(self):
        message = read_message(parts(*[f"{PLAIN}x"] * 10_000))
        assert len(message.parts) == MOST_PARTS
        assert codes(message) == ["too-many-parts"]

    def test_parts_within_parts_are_followed_so_far(self):
        heads = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(5_000))
        message = read_message(f"From: a@x.example\n{heads}\nHello\n".encode())
        assert codes(message) == ["too-deep"]
        fewer = "".join(
            f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(MOST_DEPTH)
        )
        assert text(f"{fewer}\nHello\n".encode()) == "Hello\n"

    def test_parts_that_share_a_boundary_do_not_multiply(self):
        same = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
        assert len(read_message(same * 20_000).parts) <= MOST_PARTS

    def test_a_message_too_large_is_cut_and_told(self, monkeypatch):
        monkeypatch.setattr("askwell.formats.mail.message.MOST_BYTES", 100)
        assert codes(read_message(b"From: a@x.example\n\n" + b"x" * 200)) == ["cut"]

    @pytest.mark.parametrize(
        "kind", ["multipart/mixed", "multipart/mixed; boundary=", 'multipart/mixed; boundary="never"']
    )
    def test_a_multipart_without_its_parts_is_read_as_text(self, kind):
        message = read_message(raw("Hello\n", content_type=kind))
        assert (message.text, codes(message)) == ("Hello\n", ["broken-multipart"])

    @pytest.mark.parametrize("kind", ["", "text", "/plain", "nonsense; charset=utf-8", "text/"])
    def test_a_kind_that_is_none_is_plain_text(self, kind):
        assert text(raw("Hello\n", content_type=kind)) == "Hello\n"

    def test_a_boundary_counts_at_the_start_of_a_line_alone(self):
        message = raw(
            "--=b\n\nsee --=b\n--=bc\n--=b-- \nepilogue", content_type='multipart/mixed; boundary="=b"'
        )
        assert text(message) == "see --=b\n--=bc\n"
        unended = raw("preamble\n--=b\n\none\n--=b", content_type='multipart/mixed; boundary="=b"')
        assert text(unended) == "one\n"

    def test_what_outlook_packs_is_named(self):
        packed = (
            "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nIp8+"
        )
        assert codes(read_message(parts(f"{PLAIN}Hello", packed))) == ["tnef"]
        by_name = packed.replace("application/ms-tnef", "application/octet-stream")
        assert codes(read_message(parts(by_name))) == ["tnef"]

    def test_what_is_encrypted_is_named(self):
        sealed = "Content-Type: application/pgp-encrypted\n\nVersion: 1"
        assert codes(read_message(parts(sealed, kind="multipart/encrypted"))) == ["encrypted"]

    def test_the_text_before_the_parts_is_kept(self):
        message = read_message(
            raw("not for you\n--=b\n\none\n--=b--\n", content_type='multipart/mixed; boundary="=b"')
        )
        assert message.preamble.strip() == "not for you"


NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cf", "Cn", "Co")), max_size=30
).map(lambda name: " ".join(name.split()))
LOCAL = st.from_regex(r"[a-z][a-z0-9.+_-]{0,10}[a-z0-9]", fullmatch=True).filter(
    lambda name: ".." not in name
)
BODY = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda one: one.replace(microsecond=0))


@settings(max_examples=150)
@given(
    sender=NAMES,
    local=LOCAL,
    subject=NAMES,
    body=BODY,
    at=MOMENTS,
    hours=st.integers(-12, 14),
    html=st.booleans(),
)
def test_well_formed_messages_say_what_the_standard_library_reads(
    sender, local, subject, body, at, hours, html
):
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = Address(sender, local, "harbour.example")
        made["To"] = [Address("Lina Weiß", "lina", "example.org"), Address("", "tom", "example.org")]
        made["Subject"] = subject
        made["Date"] = at.replace(tzinfo=timezone(timedelta(hours=hours)))
        made.set_content(body)
        if html:
            made.add_alternative("<p>Hello</p>", subtype="html")
        data = made.as_bytes()
    except (ValueError, IndexError, AttributeError):
        assume(False)
    theirs = email.message_from_bytes(data, policy=default)
    ours = read_message(data)
    (wrote,) = ours.headers.people("from")
    (they_say,) = theirs["From"].addresses
    assert wrote.address == they_say.addr_spec
    # Between encoded words of a name that is folded the library reads a space that is not there.
    assert "".join(wrote.name.split()) == "".join(they_say.display_name.split())
    assert [one.address for one in ours.headers.people("to")] == [
        one.addr_spec for one in theirs["To"].addresses
    ]
    assert ours.headers.text("subject") == theirs["Subject"].strip()
    assert ours.headers.moment() == theirs["Date"].datetime
    if body.strip():
        assert ours.text.strip("\n") == theirs.get_body(("plain",)).get_content().replace("\r\n", "\n").strip(
            "\n"
        )


HEADERS = st.sampled_from(
    ["From: a@x.example", "Subject: =?utf-8?q?=C3=A4?=", "Content-Type: text/html", " folded", "Content-Type: multipart/mixed; boundary=b",
     "--b", "--b--", "", "Content-Transfer-Encoding: base64", "SGVsbG8=", "text \u00e4", "Content-Type: text/plain; charset=utf-16", "From x"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(HEADERS, max_size=25))
def test_lines_end_as_they_like(lines):
    with_lf = "\n".join(lines).encode()
    said = [read_message(with_lf.replace(b"\n", end)) for end in (b"\n", b"\r\n", b"\r")]
    assert (
        len({(one.text, one.headers.text("subject"), tuple(codes(one)), len(one.parts)) for one in said}) == 1
    )


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data):
    message = read_message(data)
    assert isinstance(message.text, str)
    message.text.encode()
    for name in message.headers.names():
        message.headers.text(name).encode()
        message.headers.people(name)
        message.headers.ids(name)
        message.headers.moment(name)


def test_no_sign_that_a_database_refuses_stands_in_an_id_or_an_address():
    raw = b"From: jane\0@acme.example\nReferences: <a\0b@x.example> <c\x01@x.example>\nMessage-ID: d\0@x.example\n\n."
    headers = read_message(raw).headers
    assert headers.ids("references") == ("<ab@x.example>", "<c@x.example>")
    assert headers.ids("message-id") == ("<d@x.example>",)
    assert not [one for one in headers.people("from") if "\0" in one.address]
