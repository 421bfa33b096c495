"""While a file is read nobody looks for cycles; afterwards all is as it was."""

from __future__ import annotations

import gc

import pytest

from askwell.formats import vcard
from askwell.formats.cycles import no_cycles

CARDS = b"BEGIN:VCARD\nN:Rao;Ada;;;\nEMAIL:ada@brightwater.example\nEND:VCARD\n" * 2000


@pytest.fixture(params=[True, False])
def searched(request: pytest.FixtureRequest):
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_an_address_book_is_read_without_a_search(searched: bool):
    searches: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        searches.append(phase)

    gc.callbacks.append(note)
    try:
        reading = vcard.read(CARDS, file="book.vcf")
    finally:
        gc.callbacks.remove(note)
    assert len(reading.people) == 2000
    assert searches == []
    assert gc.isenabled() is searched


def test_the_search_goes_on_after_an_error(searched: bool):
    with pytest.raises(KeyError), no_cycles():
        raise KeyError
    assert gc.isenabled() is searched
