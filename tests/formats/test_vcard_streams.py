"""Address books far larger than memory should be: read card by card."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from askwell.formats import vcard
from askwell.formats.records import PersonRecord

PHOTO = "\r\n ".join(["QUJD" * 15] * 500)
CARDS = 3_200
LIMIT = 16_000_000


class Book(io.RawIOBase):
    """A stream of cards that stand nowhere whole."""

    def __init__(self, cards: int) -> None:
        self.left = cards
        self.given = 0
        self.rest = b""

    def read(self, size: int = -1) -> bytes:
        while self.left and len(self.rest) < size:
            self.rest += self._card()
            self.left -= 1
        data, self.rest = self.rest[:size], self.rest[size:]
        self.given += len(data)
        return data

    def _card(self) -> bytes:
        lines = [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"N:Rao {self.left};Ada;;;",
            f"FN:Ada Rao {self.left}",
            f"EMAIL;TYPE=WORK:a{self.left}@brightwater.example",
            f"TEL;TYPE=CELL:+49 171 {self.left:07}",
            f"PHOTO;ENCODING=b;TYPE=JPEG:{PHOTO}",
            "END:VCARD",
            "",
        ]
        return "\r\n".join(lines).encode()


@pytest.mark.slow
def test_a_hundred_megabytes_are_read_in_bounded_memory():
    book = Book(CARDS)
    tracemalloc.start(1)
    try:
        found = sum(isinstance(one, PersonRecord) for one in vcard.iter_cards(book))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == CARDS
    assert book.given > 100_000_000
    assert peak < LIMIT


def test_a_line_that_repeats_an_encoding_without_end_is_read_like_any_other():
    # Read in one pass; looked for anew at each repetition it would take minutes.
    head = ";ENCODING=QUOTED-PRINTABLE" * 30_000
    card = f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ada\r\nNOTE{head}=\r\nEND:VCARD\r\n".encode()
    assert [person.name.formatted for person in vcard.read(card, file="a.vcf").people] == ["Ada"]
