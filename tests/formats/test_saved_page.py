"""A saved page of news becomes its words, whatever else is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.errors import FormatError, TooLarge
from askwell.formats.saved_page import MOST_BYTES, MOST_SIGNS, NotText, read_page, shorten

PAGE = """<!DOCTYPE html><html><head><title>Acme opens a ward</title><style>p{color:red}</style>
<script>alert("no")</script></head><body><nav><a href="/">Home</a></nav>
<h1>Acme opens a ward</h1><p>The hospital &amp; its <b>nurses</b><br>are glad.</p>
<script>steal(</script><p onclick="x()">Second&nbsp;day &lt;3</p><footer>Imprint</footer></body></html>"""


def test_what_a_reader_sees_is_kept_and_nothing_else():
    assert read_page(PAGE.encode(), file="news.html") == (
        "Acme opens a ward\n\nAcme opens a ward\n\nThe hospital & its nurses\nare glad.\n\nSecond day <3"
    )


def test_a_text_file_is_kept_as_it_is():
    assert (
        read_page("  Acme grows.\r\n\r\n\r\n\r\n2 < 3\n".encode("utf-8-sig"), file="a.txt")
        == "Acme grows.\n\n2 < 3"
    )


def test_other_encodings_are_read():
    assert read_page("<p>Klinik eröffnet Station für Übergänge</p>".encode("cp1252"), file="a.html") == (
        "Klinik eröffnet Station für Übergänge"
    )


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"%PDF-1.4\x00\x01\x02\x03\x04\x05", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotText):
        read_page(data, file="a.html")


def test_a_page_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(TooLarge):
        read_page(b"a" * (MOST_BYTES + 1), file="a.html")


def test_a_long_text_is_cut_at_a_word_and_marked():
    text = read_page(b"word " * MOST_SIGNS, file="a.txt")
    assert len(text) <= MOST_SIGNS
    assert text.endswith("word…")
    assert shorten("short") == "short"


def test_an_element_that_is_never_closed_hides_no_more_than_itself():
    assert read_page(b"<div><svg><title>x</title></div><p>Seen</svg><p>After", file="a.html") == "After"
    assert read_page(b"<p>Before</nav></script><p>After", file="a.html") == "Before\nAfter"


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<p>{text}".encode("utf-8", "ignore"))
)
def test_any_bytes_give_text_or_are_refused(data):
    try:
        text = read_page(data, file="a")
    except FormatError:
        return
    assert len(text) <= MOST_SIGNS


@pytest.mark.parametrize("piece", [b"<!", b"<a ", b"<!--", b"</", b"&#", b"<script>", b"<![CDATA[", b"<div>"])
def test_a_hostile_page_ends(piece):
    """The slowest of them would take hours if the reading went over the text again and again."""
    text = read_page(b"<p>News</p>" + piece * 60_000, file="a.html")
    assert text.startswith("News")
