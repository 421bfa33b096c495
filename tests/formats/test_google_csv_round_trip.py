"""What we write as a Google Contacts CSV file is read back as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.formats import google_csv, google_csv_writer
from askwell.formats.names import name_of_parts
from askwell.formats.records import Email, PersonRecord, Phone, PostalAddress, Source, Url

HERE = Source(file="contacts.csv", line=2)

# Cells hold any text, without outer white space; " ::: " separates values and "*" marks Google's own words.
CELL = st.one_of(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters=":*"), max_size=15).map(
        lambda text: " ".join(text.split())
    ),
    st.sampled_from(["=1+1", "-2+3", "@SUM(A1)", 'a,b;"c"', "O'Neil", "'quoted'", "שלום", "🙂", "C:\\temp"]),
)
SAID = CELL.filter(bool)
NAME = st.sampled_from(["Ada", "Amara Zoë", "O'Neil", "Núñez", "van der Berg", "Łukasz", "山田", "שלום"])
PART = st.one_of(st.just(""), NAME)
LABEL = st.sampled_from(["", "home", "work", "mobile", "home fax", "chess club", "other"])
HOST = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)
EMAIL = st.builds(lambda name, host, label: Email(value=f"{name}@{host}", label=label), HOST, HOST, LABEL)
PHONE = st.builds(
    lambda rest, label: Phone(value=f"+49 171 {rest}", e164=f"+49171{rest}", label=label),
    st.from_regex(r"[1-9][0-9]{6}", fullmatch=True),
    LABEL,
)
URL = st.builds(lambda host, label: Url(value=f"https://{host}", label=label), HOST, LABEL)
PARTS = ("po_box", "extended", "street", "city", "region", "postcode", "country", "formatted")
ADDRESS = st.builds(
    lambda parts, label: PostalAddress(label=label, **dict(zip(PARTS, parts, strict=True))),
    st.lists(CELL, min_size=8, max_size=8).filter(any),
    LABEL,
)


@st.composite
def people(draw: st.DrawFn) -> PersonRecord:
    return PersonRecord(
        # Google shows a name by its parts, and so do we when we read.
        name=name_of_parts(
            prefix=draw(st.sampled_from(["", "Dr."])),
            given=draw(NAME),
            middle=draw(PART),
            family=draw(PART),
            suffix=draw(st.sampled_from(["", "Jr."])),
            nickname=draw(PART),
        ),
        source=HERE,
        emails=tuple(draw(st.lists(EMAIL, max_size=3, unique_by=lambda one: one.value))),
        phones=tuple(draw(st.lists(PHONE, max_size=3, unique_by=lambda one: one.value))),
        organization=draw(CELL),
        department=draw(CELL),
        title=draw(CELL),
        birthday=draw(st.one_of(st.just(""), st.just("--02-29"), st.dates().map(str))),
        addresses=tuple(draw(st.lists(ADDRESS, max_size=2))),
        urls=tuple(draw(st.lists(URL, max_size=2, unique_by=lambda one: one.value))),
        notes=draw(st.lists(SAID, max_size=3).map("\n".join)),
        tags=tuple(draw(st.lists(SAID, max_size=3, unique=True))),
    )


@settings(max_examples=40)
@given(written=st.lists(people(), min_size=1, max_size=3))
def test_people_come_back_from_a_google_file(written: list[PersonRecord]):
    data = b"".join(google_csv_writer.write(written))
    reading = google_csv.read(data, file="contacts.csv", default_country="DE")
    assert [replace(one, source=HERE) for one in reading.people] == written
    assert reading.problems == ()
