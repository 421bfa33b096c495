"""The photograph of a card: bounds before anything is unpacked, lines as one reads them."""

import io
import json
import math
import os
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import askwell
from askwell.formats.card_photo import (
    MOST_BYTES,
    Line,
    NotAPicture,
    ReaderAbsent,
    Spot,
    TooManyPixels,
    is_there,
    lines_of,
    opened,
    read,
)
from askwell.formats.card_photo.__main__ import answer
from askwell.formats.card_photo.lines import tidied
from askwell.formats.errors import FormatError, TooLarge


def saved(picture, kind="PNG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def bomb(width, height):
    """A PNG of a few bytes that says it is as large as this."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


WALL = Image.new("RGB", (400, 300), "#998")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_cameras_and_browsers_make_is_opened(kind):
    assert opened(saved(WALL, kind)).size == (400, 300)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PDF", "PPM"])
def test_no_other_decoder_is_let_at_the_bytes(kind):
    with pytest.raises(NotAPicture):
        opened(saved(WALL, kind))


@pytest.mark.parametrize("data", [b"", b"Dear Jane", b"PK\x03\x04" + bytes(50), saved(WALL)[:60]])
def test_what_is_no_picture_or_half_of_one_is_refused(data):
    with pytest.raises(NotAPicture):
        opened(data)


def test_a_picture_of_a_few_pixels_is_none():
    with pytest.raises(NotAPicture):
        opened(saved(Image.new("RGB", (400, 10))))


def test_more_bytes_than_a_photograph_has_are_not_looked_at():
    with pytest.raises(TooLarge) as refused:
        opened(bytes(MOST_BYTES + 1))
    assert refused.value.values == {"limit": "20 MB"}


@pytest.mark.parametrize("sides", [(9000, 9000), (60_000, 60_000)])
def test_a_few_bytes_that_unpack_to_gigabytes_are_refused_by_their_head(sides):
    with pytest.raises(TooManyPixels):
        opened(bomb(*sides))


def test_a_large_photograph_is_made_small_enough_to_read():
    assert opened(saved(Image.new("RGB", (6000, 4000), "#776"), "JPEG")).size == (2000, 1333)


def test_a_telephone_held_upright_gives_an_upright_picture():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(saved(WALL, "JPEG", exif=exif)).size == (300, 400)


def test_what_is_see_through_is_read_as_paper():
    picture = opened(saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0))))
    assert (picture.mode, picture.getpixel((50, 50))) == ("RGB", (255, 255, 255))


WHOLE = {kind: saved(WALL.resize((64, 64)), kind) for kind in ("PNG", "JPEG", "WEBP")}


@settings(suppress_health_check=[HealthCheck.too_slow])  # pictures are opened meanwhile
@given(
    st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=9)
)
def test_a_damaged_picture_is_opened_or_refused_and_never_more(kind, changes):
    data = bytearray(WHOLE[kind])
    for at, value in changes:
        data[at % len(data)] = value
    with suppress(FormatError):
        assert opened(bytes(data)).mode == "RGB"


def spot(text, left, top, width, *, height=20, slope=0.0, confidence=0.99):
    """A box on a card that was turned about its corner by ``slope``."""
    cos, sin = math.cos(slope), math.sin(slope)
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    return Spot([(x * cos - y * sin, x * sin + y * cos) for x, y in corners], text, confidence)


def words(spots):
    return [line.text for line in lines_of(spots)]


@pytest.mark.parametrize("degrees", [-8, -3, 0, 3, 8])
def test_a_card_held_askew_is_read_from_the_top_down(degrees):
    slope = math.radians(degrees)
    card = [
        spot("+1 312 555 0142", 500, 60, 150, slope=slope),
        spot("Data lead", 20, 60, 100, slope=slope),
        spot("Maya Thornton", 20, 20, 200, slope=slope),
        spot("maya@brightwater.example", 20, 100, 300, slope=slope),
    ]
    assert words(card) == ["Maya Thornton", "Data lead", "+1 312 555 0142", "maya@brightwater.example"]


def test_what_stands_close_together_is_one_line_and_two_columns_are_two():
    row = [spot("5550142", 130, 20, 70), spot("+1 312", 50, 20, 70), spot("Chicago", 400, 22, 90)]
    assert words(row) == ["+1 312 5550142", "Chicago"]


def test_a_line_is_as_sure_as_its_least_sure_part():
    assert lines_of([spot("Maya", 20, 20, 60), spot("Thomton", 90, 20, 90, confidence=0.7)]) == [
        Line("Maya Thomton", 0.7)
    ]
    assert not Line("Maya Thomton", 0.7).is_sure
    assert Line("Maya Thornton", 0.97).is_sure


def test_a_pattern_on_a_wall_is_nothing():
    assert lines_of([]) == []
    assert lines_of([spot("Il", 5, 5, 9, confidence=0.52), spot("---", 5, 40, 90)]) == []


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        ("maya @ brightwater. example", "maya@brightwater.example"),
        ("E-Mail: maya.thornton@brightwater .example", "E-Mail: maya.thornton@brightwater.example"),
        ("www. brightwater.example", "www.brightwater.example"),
        ("https: //brightwater.example", "https://brightwater.example"),
        ("Tel\uff1a+1 312 555 0142", "Tel:+1 312 555 0142"),
        ("Dr. Maya Thornton", "Dr. Maya Thornton"),
        ("Brightwater Labs Inc. Chicago", "Brightwater Labs Inc. Chicago"),
    ],
)
def test_spaces_in_addresses_are_taken_out_and_no_others(found, printed):
    assert tidied(found) == printed


@pytest.mark.skipif(is_there(), reason="the extra `ocr` is installed")
def test_without_the_extra_a_picture_is_opened_and_then_it_is_said_to_be_absent():
    with pytest.raises(ReaderAbsent):
        read(saved(WALL))
    assert answer(saved(WALL)) == {"error": "reader-absent"}


SOURCES = str(Path(askwell.__file__).parents[1])


def python(*words, data=b""):
    env = {**os.environ, "PYTHONPATH": SOURCES}
    return subprocess.run(
        [sys.executable, *words], input=data, env=env, capture_output=True, check=False, timeout=60
    )


def test_the_process_says_why_it_read_nothing():
    ran = python("-m", "askwell.formats.card_photo", data=b"Dear Jane")
    assert json.loads(ran.stdout) == answer(b"Dear Jane") == {"error": "not-a-picture"}


@pytest.mark.parametrize(
    "call",
    ["socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo('models.example', 443)"],
)
def test_where_a_picture_is_read_there_is_no_network(call):
    ran = python(
        "-c", f"from askwell.formats.card_photo.__main__ import bound; bound(); import socket; {call}"
    )
    assert b"PermissionError: socket." in ran.stderr
