"""Plain cards of 3.0 read beside vobject: where it reads a value, ours is the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats import vcard

vobject = pytest.importorskip("vobject")

# vobject takes some of the rarer white space for line ends.
WORD = st.text(
    st.characters(categories=("L", "N", "P", "S"), exclude_characters='\\;,:"'), min_size=1, max_size=12
)
PHRASE = st.lists(st.one_of(WORD, st.sampled_from([",", ";", "a, b", "c; d"])), min_size=1, max_size=4).map(
    " ".join
)


def escaped(text: str) -> str:
    return text.replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


@settings(max_examples=80)
@given(
    phrases=st.lists(PHRASE, min_size=5, max_size=5),
    words=st.lists(WORD, min_size=3, max_size=3),
    note=st.lists(PHRASE, min_size=1, max_size=3).map("\n".join),
)
def test_texts_are_the_same(phrases: list[str], words: list[str], note: str):
    family, shown, firm, job, street = phrases
    first, unit, city = words
    card = "\r\n".join(
        [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"N:{escaped(family)};{escaped(first)};;;",
            f"FN:{escaped(shown)}",
            f"ORG:{escaped(firm)};{escaped(unit)}",
            f"TITLE:{escaped(job)}",
            f"NOTE:{escaped(note)}",
            f"ADR;TYPE=WORK:;;{escaped(street)};{escaped(city)};;9000;Belgium",
            "END:VCARD",
            "",
        ]
    )
    theirs = vobject.readOne(card)
    (ours,) = vcard.read(card.encode(), file="book.vcf").people
    assert (ours.name.family, ours.name.given) == (theirs.n.value.family, theirs.n.value.given)
    assert ours.name.formatted == theirs.fn.value
    assert [ours.organization, ours.department] == theirs.org.value
    assert (ours.title, ours.notes) == (theirs.title.value, theirs.note.value)
    address = theirs.adr.value
    assert (ours.addresses[0].street, ours.addresses[0].city) == (address.street, address.city)
    assert (ours.addresses[0].postcode, ours.addresses[0].country) == (address.code, address.country)


@settings(max_examples=40)
@given(
    local=st.lists(st.from_regex(r"[a-z0-9.]{1,40}", fullmatch=True), min_size=1, max_size=4, unique=True),
    width=st.integers(20, 75),
)
def test_addresses_and_folded_lines_are_the_same(local: list[str], width: int):
    lines = [f"EMAIL;TYPE=INTERNET,HOME:{one}@home.example" for one in local]
    lines += [f"URL:https://{one}.example/a?b=c" for one in local]
    folded = ["\r\n ".join(line[at : at + width] for at in range(0, len(line), width)) for line in lines]
    card = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "N:Rao;Ada;;;", "FN:Ada Rao", *folded, "END:VCARD", ""])
    theirs = vobject.readOne(card)
    (ours,) = vcard.read(card.encode(), file="book.vcf").people
    assert [email.value for email in ours.emails] == [email.value for email in theirs.email_list]
    assert [url.value for url in ours.urls] == [url.value for url in theirs.url_list]
