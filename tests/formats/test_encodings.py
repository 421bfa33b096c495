"""Text decoded: what is certain is silent, what is guessed is told."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats.encodings import decode, encoding_of

WESTERN = "Søren Bergström,Café Orléans,naïve"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (WESTERN, "cp1252"),
        ("José Müller, Ingénieur à Orléans", "mac_roman"),
        ("山田,花子,株式会社テスト,やまだ", "cp932"),
        ("王小明,北京大学,软件工程师", "gb18030"),
        ("Иван Петров,Инженер,Москва", "cp1251"),
        ("Łukasz Wiśniewski, Kierownik, Łódź, gęś", "cp1250"),
        ("plain and wide, enough of it", "utf-16-le"),
        ("plain and wide, enough of it", "utf-16-be"),
    ],
)
def test_an_undeclared_encoding_is_guessed_and_told(text: str, codec: str) -> None:
    decoded, problems = decode(text.encode(codec), file="people.csv")
    assert decoded == text
    assert [problem.code for problem in problems] == ["guessed-encoding"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_declared_or_proven_encoding_is_not_a_problem(codec: str) -> None:
    assert decode(WESTERN.encode(codec), file="people.csv") == (WESTERN, ())


def test_a_big_endian_mark_is_understood() -> None:
    data = codecs.BOM_UTF16_BE + WESTERN.encode("utf-16-be")
    assert decode(data, file="people.csv") == (WESTERN, ())


def test_one_foreign_letter_in_a_utf8_file_changes_only_itself() -> None:
    data = ("Zoë Müller é " * 20).encode() + b"caf\xe9"
    text, problems = decode(data, file="people.csv")
    assert text == "Zoë Müller é " * 20 + "café"
    assert [problem.code for problem in problems] == ["mixed-encoding"]
    assert "Windows-1252" in problems[0].message


def test_a_foreign_letter_far_down_a_large_utf8_file_is_found_too() -> None:
    data = ("Zoë\n" * 300_000).encode() + b"caf\xe9\n" + ("Zoë\n" * 300_000).encode()
    assert encoding_of(io.BytesIO(data)).problem_code == "mixed-encoding"


def test_a_large_plain_file_is_utf8() -> None:
    assert encoding_of(io.BytesIO(b"abc,def\n" * 400_000)).name == "utf-8"


def test_a_file_cut_within_a_letter_keeps_the_letters_before() -> None:
    text, problems = decode(("Zoë Müller é " * 20 + "Zoë").encode()[:-1], file="people.csv")
    assert text.startswith("Zoë Müller")
    assert problems


def test_bytes_that_mean_nothing_are_still_text() -> None:
    text, problems = decode(b"\x81\x8d\x90 \xa0\x9d", file="people.csv")
    assert text
    assert problems[0].code == "guessed-encoding"


def test_the_windows_handler_leaves_encoding_errors_alone() -> None:
    with pytest.raises(UnicodeEncodeError):
        "ë".encode("ascii", errors="askwell-windows")


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    text, _ = decode(data, file="x")
    assert isinstance(text, str)


@given(st.text(max_size=200))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    if "\0" in text or text.startswith("\ufeff"):
        return
    assert decode(text.encode("utf-8", "replace"), file="x")[0] == text.encode("utf-8", "replace").decode()
