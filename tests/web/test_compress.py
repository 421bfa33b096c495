"""What is the same for everybody goes out compressed; what is somebody's own does not."""

from __future__ import annotations

import gzip

import pytest

ACCEPTS = {"Accept-Encoding": "gzip, deflate, br"}
SCRIPTS = [
    "/style.css",
    "/static/web/js/app.js",
    "/sw.js",
    "/static/web/img/icon.svg",
    "/manifest.webmanifest",
]


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", SCRIPTS)
def test_style_and_scripts_are_compressed_where_the_browser_takes_it(client, path):
    plain, packed = body(client.get(path)), client.get(path, headers=ACCEPTS)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(body(packed)) == plain


@pytest.mark.django_db
def test_what_lies_there_compressed_is_not_compressed_again(client):
    path = "/static/web/vendor/htmx/htmx.min.js"
    assert gzip.decompress(body(client.get(path, headers=ACCEPTS))).startswith(b"var htmx")


def test_a_page_is_not_compressed(lina):
    assert "Content-Encoding" not in lina.get("/people/", headers=ACCEPTS)


@pytest.mark.django_db
def test_the_style_is_kept_for_good_and_its_address_changes_with_it(client, lina):
    assert "immutable" in client.get("/style.css")["Cache-Control"]
    assert b"/style.css?v=" in lina.get("/").content


def test_the_note_for_when_it_is_not_running_is_in_the_language_of_the_pages(lina):
    lina.cookies["language"] = "de"
    assert lina.get("/sw.js").content.startswith(b'self.ASKWELL_WORDS = {"lang": "de"')
