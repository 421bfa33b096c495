"""Cards we write, and the round trip: nothing a phone put into a card is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from askwell.formats import vcard
from askwell.formats.phones import e164
from askwell.formats.records import (
    Email,
    Name,
    PersonRecord,
    Phone,
    PositionRecord,
    PostalAddress,
    Problem,
    Reading,
    Source,
    Url,
)

CORPUS = Path(__file__).parents[1] / "corpus" / "vcard"
HERE = Source(file="book.vcf", line=1)
VERSIONS = ["3.0", "4.0"]


def read(data: bytes) -> Reading:
    return vcard.read(data, file="book.vcf", default_country="DE")


def written(person: PersonRecord, version: str = "3.0") -> bytes:
    (card,) = vcard.write([person], version=version)
    return card


def lines(person: PersonRecord, version: str = "3.0") -> list[str]:
    return written(person, version).decode().replace("\r\n ", "").split("\r\n")


def person(**values) -> PersonRecord:
    return PersonRecord(name=Name(given="Ada", family="Rao", formatted="Ada Rao"), source=HERE, **values)


def again(one: PersonRecord, version: str) -> PersonRecord:
    reading = read(written(one, version))
    assert [problem.code for problem in reading.problems] == []
    return reading.people[0]


@pytest.mark.parametrize("name", ["iphone.vcf", "android.vcf", "version4.vcf"])
def test_a_real_card_comes_back_as_it_was(name: str):
    version = "4.0" if name == "version4.vcf" else "3.0"
    (one,) = read((CORPUS / name).read_bytes()).people
    assert again(one, version) == one


@pytest.mark.parametrize("name", ["iphone.vcf", "android.vcf", "version4.vcf"])
def test_a_card_changes_family_twice_and_keeps_what_both_can_say(name: str):
    (one,) = read((CORPUS / name).read_bytes()).people
    back = again(again(again(one, "3.0"), "4.0"), "3.0")
    assert replace(back, kept=()) == replace(one, kept=())
    assert {value for _, value in back.kept} >= {value for _, value in again(one, "3.0").kept}


def test_groups_and_labels_are_given_back_as_they_were():
    (amara,) = read((CORPUS / "iphone.vcf").read_bytes()).people
    out = lines(amara)
    for line in (
        "item1.EMAIL;type=INTERNET:amara@school.example",
        "item1.X-ABLabel:School Friends",
        "item2.ADR;type=HOME;type=pref:;;Main St 1\\nRear;Berlin;;10115;Germany",
        "item2.X-ABADR:de",
        "item4.X-ABDATE;type=pref:2019-06-01",
        "item4.X-ABLabel:_$!<Anniversary>!$_",
        "X-PHONETIC-FIRST-NAME:ah-MAH-rah",
    ):
        assert line in out


def test_a_changed_value_does_not_bring_its_old_line_back():
    (amara,) = read((CORPUS / "iphone.vcf").read_bytes()).people
    out = "\n".join(lines(replace(amara, emails=(), addresses=())))
    assert "EMAIL" not in out
    assert "ADR;" not in out
    assert "item1." not in out
    assert "item2.X-ABADR:de" in out


def test_new_groups_do_not_take_the_numbers_of_kept_ones():
    kept = (("item1.X-ABDATE", "2019-06-01"), ("item1.X-ABLabel", "Founded"))
    out = lines(person(kept=kept, emails=(Email(value="a@x.example", label="chess club"),)))
    assert "item2.EMAIL:a@x.example" in out
    assert "item2.X-ABLabel:chess club" in out


def test_alternative_names_stand_as_long_as_the_first_does():
    card = b"BEGIN:VCARD\nVERSION:4.0\nFN:Ada Rao\nFN;LANGUAGE=hi:x\nN:Rao;Ada;;;\nEND:VCARD\n"
    (ada,) = read(card).people
    assert {"FN:Ada Rao", "FN;LANGUAGE=hi:x"} <= set(lines(ada, "4.0"))
    other = replace(ada, name=replace(ada.name, formatted="Ada Lu"))
    assert "FN;LANGUAGE=hi:x" not in lines(other, "4.0")


def test_a_birthday_kept_as_written_goes_when_a_real_one_comes():
    (ada,) = read(b"BEGIN:VCARD\nFN:Ada Rao\nBDAY:1985\nEND:VCARD\n").people
    assert "BDAY:1985" in lines(ada)
    assert [line for line in lines(replace(ada, birthday="1985-02-03")) if "BDAY" in line] == [
        "BDAY:1985-02-03"
    ]


def test_a_photo_is_embedded_the_way_each_version_does():
    jpeg = person(kept=(("PHOTO;ENCODING=b;TYPE=JPEG", "QUJD"),))
    assert "PHOTO:data:image/jpeg;base64,QUJD" in lines(jpeg, "4.0")
    data = person(kept=(("LOGO;PREF=2", "data:image/png;base64,QUJD"), ("KEY", "data:;base64,QUJD")))
    assert "LOGO;TYPE=pref;ENCODING=b;TYPE=PNG:QUJD" in lines(data, "3.0")
    assert "KEY;ENCODING=b:QUJD" in lines(data, "3.0")
    assert "KEY:data:application/octet-stream;base64,QUJD" in lines(
        person(kept=(("KEY;ENCODING=b", "QUJD"),)), "4.0"
    )


def test_lines_are_folded_at_75_octets_and_never_inside_a_character():
    card = written(person(notes="ß日本🙂" * 60))
    assert all(len(line) <= 75 for line in card.split(b"\r\n"))
    assert all(line.decode() is not None for line in card.split(b"\r\n"))
    assert card.endswith(b"END:VCARD\r\n")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_other_readers_kept_is_not_written_as_lines(version: str):
    odd = (
        ("Custom Field 1 - Label", "x"),
        ("Gender", "x"),
        ("X-A\nFN", "x"),
        ("X-OK", "a\nTEL:1"),
        ("", "x"),
    )
    out = lines(person(kept=odd), version)
    assert "X-OK:a\\nTEL:1" in out
    assert len(out) == 8


@pytest.mark.parametrize("version", VERSIONS)
def test_a_card_without_a_name_is_written_under_what_it_has(version: str):
    nameless = PersonRecord(name=Name(), source=HERE, phones=(Phone(value="030 1", e164="+49301"),))
    assert "FN:030 1" in lines(nameless, version)
    assert "FN:" in lines(PersonRecord(name=Name(), source=HERE), version)


def test_line_breaks_cannot_smuggle_a_property_in():
    evil = "x\r\nTEL:1\rEND:VCARD\nBEGIN:VCARD\0"
    card = person(
        emails=(Email(value=evil, label=evil),),
        urls=(Url(value=evil),),
        notes=evil,
        uid=evil,
        birthday=evil,
        addresses=(PostalAddress(street=evil, formatted=evil),),
        kept=(("X-A", evil),),
    )
    for version in VERSIONS:
        reading = read(written(card, version))
        assert len(reading.people) == 1
        assert reading.people[0].phones == ()


def test_a_half_character_does_not_stop_the_writing():
    assert "NOTE:a?b" in lines(person(notes="a\ud800b"))


# Any text that a field may hold: what white space stands outside is not part of it.
TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r"), max_size=30).map(
    str.strip
)
SOME = TEXT.filter(bool)
FREE = st.one_of(
    TEXT,
    st.sampled_from(
        [
            "a,b;c\\d",
            "line\nline",
            "\\n",
            "שלום עולם",
            "🙂👩‍👩‍👧",
            "END:VCARD",
            "x\nEND:VCARD",
            "=",
            "a\u2028b",
            "a\\",
        ]
    ),
)
LABELS = st.sampled_from(
    [
        "",
        "home",
        "work",
        "mobile",
        "iphone",
        "home fax",
        "pager",
        "cell",
        "home page",
        "school friend",
        "a, b",
        "fax home",
    ]
)
DAYS = st.dates(min_value=date(1000, 1, 1))
KEPT = st.one_of(
    st.tuples(st.sampled_from(["X-A", "item3.X-B"]), SOME.map(lambda value: value.replace("\n", "\\n"))),
    st.just(("PHOTO;ENCODING=b", "QUJD")),
)
BIRTHDAYS = st.one_of(st.just(""), DAYS.map(str), DAYS.map(lambda d: f"--{d:%m-%d}"))


@st.composite
def phones(draw: st.DrawFn) -> Phone:
    value = draw(st.one_of(st.from_regex(r"\+?[0-9][0-9 ]{2,12}[0-9]", fullmatch=True), SOME))
    assume(not value.lower().startswith("tel:"))
    return Phone(value=value, e164=e164(value, "DE"), label=draw(LABELS))


@st.composite
def addresses(draw: st.DrawFn) -> PostalAddress:
    parts = draw(st.lists(FREE, min_size=8, max_size=8).filter(any))
    names = ("po_box", "extended", "street", "city", "region", "postcode", "country", "formatted")
    return PostalAddress(label=draw(LABELS), **dict(zip(names, parts, strict=True)))


@st.composite
def people(draw: st.DrawFn) -> PersonRecord:
    given, family = draw(SOME), draw(FREE)
    name = Name(
        prefix=draw(TEXT),
        given=given,
        middle=draw(TEXT),
        family=family,
        suffix=draw(TEXT),
        nickname=draw(FREE),
        formatted=draw(SOME),
    )
    emails = draw(
        st.lists(
            st.builds(Email, value=SOME, label=LABELS), max_size=3, unique_by=lambda e: e.value.casefold()
        )
    )
    assume(not any(email.value.lower().startswith("mailto:") for email in emails))
    numbers = draw(st.lists(phones(), max_size=3, unique_by=lambda p: p.e164 or p.value))
    urls = draw(st.lists(st.builds(Url, value=SOME, label=LABELS), max_size=3, unique_by=lambda u: u.value))
    assume(not any("linkedin" in url.value.lower() for url in urls))
    position = st.builds(
        PositionRecord,
        organization=FREE,
        title=FREE,
        started=st.sampled_from(["", "2019-03"]),
        school=st.booleans(),
    )
    return PersonRecord(
        name=name,
        source=HERE,
        emails=tuple(emails),
        phones=tuple(numbers),
        organization=draw(FREE),
        department=draw(FREE),
        title=draw(FREE),
        positions=tuple(draw(st.lists(position, max_size=2, unique=True))),
        birthday=draw(BIRTHDAYS),
        addresses=tuple(draw(st.lists(addresses(), max_size=2, unique=True))),
        urls=tuple(urls),
        notes=draw(FREE),
        tags=tuple(draw(st.lists(SOME, max_size=3, unique=True))),
        headline=draw(FREE),
        place=draw(FREE),
        uid=draw(FREE),
        connected_on=draw(st.none() | DAYS),
        referred_by=draw(FREE),
        met=draw(FREE),
        kept=tuple(draw(st.lists(KEPT, max_size=2))),
    )


@settings(max_examples=120)
@given(one=people(), version=st.just("3.0"))
def test_any_record_comes_back_from_3_0(one: PersonRecord, version: str):
    assert again(one, version) == one


@settings(max_examples=100)
@given(one=people())
def test_any_record_comes_back_from_4_0(one: PersonRecord):
    one = replace(one, kept=tuple(pair for pair in one.kept if "ENCODING" not in pair[0]))
    assert again(one, "4.0") == one


@settings(max_examples=120)
@given(data=st.binary(max_size=300))
@example(b"BEGIN:VCARD\nAGENT:\nBEGIN:VCARD")
@example(b" BEGIN:VCARD\n \n =\nNOTE;QUOTED-PRINTABLE:=\n=\n")
def test_no_bytes_make_reading_fail(data: bytes):
    assert isinstance(read(data), Reading)
    assert isinstance(read(b"BEGIN:VCARD\r\n" + data + b"\r\nEND:VCARD\r\n"), Reading)


HEADS = st.sampled_from(
    [
        *("EMAIL", "TEL", "TEL;VALUE=uri", "URL", "ADR", "LABEL", "ORG", "TITLE", "N", "FN", "CATEGORIES"),
        *("item1.EMAIL", "item1.TEL", "item1.ADR", "item1.LABEL", "item1.X-ABLabel", "item2.URL", "a.TITLE"),
        *("item2.X-ABLabel", "KIND", "VERSION", "X-SOCIALPROFILE", 'ADR;LABEL="a: b"', 'X-B;P="open', "BDAY"),
    ]
)
VALUES = st.sampled_from(
    [
        *("", " ", "a@x.example", "mailto:A@x.example", "tel:+49-171-1234567;ext=5", "0171 1234567", "work"),
        *(
            "a;b;c;d;e;f;g;h",
            "a,b;c\\;d",
            "a\\nb",
            "_$!<HomePage>!$_",
            "https://www.linkedin.com/in/a",
            "2.1",
        ),
        *("linkedin", "group", "1985-02-03", "1985"),
    ]
)
SAMPLES = [path.read_bytes() for path in sorted(CORPUS.glob("*.vcf"))]


@settings(max_examples=200)
@given(
    sample=st.sampled_from(SAMPLES),
    cuts=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40), st.binary(max_size=6)), max_size=4),
)
def test_a_damaged_card_gives_problems_and_not_exceptions(sample: bytes, cuts: list[tuple[int, int, bytes]]):
    for at, size, more in cuts:
        sample = sample[:at] + more + sample[at + size :]
    reading = read(sample)
    assert all(isinstance(problem, Problem) and problem.message for problem in reading.problems)
    if reading.people:
        for version in VERSIONS:
            for card in vcard.write(reading.people, version=version):
                assert read(card).people


@settings(max_examples=100)
@given(
    sample=st.sampled_from(SAMPLES),
    lines_=st.lists(
        st.one_of(
            st.text("abXN:;,=\\\"\n .-'^$_!<>é", max_size=25),
            st.lists(
                st.sampled_from(["a", "=C3=BC", "=", "=\n", "\n ", " b", ":", "\nX-A:c"]), max_size=8
            ).map(lambda parts: "NOTE;QUOTED-PRINTABLE:" + "".join(parts)),
            st.builds("{}{}:{}".format, HEADS, st.sampled_from(["", ";TYPE=work", ";PREF=1"]), VALUES),
        ).map(lambda text: "\n" + text),
        max_size=4,
    ),
)
def test_the_fast_and_the_careful_way_agree(sample: bytes, lines_: list[str]):
    data = sample.replace(b"\nNOTE", ("".join(lines_) + "\nNOTE").encode(), 1).replace(b"\r\n", b"\n")
    fast = read(data)
    # A leading space before BEGIN sends a card the careful way.
    careful = read(re.sub(rb"(?m)^", b" ", data))
    assert [replace(p, source=HERE) for p in fast.people] == [replace(p, source=HERE) for p in careful.people]
    assert [p.code for p in fast.problems] == [p.code for p in careful.problems]
    # A card seen twice is read by what is remembered of the first.
    assert [replace(p, source=HERE) for p in read(data + data).people] == [
        replace(p, source=HERE) for p in (*fast.people, *fast.people)
    ]
