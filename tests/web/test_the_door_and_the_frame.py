"""The frame of every page: let in by a link that works once, no inline script, kind when something is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import askwell.web
from askwell.web import door

TEMPLATES = sorted((Path(askwell.web.__file__).parent / "templates").rglob("*.html"))


def test_a_link_lets_in_once(client, owner, clock):
    token = door.issue()
    assert client.get(f"/?token={token}").status_code == 302
    assert client.get("/").status_code == 200
    client.logout()
    assert client.get(f"/?token={token}").status_code == 403


def test_a_link_followed_by_somebody_already_in_is_spent_and_leaves_the_address(lina):
    token = door.issue()
    assert lina.get(f"/people/?token={token}")["Location"] == "/people/"
    assert not door.consume(token)


def test_a_closed_notebook_says_what_to_do(client, db):
    page = client.get("/")
    assert page.status_code == 403
    assert b"askwell serve" in page.content


def test_what_is_needed_before_the_door_is_open(client, db):
    assert client.get("/healthz").status_code == 200
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["display"] == "standalone"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_brings_its_own_script_or_style(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|javascript:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_asks_another_server_for_anything(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"""(src|action|hx-\w+|srcset)=["']https?:""", source)


def test_every_answer_forbids_what_we_do_not_use(lina):
    policy = lina.get("/more/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_mail_is_a_place_of_its_own_from_every_page(lina):
    assert re.search(r'href="/mail/"[^>]* data-go="m"', lina.get("/talks/").content.decode())
    assert re.search(r'href="/mail/"[^>]* aria-current="page"', lina.get("/mail/").content.decode())
    assert lina.get("/more/").content.decode().count('class="find" href="/mail/"') == 1


@pytest.mark.parametrize("path", ["/people/circles/", "/organizations/", "/aside/"])
def test_what_is_about_people_stands_with_the_people(lina, path):
    assert re.search(r'href="/people/"[^>]* aria-current="page"', lina.get(path).content.decode())


def test_colours_and_keys_are_remembered(lina):
    lina.post("/theme/", {"theme": "dark", "next": "/talks/"})
    assert 'data-theme="dark"' in lina.get("/more/").content.decode()
    lina.post("/theme/", {"theme": "purple"})
    assert "data-theme" not in lina.get("/more/").content.decode()
    lina.post("/keys/", {"keys": "off"})
    assert 'data-keys="off"' in lina.get("/more/").content.decode()


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_a_form_leads_nowhere_else(lina, away):
    assert lina.post("/theme/", {"theme": "dark", "next": away})["Location"] == "/"


def test_an_old_form_is_refused_kindly(owner, clock):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    page = strict.post("/theme/", {"theme": "dark"})
    assert page.status_code == 403
    assert b"The page had grown old" in page.content


def test_a_page_that_is_not_there_leads_back(lina):
    page = lina.get("/nowhere/")
    assert page.status_code == 404
    assert b"Not in this notebook" in page.content


def test_a_page_that_breaks_says_so(owner, clock, monkeypatch):
    from django.test import Client

    from askwell.outreach import queries

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(queries, "today", broken)
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    page = client.get("/")
    assert page.status_code == 500
    assert b"it is our fault" in page.content
    assert b"disk is on fire" not in page.content


@pytest.mark.parametrize(
    "path",
    [
        "/people/?page={n}",
        "/organizations/?page={n}",
        "/review/?page={n}",
        "/import/?page={n}",
        "/leads/?from={n}&at={n}",
        "/giving/log/?person={n}",
    ],
)
@pytest.mark.parametrize("number", ["9" * 18, "9" * 5000])
def test_a_number_no_database_holds_is_no_page_and_nobody(lina, path, number):
    assert lina.get(path.format(n=number)).status_code == 200
