"""Preparing in a browser: the story is measured as it is typed, and all of it prints on one page."""

from __future__ import annotations

import io
import re

from playwright.sync_api import expect

from askwell.outreach import actions
from askwell.outreach.models import Talk


def test_the_story_is_measured_as_it_is_typed(open_page, scene):
    page = open_page(f"/outreach/{scene.silent.pk}/homework/", size="phone")
    page.get_by_role("textbox", name="Your own story").fill("I was a nurse — for thirteen years.")
    expect(page.locator("[data-meter-said]")).to_have_text("7 words, about 3 seconds")
    assert page.complaints == []


def test_a_talk_is_printed_on_one_page(open_page, scene, clock, owner):
    from pypdf import PdfReader

    actions.change_seeker(owner, story="So I came to trust the numbers. " * 28, now=clock)
    actions.save_homework(
        scene.booked.outreach,
        questions=[
            {"text": f"What is question {n} of yours about, and why?", "starred": n < 6} for n in range(1, 11)
        ],
        homework={
            "why_company": "Their night deliveries. " * 8,
            "why_function": "Planning. " * 20,
            "next_step": "A name",
        },
        outcome_wanted="To know how wards come to trust the numbers",
        offer="A reading list on night deliveries",
        now=clock,
    )
    page = open_page(f"/talks/{scene.booked.pk}/prepare/")
    assert page.locator(".sheet-print").is_hidden()
    printed = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(printed) == 1
    text = re.sub(r"\s+", " ", printed[0].extract_text())
    for words in (
        "Jonas Weber",
        "https://meet.example/jonas",
        "Europe/Berlin",
        "question 10",
        "A reading list",
        "trust the numbers",
    ):
        assert words in text, words
    assert "Homework done" not in text


def test_what_was_typed_in_the_homework_of_two_pages_is_kept(open_page, scene):
    page = open_page(f"/outreach/{scene.silent.pk}/homework/")
    other = page.context.new_page()
    other.goto(page.url)
    for tab, words in ((page, "From the first page"), (other, "From the second page")):
        tab.get_by_role("textbox", name="A recent piece of news").fill(words)
        tab.get_by_role("button", name="Keep", exact=True).click()
        expect(tab).to_have_title(re.compile("Priya Nair"))
    expect(other.locator("#toasts")).to_contain_text("Both texts are kept")
    scene.silent.refresh_from_db()
    assert scene.silent.homework["news"] == "From the first page\nFrom the second page"
    assert Talk.objects.filter(outreach=scene.silent).count() == 0
