"""Cards as phones and programs write them, and what must come out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from askwell.formats import vcard
from askwell.formats.records import Email, Name, PersonRecord, Phone, PostalAddress, Problem, Severity, Url

CORPUS = Path(__file__).parents[1] / "corpus" / "vcard"


def read(data: str | bytes, country: str = "DE"):
    raw = data.encode() if isinstance(data, str) else data
    return vcard.read(raw, file="book.vcf", default_country=country)


def card(*lines: str, version: str = "3.0") -> PersonRecord:
    reading = read("\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))
    assert len(reading.people) == 1, reading.problems
    return reading.people[0]


def named(*lines: str, version: str = "3.0") -> PersonRecord:
    return card("N:Okafor;Amara;;;", "FN:Amara Okafor", *lines, version=version)


def codes(data: str | bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in read(data).problems]


def of_corpus(name: str):
    return vcard.read((CORPUS / name).read_bytes(), file=name, default_country="DE")


def test_an_iphone_card_gives_every_field():
    (amara,) = of_corpus("iphone.vcf").people
    assert amara.name == Name(prefix="Dr.", given="Amara", family="Okafor", formatted="Dr. Amara Okafor")
    assert amara.emails == (
        Email(value="amara@brightwater.example", label="work"),
        Email(value="amara@school.example", label="school friends"),
    )
    assert amara.phones == (
        Phone(value="+49 171 1234567", e164="+491711234567", label="mobile"),
        Phone(value="(030) 901820", e164="+4930901820", label="iphone"),
        Phone(value="+49 30 901821", e164="+4930901821", label="work fax"),
    )
    assert (amara.organization, amara.department, amara.title) == ("Brightwater Labs", "Field", "Hydrologist")
    assert amara.addresses[0] == PostalAddress(
        label="home", street="Main St 1\nRear", city="Berlin", postcode="10115", country="Germany"
    )
    assert amara.urls == (
        Url(value="https://amara.example", label="home page"),
        Url(value="https://www.linkedin.com/in/amara-okafor", label="profile"),
    )
    assert amara.birthday == "--02-29"
    assert amara.notes == "met at, the fair; again in May\n2nd line"
    assert amara.tags == ("fair", "water, rivers")


def test_an_android_card_in_quoted_printable_gives_every_field():
    (joerg,) = of_corpus("android.vcf").people
    assert joerg.name == Name(given="Jörg", family="Müller", nickname="Jo", formatted="Jörg Müller")
    assert joerg.organization == "Hülsmann; Söhne"
    assert joerg.notes.startswith("Kollege von früher, größte Hilfe\nbeim Umzug")
    assert joerg.notes.endswith("wieder melden")
    assert [(p.value, p.label) for p in joerg.phones] == [("0171-1234567", "mobile"), ("030 901820", "work")]
    assert ("PHOTO;ENCODING=b;TYPE=JPEG", "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP==") in joerg.kept
    assert ("X-ANDROID-CUSTOM", "vnd.android.cursor.item/relation;Ada;1;;;;;;;;;;;;;") in joerg.kept


def test_a_card_of_version_4_gives_every_field():
    (zoe,) = of_corpus("version4.vcf").people
    assert zoe.phones == (Phone(value="+1-415-555-0199", e164="+14155550199", label="work mobile"),)
    assert zoe.addresses == (
        PostalAddress(label="work", street="Elm 1", city="Ghent", formatted='Elm 1\nGhent "North"'),
    )
    assert zoe.urls == (Url(value="https://www.linkedin.com/in/zoe", label="profile"),)
    assert [email.value for email in zoe.emails] == ["first@example.com", "second@example.com"]
    assert zoe.birthday == "1985-02-03"
    assert zoe.uid == "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"


def test_several_cards_are_read_in_order_with_their_lines():
    two = "BEGIN:VCARD\nFN:Ada Rao\nEND:VCARD\n\nBEGIN:VCARD\nFN:Kofi Mensah\nEND:VCARD\n"
    assert [(p.name.formatted, p.source.line) for p in read(two).people] == [
        ("Ada Rao", 1),
        ("Kofi Mensah", 5),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str):
    lines = ["BEGIN:VCARD", "N:Rao;Ada;;;", "NOTE:first", "  and second", "", "END:VCARD", ""]
    (ada,) = read(end.join(lines)).people
    assert ada.notes == "first and second"
    assert read(end.join(lines)).problems == ()


@pytest.mark.parametrize("fold", ["\r\n ", "\r\n\t"])
def test_a_fold_is_a_space_or_a_tab(fold: str):
    assert named(f"NOTE:first{fold}and second").notes == "firstand second"


def test_mixed_line_ends_are_read():
    assert read("BEGIN:VCARD\r\nFN:Ada Rao\nNOTE:a\r\nEND:VCARD\r\n").people[0].notes == "a"
    assert card("FN:Ada Rao", "NOTE;QUOTED-PRINTABLE:one=\n line=\r\nmore").notes == "one linemore"


def test_every_kind_of_line_end_counts_as_one_line():
    data = "BEGIN:VCARD\nFN:Ada Rao\rNOTE:a\r\nEND:VCARD\n\rrubbish\r\n"
    assert codes(data) == [(6, "outside-card")]


@pytest.mark.parametrize("indent", ["", " "])
def test_soft_breaks_and_folds_may_stand_in_one_line(indent: str):
    lines = [
        "BEGIN:VCARD",
        "FN:Ada Rao",
        "NOTE;QUOTED-PRINTABLE:one=",
        "two",
        "  three=",
        " four",
        "END:VCARD",
        "",
    ]
    data = "\n".join(f"{indent}{line}" for line in lines)
    assert read(data).people[0].notes == "onetwo three four"


@pytest.mark.parametrize("indent", ["", " "])
def test_a_first_line_that_looks_folded_is_a_line_of_its_own(indent: str):
    lines = ["BEGIN:VCARD", " FN:Ada Rao", "END:VCARD", ""]
    assert read("\n".join(f"{indent}{line}" for line in lines)).people[0].name.formatted == "Ada Rao"


def test_of_two_backslashes_the_first_escapes_the_second():
    person = named(r"ORG:Elm\\\\;Field", r"CATEGORIES:a\\\,b,c\,,d\\")
    assert (person.organization, person.department) == ("Elm\\\\", "Field")
    assert person.tags == ("a\\,b", "c,", "d\\")


def test_a_charset_that_makes_a_carriage_return_makes_a_line_break():
    data = rb"BEGIN:VCARD\nFN:Ada Rao\nNOTE;CHARSET=unicode_escape:a\rb".replace(rb"\n", b"\n")
    assert read(data + b"\xfc\nEND:VCARD\n").people[0].notes == "a\nb\xfc"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str):
    (juergen,) = read("BEGIN:VCARD\r\nFN:Jürgen Łukasz\r\nEND:VCARD\r\n".encode(encoding)).people
    assert juergen.name.formatted == "Jürgen Łukasz"


def test_a_file_in_windows_1252_is_read_and_said():
    data = "BEGIN:VCARD\nFN:Jürgen “Jo” Weiß\nEND:VCARD\n".encode("cp1252")
    assert read(data).people[0].name.formatted == "Jürgen “Jo” Weiß"
    assert codes(data) == [(2, "unknown-encoding")]


def test_bytes_that_even_windows_1252_does_not_know_are_read():
    assert read(b"BEGIN:VCARD\nFN:J\x81rgen W\xfc\nEND:VCARD\n").people[0].name.formatted == "J\x81rgen Wü"


def test_a_declared_charset_is_believed():
    data = b"BEGIN:VCARD\nFN;CHARSET=ISO-8859-2:\xa3ukasz\nEND:VCARD\n"
    assert read(data).people[0].name.formatted == "Łukasz"
    assert read(data).problems == ()


def test_a_declared_charset_of_quoted_printable_is_believed():
    data = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:=8ER=93c\nN:x;y\nEND:VCARD\n"
    assert read(data).people[0].name.formatted == "山田"


def test_a_charset_nobody_knows_is_said_and_read_as_utf8():
    data = "BEGIN:VCARD\nFN;CHARSET=KLINGON-1;QUOTED-PRINTABLE:J=C3=BCrgen\nN:x;y\nEND:VCARD\n"
    assert read(data).people[0].name.formatted == "Jürgen"
    assert codes(data) == [(2, "unknown-encoding")]


def test_a_charset_nobody_knows_on_plain_text_is_said():
    data = "BEGIN:VCARD\nFN;CHARSET=KLINGON-1:Jürgen\nN:x;y\nEND:VCARD\n"
    assert read(data).people[0].name.formatted == "Jürgen"
    assert codes(data) == [(2, "unknown-encoding")]


def test_quoted_printable_that_is_no_known_encoding_is_still_text():
    assert card("N:a;b", "FN;ENCODING=QUOTED-PRINTABLE:J=81=FC").name.formatted == "J\x81ü"


def test_a_charset_beside_a_utf16_stream_does_no_harm():
    assert card("N:a;b", "FN;CHARSET=UTF-16:Jürgen").name.formatted == "Jürgen"


def test_an_encoded_semicolon_is_text_and_a_bare_one_separates():
    person = card("N;ENCODING=QUOTED-PRINTABLE:Gr=C3=BCn=3B Co;Ada;;;", "FN:x", version="2.1")
    assert (person.name.family, person.name.given) == ("Grün; Co", "Ada")


def test_escapes_are_undone_and_other_backslashes_stay():
    assert named(r"NOTE:a\, b\; c\\d\: e\nf\Ng C:\temp").notes == "a, b; c\\d: e\nf\ng C:\\temp"


def test_a_comma_in_a_note_of_2_1_is_not_lost():
    assert named("NOTE:likes tea, not coffee", version="2.1").notes == "likes tea, not coffee"


def test_bare_parameters_of_2_1_are_labels():
    person = named(
        "TEL;WORK;VOICE:1", "TEL;PREF;CELL:2", "TEL;HOME;FAX:3", "EMAIL;INTERNET:a@b.example", version="2.1"
    )
    assert [(p.value, p.label) for p in person.phones] == [("2", "mobile"), ("1", "work"), ("3", "home fax")]
    assert person.emails == (Email(value="a@b.example"),)


def test_parameters_in_quotes_may_hold_colons_and_semicolons():
    person = named('ADR;LABEL="A: 1; B":;;Elm 1;;;;', 'X-A;P="x:y":z', 'X-B;P="open:z')
    assert person.addresses[0].formatted == "A: 1; B"
    assert ('X-A;P="x:y"', "z") in person.kept
    assert person.kept[-1] == ('X-B;P="open', "z")


def test_types_of_4_0_in_one_quoted_list_are_read():
    assert named('TEL;TYPE="home,cell,voice":1', version="4.0").phones[0].label == "home mobile"


def test_an_empty_group_label_falls_back_on_the_type():
    assert named("item1.TEL;TYPE=WORK:1", "item1.X-ABLabel:").phones[0].label == "work"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("_$!<HomePage>!$_", "home page"),
        ("_$!<HomeFAX>!$_", "home fax"),
        ("_$!<Sister>!$_", "sister"),
        ("Chess Club", "chess club"),
    ],
)
def test_a_grouped_label_names_the_value(text: str, label: str):
    assert named("item7.URL:https://a.example", f"item7.X-ABLabel:{text}").urls[0].label == label


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:19850203", "1985-02-03"),
        ("BDAY:1985-02-03", "1985-02-03"),
        ("BDAY:1985-2-3", "1985-02-03"),
        ("BDAY:1985/02/03", "1985-02-03"),
        ("BDAY:--0203", "--02-03"),
        ("BDAY:--02-29", "--02-29"),
        ("BDAY;VALUE=date-and-or-time:1985-02-03T10:22:00Z", "1985-02-03"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03", "--02-03"),
        ("BDAY:0000-02-03", "--02-03"),
        ("BDAY;VALUE=text:1985-02-03", "1985-02-03"),
        ("BDAY: ", ""),
    ],
)
def test_birthdays_are_read_in_every_form(line: str, birthday: str):
    assert named(line).birthday == birthday


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1985-02-30", "bad-date"),
        ("--0231", "bad-date"),
        ("1985", "part-date"),
        ("1985-02", "part-date"),
        ("---03", "part-date"),
        ("198523", "unreadable-date"),
        ("circa 1800", "unreadable-date"),
    ],
)
def test_a_birthday_that_is_no_day_is_said_and_kept_as_written(value: str, code: str):
    data = f"BEGIN:VCARD\nFN:Ada Rao\nBDAY:{value}\nEND:VCARD\n"
    (ada,) = read(data).people
    assert codes(data) == [(3, code)]
    assert ada.birthday == ""
    assert ("BDAY", value) in ada.kept


def test_the_line_of_a_problem_counts_folded_lines():
    assert codes("BEGIN:VCARD\nFN:Ada Rao\nNOTE:a\n  b\n  c\nBDAY:x\nEND:VCARD\n") == [(6, "unreadable-date")]


def test_names_in_parts_and_a_missing_fn():
    person = card("N:van der Berg;Anna,Maria;Lou;Dr.,Prof.;Jr.,M.D.")
    assert person.name == Name(
        prefix="Dr. Prof.",
        given="Anna Maria",
        middle="Lou",
        family="van der Berg",
        suffix="Jr., M.D.",
        formatted="Dr. Prof. Anna Maria Lou van der Berg Jr., M.D.",
    )


def test_fn_alone_is_split_into_parts():
    name = card("FN:Dr. Juan de la Vega III").name
    assert (name.prefix, name.given, name.family, name.suffix) == ("Dr.", "Juan", "de la Vega", "III")


def test_an_empty_n_does_not_hide_fn():
    assert card("N:;;;;", "FN:Ada Rao").name.family == "Rao"


def test_a_name_of_one_letter_is_a_name():
    assert card("N:;A;;;", "FN:A").name.given == "A"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("ORG:Acorn", "Acorn"),
        ("NICKNAME:Jo", "Jo"),
        ("EMAIL:jo@example.com", "jo@example.com"),
        ("TEL:030 1", "030 1"),
    ],
)
def test_a_card_without_a_name_is_known_by_what_it_has(line: str, shown: str):
    assert card(line).name.formatted == shown
    assert card(line, f"FN:{shown}").name.family == ""


def test_a_card_with_nothing_to_call_it_by_is_an_error_at_its_line():
    data = "\nBEGIN:VCARD\nNOTE:who?\nEND:VCARD\n"
    (problem,) = read(data).problems
    assert (problem.line, problem.code, problem.severity) == (2, "no-name", Severity.ERROR)


def test_further_organizations_become_positions():
    person = named(
        "ORG:Acorn;Lab;Unit 2",
        "TITLE:Chemist",
        "a.ORG:Elm",
        "b.TITLE:Editor",
        "a.TITLE:Trustee",
        "ORG:;",
    )
    assert (person.organization, person.department, person.title) == ("Acorn", "Lab, Unit 2", "Chemist")
    assert [(p.organization, p.title) for p in person.positions] == [("Elm", "Trustee")]
    assert ("b.TITLE", "Editor") in person.kept


def test_an_organization_more_than_there_are_titles():
    assert named("ORG:Acorn", "ORG:Elm").positions[0].title == ""


def test_one_title_beside_two_organizations_is_that_of_the_first():
    person = named("ORG:Acorn", "ORG:Elm", "TITLE:Chemist")
    assert (person.title, person.positions[0].title, person.kept) == ("Chemist", "", ())


def test_a_comma_in_a_name_of_2_1_makes_no_list():
    assert card("N:Rao,Lee;Ada;;;", version="2.1").name.family == "Rao,Lee"


def test_an_empty_or_repeated_web_address_adds_nothing():
    person = named("URL: ", "URL:https://a.example", "URL;TYPE=WORK:https://a.example")
    assert person.urls == (Url(value="https://a.example"),)


def test_what_follows_the_number_of_a_grouped_tel_address_is_kept():
    person = named("item1.TEL;VALUE=uri:tel:+49-171-1234567;ext=5", "item1.X-ABLabel:chess")
    assert ("item1.TEL;VALUE=uri", "tel:+49-171-1234567;ext=5") in person.kept
    assert ("item1.X-ABLabel", "chess") in person.kept


def test_every_sequence_of_heads_is_read_even_when_thousands_differ(monkeypatch: pytest.MonkeyPatch):
    layout = pytest.importorskip("askwell.formats.vcard.layout")
    monkeypatch.setattr(layout, "_REMEMBERED", 3)
    data = "".join(f"BEGIN:VCARD\nFN:Ada Rao\nX-A{n}:{n}\nEND:VCARD\n" for n in range(10))
    assert [person.kept for person in read(data + data).people] == [
        ((f"X-A{n}", str(n)),) for n in range(10)
    ] * 2


def test_a_role_stands_in_for_a_missing_title():
    assert named("ROLE:Advisor").title == "Advisor"
    assert named("ROLE:Advisor", "TITLE:Chemist").title == "Chemist"


def test_addresses_find_their_labels():
    person = named(
        "ADR;TYPE=HOME:PO 5;Floor 2;Elm 1;Ghent;East;9000;Belgium",
        "ADR;TYPE=WORK:;;Oak 2;Bonn",
        "LABEL;TYPE=WORK:Oak 2\\nBonn",
        "LABEL;TYPE=HOME:Elm 1\\nGhent",
        "LABEL:Somewhere else",
        "LABEL: ",
        "ADR:;;;;;;",
    )
    assert person.addresses == (
        PostalAddress(
            label="home",
            po_box="PO 5",
            extended="Floor 2",
            street="Elm 1",
            city="Ghent",
            region="East",
            postcode="9000",
            country="Belgium",
            formatted="Elm 1\nGhent",
        ),
        PostalAddress(label="work", street="Oak 2", city="Bonn", formatted="Oak 2\nBonn"),
        PostalAddress(formatted="Somewhere else"),
    )


def test_an_address_that_says_nothing_is_none():
    assert named("ADR:;;;;;;", "ADR;TYPE=HOME:").addresses == ()


def test_an_address_twice_is_one_address():
    assert len(named("ADR:;;Elm 1;;;;", "ADR:;;Elm 1;;;;").addresses) == 1


def test_a_group_with_more_in_it_than_a_label_is_kept():
    person = named("item1.EMAIL:a@x.example", "item1.X-ABLabel:chess", "item1.X-SINCE:2019")
    assert person.kept == (
        ("item1.EMAIL", "a@x.example"),
        ("item1.X-ABLabel", "chess"),
        ("item1.X-SINCE", "2019"),
    )


def test_a_group_we_would_make_ourselves_is_not_kept():
    assert named("item9.EMAIL:a@x.example", "item9.X-ABLabel:chess").kept == ()


def test_the_same_value_twice_is_one_value_and_order_is_kept():
    person = named(
        "EMAIL:b@example.com",
        "EMAIL:a@example.com",
        "EMAIL:B@example.com",
        "TEL:+49 171 1234567",
        "TEL:0171 1234567",
        "TEL: ",
        "CATEGORIES:x,y,x",
        "CATEGORIES:y, ,z",
        "NOTE:n",
        "NOTE:n",
        "NOTE: ",
    )
    assert [e.value for e in person.emails] == ["b@example.com", "a@example.com"]
    assert [p.value for p in person.phones] == ["+49 171 1234567"]
    assert person.tags == ("x", "y", "z")
    assert person.notes == "n"


def test_preferred_values_come_first():
    person = named(
        "EMAIL;PREF=3:c@x.example",
        "EMAIL:d@x.example",
        "EMAIL;PREF=1:a@x.example",
        "EMAIL;PREF=many:b@x.example",
    )
    assert [e.value[0] for e in person.emails] == ["a", "b", "c", "d"]


def test_scheme_prefixes_are_no_part_of_the_value():
    person = named("EMAIL:mailto:a@x.example", "TEL;VALUE=uri:tel:+49-171-1234567;ext=5", version="4.0")
    assert (person.emails[0].value, person.phones[0].value) == ("a@x.example", "+49-171-1234567")
    assert ("TEL;VALUE=uri", "tel:+49-171-1234567;ext=5") in person.kept


def test_pages_in_social_networks_are_urls():
    person = named(
        "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/a",
        "X-SOCIALPROFILE;type=twitter:https://twitter.example/a",
        "URL;TYPE=HOME:https://de.linkedin.com/in/b",
        "URL:https\\://c.example",
    )
    assert [(u.value, u.label) for u in person.urls] == [
        ("https://www.linkedin.com/in/a", "profile"),
        ("https://twitter.example/a", "twitter"),
        ("https://de.linkedin.com/in/b", "profile"),
        ("https://c.example", ""),
    ]


def test_an_android_nickname_does_not_hide_a_plain_one():
    line = "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Jo;1;;"
    assert named(line, line).name.nickname == "Jo"
    assert named(line, "NICKNAME:Amy,Am").name.nickname == "Amy, Am"


def test_an_assistants_card_inside_a_card_is_kept_whole():
    data = (
        "BEGIN:VCARD\nVERSION:2.1\nFN:Ada Rao\nAGENT:\nBEGIN:VCARD\nFN:Bo; Li\nEND:VCARD\nTEL:1\nEND:VCARD\n"
    )
    (ada,) = read(data).people
    assert ada.phones[0].value == "1"
    assert ada.kept == (("AGENT", r"BEGIN:VCARD\nFN:Bo\; Li\nEND:VCARD"),)


def test_an_assistants_card_within_an_assistants_card():
    data = "BEGIN:VCARD\nFN:A B\nAGENT:\nBEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\nEND:VCARD\n"
    assert len(read(data).people) == 1
    assert read(data).problems == ()


def test_a_file_that_ends_inside_an_assistants_card():
    data = "BEGIN:VCARD\nFN:Ada Rao\nAGENT:\nBEGIN:VCARD\nFN:Bo\n"
    assert [p.name.given for p in read(data).people] == ["Ada"]
    assert codes(data) == [(1, "truncated")]


def test_a_missing_end_keeps_the_card_and_is_said():
    data = "BEGIN:VCARD\nFN:Ada Rao\nBEGIN:VCARD\nFN:Bo Li\nEND:VCARD\nBEGIN:VCARD\nFN:Cy Xu\n"
    assert [p.name.given for p in read(data).people] == ["Ada", "Bo", "Cy"]
    assert codes(data) == [(1, "truncated"), (6, "truncated")]


def test_an_end_without_begin_is_said():
    assert codes("END:VCARD\nBEGIN:VCARD\nFN:Ada Rao\nEND:VCARD\n") == [(1, "end-without-begin")]


def test_text_between_cards_is_said_once_for_each_run():
    junk = "hello\nworld\n"
    good = "BEGIN:VCARD\nFN:Ada Rao\nEND:VCARD\n"
    assert codes(junk + good + junk + good) == [(1, "outside-card"), (6, "outside-card")]


def test_an_indented_file_is_read():
    data = "\n".join("\t" + line for line in ("BEGIN:VCARD", "FN:Ada Rao", "NOTE:a", "END:VCARD"))
    assert read(data).people[0].notes == "a"


def test_a_note_that_says_end_does_not_end_the_card():
    data = "BEGIN:VCARD\r\nFN:Ada Rao\r\nNOTE:x=\r\n END:VCARD\r\n BEGIN:VCARD\r\nTEL:1\r\nEND:VCARD\r\n"
    (ada,) = read(data).people
    assert ada.notes == "x=END:VCARDBEGIN:VCARD"
    assert ada.phones[0].value == "1"


@pytest.mark.parametrize("edge", ["begin:vcard|end:vcard", "Begin : VCard |End: VCARD "])
def test_edges_in_any_writing_are_edges(edge: str):
    begin, end = edge.split("|")
    assert read(f"{begin}\nFN:Ada Rao\n{end}\n").people[0].name.given == "Ada"


def test_an_odd_edge_inside_a_plain_card_splits_it():
    data = "BEGIN:VCARD\nFN:Ada Rao\nend:vcard\nbegin:vcard\nFN:Bo Li\nEND:VCARD\n"
    assert [p.name.given for p in read(data).people] == ["Ada", "Bo"]


def test_an_odd_end_inside_a_plain_card_ends_it_every_time():
    data = "BEGIN:VCARD\nFN:Ada Rao\nend:vcard\nTEL:1\nEND:VCARD\n"
    for _ in range(2):
        assert [len(p.phones) for p in read(data).people] == [0]
        assert codes(data) == [(4, "outside-card"), (5, "end-without-begin")]


def test_a_line_that_is_no_property_is_said():
    assert codes("BEGIN:VCARD\nFN:Ada Rao\nrubbish\n= :x\nEND:VCARD\n") == [
        (3, "no-property"),
        (4, "no-property"),
    ]


def test_a_note_broken_without_folding_is_put_together():
    data = "BEGIN:VCARD\nFN:Ada Rao\nNOTE:first\nsecond\nTEL:1\nEND:VCARD\n"
    assert read(data).people[0].notes == "first\nsecond"
    assert codes(data) == [(4, "note-break")]


def test_a_list_of_people_is_no_person():
    data = "BEGIN:VCARD\nFN:Friends\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n"
    assert read(data).people == ()
    assert read(data).skipped == {"group_card": 1}
    assert codes(data) == [(1, "group-card")]


def test_a_note_in_a_language_keeps_its_line():
    assert named("NOTE;LANGUAGE=de:hallo").kept == (("NOTE;LANGUAGE=de", "hallo"),)


def test_another_kind_is_kept():
    assert ("KIND", "individual") in named("KIND:individual", version="4.0").kept


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty-file"), (b" \n", "empty-file"), (b"<html>", "no-cards")]
)
def test_a_file_without_cards_is_an_error(data: bytes, code: str):
    assert read(data).problems[-1].code == code
    assert read(data).problems[-1].severity is Severity.ERROR


def test_nul_bytes_are_dropped():
    assert read(b"BEGIN:VCARD\nFN:A\0da Rao\nEND:VCARD\n").people[0].name.formatted == "Ada Rao"
    assert "\0" not in read(b"BEGIN:VCARD\nFN:A\nNOTE;QUOTED-PRINTABLE:a=00b\nEND:VCARD\n").people[0].notes


@pytest.mark.parametrize("fold", ["", "\r\n "])
def test_a_line_of_five_megabytes_is_read(fold: str):
    photo = fold.join(["QUJD" * 256] * 5000)
    data = f"BEGIN:VCARD\r\nFN:Ada Rao\r\nPHOTO;ENCODING=b:{photo}\r\nTEL:1\r\nEND:VCARD\r\n".encode()
    (ada,) = read(data).people
    assert len(dict(ada.kept)["PHOTO;ENCODING=b"]) == 5000 * 1024
    assert ada.phones[0].value == "1"


def test_a_line_beyond_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch):
    lines = pytest.importorskip("askwell.formats.vcard.lines")
    monkeypatch.setattr(lines, "MAX_LINE", 1000)
    monkeypatch.setattr(lines, "CHUNK", 400)
    monkeypatch.setattr(lines, "_MAX_RAW", 500)
    data = b"BEGIN:VCARD\nFN:Ada Rao\nNOTE:" + b"x" * 5000 + b"\nTEL:1\nEND:VCARD\n"
    (ada,) = read(data).people
    assert codes(data) == [(3, "too-long")]
    assert set(ada.notes) == {"x"}
    assert ada.phones[0].value == "1"


def test_a_file_that_is_one_endless_line_is_said(monkeypatch: pytest.MonkeyPatch):
    lines = pytest.importorskip("askwell.formats.vcard.lines")
    monkeypatch.setattr(lines, "MAX_LINE", 1000)
    monkeypatch.setattr(lines, "CHUNK", 400)
    assert (1, "too-long") in codes(b"x" * 5000)


def test_a_card_beyond_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch):
    lines = pytest.importorskip("askwell.formats.vcard.lines")
    monkeypatch.setattr(lines, "MAX_CARD", 300)
    data = b"BEGIN:VCARD\nFN:Ada Rao\n" + b"X-A:aaaaaaaaaaaaaaaaaaaa\n" * 50 + b"rubbish\nEND:VCARD"
    assert [code for _, code in codes(data)] == ["too-long"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 50])
def test_where_a_chunk_ends_does_not_matter(monkeypatch: pytest.MonkeyPatch, chunk: int):
    lines = pytest.importorskip("askwell.formats.vcard.lines")
    whole = [of_corpus(path.name) for path in sorted(CORPUS.glob("*.vcf"))]
    monkeypatch.setattr(lines, "CHUNK", chunk)
    parts = [of_corpus(path.name) for path in sorted(CORPUS.glob("*.vcf"))]
    # The first bytes decide the encoding, so a chunk must hold a byte order mark.
    assert parts == whole or chunk < 4
    assert [len(reading.people) for reading in parts if "utf16" not in reading.format]


def test_a_stream_is_read_card_by_card():
    one = b"BEGIN:VCARD\nFN:Ada Rao\nEND:VCARD\n"

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, _size: int = -1) -> bytes:
            self.taken += 1
            return one * 1000

    stream = Endless()
    first = next(vcard.iter_cards(stream))
    assert isinstance(first, PersonRecord)
    assert stream.taken == 1


def test_a_problem_of_a_stream_names_the_file():
    (problem,) = vcard.iter_cards(io.BytesIO(b"END:VCARD\n"), file="zip/a.vcf")
    assert isinstance(problem, Problem)
    assert problem.file == "zip/a.vcf"


def test_what_askwell_itself_wrote_is_read_back():
    person = named(
        "X-ASKWELL-HEADLINE:Rivers\\, mostly",
        "X-ASKWELL-CONNECTED-ON:2026-02-08",
        "X-ASKWELL-POSITION:Elm;Editor;;2019-03;;;Ghent;",
    )
    assert person.headline == "Rivers, mostly"
    assert person.connected_on is not None
    assert person.positions[0].started == "2019-03"


def test_a_broken_date_of_connection_is_said():
    data = "BEGIN:VCARD\nFN:Ada Rao\nX-ASKWELL-CONNECTED-ON:2026-13-08\nEND:VCARD\n"
    assert read(data).people[0].connected_on is None
    assert codes(data) == [(1, "bad-own-date")]


def test_every_head_is_read_even_when_thousands_differ(monkeypatch: pytest.MonkeyPatch):
    heads = pytest.importorskip("askwell.formats.vcard.heads")
    monkeypatch.setattr(heads, "_CACHED", 10)
    person = named(*(f"X-A{n};P={'y' * (n * 30)}:{n}" for n in range(30)))
    assert len(person.kept) == 30
