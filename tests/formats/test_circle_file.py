"""A circle's files: tokens that only the secret makes, sealed, and as long as any other."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats import circle_file
from askwell.formats.circle_file import (
    LEAST_ENTRIES,
    SECRET_BYTES,
    CircleFile,
    CircleFileError,
    keys_of,
    mail_token,
    profile_token,
    read,
    shown,
    typed,
    write,
)

SECRET = bytes(range(SECRET_BYTES))
KEYS = keys_of(SECRET)
OURS = {KEYS.circle: KEYS}
FILLING = b"ben's own"
tokens = st.binary(min_size=16, max_size=16).map(bytes.hex)


def file_of_ben(entries=None, **changed):
    values = {
        "circle": KEYS.circle, "member": "0123456789abcdef", "name": "Ben", "made": date(2026, 11, 23),
        "entries": {mail_token(KEYS, "ana@mercy.example"): 3} if entries is None else entries,
    }  # fmt: skip
    return CircleFile(**{**values, **changed})


def written(file=None):
    return write(file or file_of_ben(), KEYS, filling=FILLING)


def sealed(**changed):
    """A file that somebody with the secret wrote by another program."""
    body = json.loads(written())
    del body["seal"]
    body |= changed
    return json.dumps({**body, "seal": circle_file._seal(body, KEYS)}).encode()


def refused(data, keys=OURS):
    with pytest.raises(CircleFileError) as caught:
        read(data, keys)
    return caught.value.code


# -- the secret --------------------------------------------------------------------------------


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_a_secret_read_aloud_is_the_secret(secret):
    assert typed(shown(secret)) == secret


def test_a_secret_is_eight_groups_of_four_without_letters_taken_for_others():
    groups = shown(SECRET).split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert not set("".join(groups)) & set("ilou")


def test_case_gaps_and_what_looks_alike_do_not_matter():
    text = shown(SECRET)
    assert typed(f"  {text.upper().replace('-', ' ')}\n") == SECRET
    assert typed(text.replace("0", "O").replace("1", "l")) == SECRET


@given(st.integers(0, 31), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"))
def test_one_wrong_letter_is_seen(place, letter):
    figures = list(shown(SECRET).replace("-", ""))
    if figures[place] == letter:
        return
    figures[place] = letter
    with pytest.raises(CircleFileError, match="mistyped"):
        typed("".join(figures))


def test_a_letter_no_secret_has_and_one_too_few():
    text = shown(SECRET)
    with pytest.raises(CircleFileError, match="mistyped"):
        typed("u" + text[1:])
    with pytest.raises(CircleFileError, match="secret-length"):
        typed(text[1:])
    with pytest.raises(CircleFileError, match="secret-length"):
        typed("")


# -- tokens ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelled",
    ["Ana@Mercy.example", " <ana@mercy.example> ", "mailto:ANA@MERCY.EXAMPLE", "ana@mercy.example.", "ａna@mercy.example"],
)  # fmt: skip
def test_one_address_spelled_otherwise_is_one_token(spelled):
    assert mail_token(KEYS, spelled) == mail_token(KEYS, "ana@mercy.example")


def test_a_domain_in_letters_of_its_own_is_its_ascii_form():
    assert mail_token(KEYS, "ana@bücher.example") == mail_token(KEYS, "ana@xn--bcher-kva.example")
    assert mail_token(KEYS, "ana@a..b.example") != mail_token(KEYS, "ana@ab.example")


@pytest.mark.parametrize(
    "spelled", ["https://www.LinkedIn.com/in/Ana-Ruiz/", "de.linkedin.com/in/ana-ruiz?trk=x", "linkedin.com/in/ana-ruiz"]
)  # fmt: skip
def test_one_profile_spelled_otherwise_is_one_token(spelled):
    assert profile_token(KEYS, spelled) == profile_token(KEYS, "http://linkedin.com/in/ana-ruiz")


def test_another_circle_makes_other_tokens_and_an_address_is_no_profile():
    other = keys_of(bytes(SECRET_BYTES))
    assert other.circle != KEYS.circle
    assert mail_token(other, "ana@mercy.example") != mail_token(KEYS, "ana@mercy.example")
    assert mail_token(KEYS, "ana@mercy.example") != profile_token(KEYS, "ana@mercy.example")


# -- the file ----------------------------------------------------------------------------------


@given(
    st.dictionaries(tokens, st.sampled_from([1, 2, 3]), max_size=70),
    st.text(min_size=1, max_size=120).filter(lambda name: name.strip() and name.isprintable()),
    st.dates(),
)
def test_what_was_written_is_read_with_all_of_it_in_it(entries, name, day):
    found = read(written(file_of_ben(entries, name=name, made=day)), OURS)
    assert entries.items() <= found.entries.items()
    assert (found.name, found.made, found.member) == (name.strip(), day, "0123456789abcdef")
    size = len(found.entries)
    assert size >= LEAST_ENTRIES
    assert size & (size - 1) == 0
    assert size == LEAST_ENTRIES or size < 2 * len(entries)


def test_nobody_and_one_give_files_of_one_length_in_the_order_of_their_tokens():
    none, one = json.loads(written(file_of_ben({}))), json.loads(written())
    assert len(none["entries"]) == len(one["entries"]) == LEAST_ENTRIES
    assert one["entries"] == sorted(one["entries"])


def test_no_name_or_address_and_nothing_of_the_secret_is_in_it():
    data = written()
    assert b"ana" not in data
    assert b"mercy" not in data
    assert SECRET.hex().encode() not in data
    assert KEYS.tokens.hex().encode() not in data


def test_two_files_of_a_writer_have_the_same_nobodies():
    before, after = read(written(file_of_ben({})), OURS).entries, read(written(), OURS).entries
    assert len(before.keys() & after.keys()) == LEAST_ENTRIES - 1
    other = read(write(file_of_ben({}), KEYS, filling=b"lina's own"), OURS).entries
    assert not before.keys() & other.keys()


def test_more_people_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(circle_file, "MOST_ENTRIES", 1)
    with pytest.raises(CircleFileError, match="too-many-tokens"):
        written(file_of_ben({"0" * 32: 1, "1" * 32: 1}))


@given(st.integers(min_value=1))
def test_a_file_cut_off_anywhere_is_not_taken(length):
    data = written().rstrip()
    assert refused(data[: length % len(data)]) in {"damaged", "not-a-circle-file"}


@given(st.integers(0), st.integers(1, 255))
def test_a_file_with_one_byte_changed_is_not_taken(place, by):
    data = bytearray(written().rstrip())
    data[place % len(data)] ^= by
    try:
        found = read(bytes(data), OURS)
    except CircleFileError:
        return
    assert found == read(written(), OURS)  # a byte between the words at most


def test_a_file_of_another_circle_is_not_taken():
    other = keys_of(b"another secret...")
    assert refused(written(), {other.circle: other}) == "other-circle"
    assert refused(written(), {}) == "other-circle"
    assert refused(written(), {KEYS.circle: other}) == "damaged"  # its name alone is not enough
    assert refused(sealed(circle=["a"])) == "other-circle"


def test_a_file_of_another_version_is_not_taken():
    assert refused(sealed(askwell_circle=2)) == "other-version"
    assert refused(sealed(askwell_circle=None)) == "other-version"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"7", b'{"a": 1}', b"[" * 100_000, b"BEGIN:VCARD"])
def test_another_file_is_none(data):
    assert refused(data) == "not-a-circle-file"


def test_a_file_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(circle_file, "MOST_BYTES", 10)
    assert refused(written()) == "too-many-tokens"


TOKEN = "0" * 32


@pytest.mark.parametrize(
    "changed",
    [
        {"entries": None}, {"entries": {}}, {"entries": [None]}, {"entries": [[TOKEN]]}, {"entries": [["0", 1]]},
        {"entries": [["g" * 32, 1]]}, {"entries": [[7, 1]]}, {"entries": [[TOKEN, 4]]}, {"entries": [[TOKEN, True]]},
        {"entries": [[TOKEN, "1"]]}, {"member": "7"}, {"member": None}, {"name": ""}, {"name": " "}, {"name": 7},
        {"name": "a" * 121}, {"made": "yesterday"}, {"made": None}, {"more": 1},
    ],
)  # fmt: skip
def test_what_is_sealed_and_makes_no_sense_is_not_taken(changed):
    assert refused(sealed(**changed)) == "damaged"


def test_a_seal_that_is_no_seal():
    body = json.loads(written())
    assert refused(json.dumps({**body, "seal": 7}).encode()) == "damaged"
    assert refused(json.dumps({**body, "seal": "\ud800é"}).encode()) == "damaged"
    del body["seal"]
    assert refused(json.dumps(body).encode()) == "damaged"


def test_a_token_twice_counts_as_its_closer_level_and_a_mark_of_order_is_no_fault():
    assert read(sealed(entries=[[TOKEN, 3], [TOKEN, 1]]), OURS).entries == {TOKEN: 3}
    assert read(b"\xef\xbb\xbf" + written(), OURS) == read(written(), OURS)
