"""Every page, full and empty, on a desk and a phone, in both themes: accessible, quiet, and to be looked at."""

from __future__ import annotations

import os

import pytest

# Each page in both themes and both sizes, but not in every pairing: ASKWELL_LOOKS=all tries those too.
LOOKS = [("desk", "light"), ("phone", "dark")]
if os.environ.get("ASKWELL_LOOKS") == "all":
    LOOKS += [("desk", "dark"), ("phone", "light")]
EMPTY = ["/giving/", "/giving/log/", "/giving/shelf/", "/", "/talks/", "/rules/", "/rules/F01/", "/aside/"]
EMPTY += ["/people/web/", "/people/tell/", "/back/", "/back/record/"]


def paths(scene):
    return {
        "today": "/",
        "talks": "/talks/",
        "person": f"/people/{scene.amara.pk}/",
        "person-new": f"/people/{scene.maria.pk}/",
        "person-reply": f"/people/{scene.priya.pk}/do/replied/",
        "person-edit": f"/people/{scene.amara.pk}/do/edit/",
        "job-correct": f"/positions/{scene.amara.positions.first().pk}/correct/",
        "ask": f"/people/{scene.maria.pk}/ask/",
        "ways": f"/people/{scene.maria.pk}/ways/",
        "ask-refused": f"/people/{scene.priya.pk}/ask/",
        "letter": f"/letters/{scene.draft.pk}/",
        "homework": f"/outreach/{scene.silent.pk}/homework/",
        "reply": f"/outreach/{scene.silent.pk}/reply/",
        "schedule": f"/outreach/{scene.silent.pk}/schedule/",
        "talk": f"/talks/{scene.booked.pk}/",
        "talk-held": f"/talks/{scene.held.pk}/",
        "prepare": f"/talks/{scene.booked.pk}/prepare/",
        "move": f"/talks/{scene.booked.pk}/move/",
        "live": f"/talks/{scene.booked.pk}/live/",
        "held": f"/talks/{scene.booked.pk}/held/",
        "after": f"/talks/{scene.held.pk}/after/",
        "try": f"/talks/{scene.held.pk}/try/",
        "compare": "/talks/compare/",
        "aside": "/aside/",
        "decisions": "/talks/decisions/",
        "decide": "/talks/decide/?about=occupation&name=Buyer",
        "letter-print": f"/letters/{scene.draft.pk}/print/",
        "employers": "/leads/employers/",
        "changes": "/changes/",
        "tell": "/people/tell/",
        "back": "/back/",
        "back-learnt": "/back/?part=3",
        "back-people": "/back/?part=4",
        "record": "/back/record/",
        "evidence": "/evidence/",
        "reminders": "/settings/calendar/",
        "calendars": "/settings/calendars/",
        "mailboxes": "/settings/mail/",
        "address-books": "/settings/address-book/",
        "address-book-questions": "/settings/address-book/settle/",
        "mailbox-connect": "/settings/mail/connect/?address=lina@gmail.com",
        "mailbox-sign-in": "/settings/mail/oauth/microsoft/?address=lina@outlook.com",
        "circles": "/people/circles/",
        "cards": "/settings/cards/",
        "cards-code": "/settings/cards/qr/",
        "resumes": "/settings/resumes/",
        "resume-sent": f"/people/{scene.amara.pk}/resume/sent/",
        "places": "/events/places/",
        "giving": "/giving/",
        "giving-log": "/giving/log/",
        "shelf": "/giving/shelf/",
        "web": "/people/web/",
        "person-help": f"/people/{scene.amara.pk}/do/help/",
    }


NAMES = [
    "today", "talks", "person", "person-new", "person-reply", "person-edit", "ask", "ask-refused", "letter", "homework",
    "reply", "schedule", "talk", "talk-held", "prepare", "move", "live", "held", "after", "try", "compare", "decisions", "decide", "letter-print", "employers", "changes",
    "giving", "giving-log", "shelf", "person-help", "cards", "cards-code", "resumes", "resume-sent", "places",
]  # fmt: skip


# Looked at with more in them by test_after_a_talk and test_evenings.
FULLER = {
    "compare",
    "decisions",
    "decide",
    "after",
    "letter-print",
    "cards",
    "cards-code",
    "resumes",
    "places",
}


def is_sound(page, axe):
    assert axe(page) == []
    assert page.strangers == []
    assert page.complaints == []
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, f"scrolls sideways by {sideways}"


def look(page, paths, axe, shot, name):
    """Visit every path; give what is wrong with each."""
    origin = page.url.split("/", 3)
    faults = {}
    for title, path in paths.items():
        page.complaints.clear()
        page.goto(f"{origin[0]}//{origin[2]}{path}")
        shot(page, f"{title}-{name}")
        try:
            is_sound(page, axe)
        except AssertionError as fault:
            faults[title] = str(fault)
    return faults


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_a_full_notebook_is_accessible_on_a_desk_and_a_phone(open_page, scene, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    here = {name: path for name, path in paths(scene).items() if name not in FULLER}
    assert look(page, here, axe, shot, f"{size}-{theme}") == {}


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_an_empty_notebook_teaches_one_step(open_page, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    assert look(page, {path: path for path in EMPTY}, axe, shot, f"empty-{theme}") == {}
