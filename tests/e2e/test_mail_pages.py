"""Pages with mail in them: what came, what waits, what nobody knows of; accessible in both themes and sizes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.e2e.test_pages import LOOKS, look
from tests.web.scene import ALL_RULES, BODY

from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Arrival, Outgoing
from askwell.outreach import actions
from askwell.outreach.actions import arrivals

FINE = dict.fromkeys(ALL_RULES, "it is fine")


def arrived(contact, now, text, *suggestions, **reading):
    number = Arrival.objects.count()
    arrival = Arrival.objects.create(
        owner=contact.owner, contact=contact, kind="reply", message_id=f"<{number}@northfield.example>",
        subject="Re: Twenty minutes", at=now, received_at=now, text=text,
        reading={"suggestions": list(suggestions), **reading},
    )  # fmt: skip
    return arrivals.take_in(arrival, now=now)


@pytest.fixture
def posted(scene, clock):
    """A mailbox; a letter that waits, one in doubt, one refused; three answers to be read."""
    account = Account.objects.create(
        owner=scene.owner,
        address="lina@northfield.example",
        name="Lina",
        imap_host="imap.northfield.example",
        smtp_host="smtp.northfield.example",
        added_at=clock,
    )
    waits = actions.new_draft(scene.maria, mode="check_in", now=clock)
    body = BODY.format(name="Chen Wei", hook="moving Mercy to weekly par levels")
    draft = actions.save_draft(scene.draft, subject="Par levels", body=body, now=clock)
    later = clock + timedelta(days=1)
    queued = actions.queue_letter(draft, account, due_at=later, overrides=FINE, now=clock)
    for state, code in ((State.IN_DOUBT, "cut_off"), (State.FAILED, "recipient")):
        Outgoing.objects.create(
            owner=scene.owner, account=account, contact=scene.amara, about=None, subject="A question",
            recipient="amara@northfield.example", message_id=f"<{state}@northfield.example>", state=state,
            queued_at=clock, due_at=clock, give_up_at=clock, settled_at=clock,
            trouble={"code": code, "server": "smtp.northfield.example:465"},
        )  # fmt: skip
    yes = {"kind": "yes", "sentence": "Gladly.", "value": {}}
    times = {"kind": "times", "sentence": "Tuesday at 3pm or Wednesday at 10am?", "value": {"times": ["2026-12-01T15:00:00", "2026-12-02T10:00:00"]}}  # fmt: skip
    resume = {"kind": "resume", "sentence": "Could you send me your resume?", "value": {}}
    signature = {"fields": [{"kind": "phone", "value": "+1 312 555 0199", "line": 9}]}
    arrived(scene.priya, clock, "Gladly. Tuesday at 3pm or Wednesday at 10am?", yes, times, resume, signature=signature)  # fmt: skip
    day = {"kind": "later", "sentence": "Try me again in January.", "value": {"date": "2027-01-04"}}
    arrived(scene.luis, clock, "Not now, I am afraid. Try me again in January.", day)
    other = {"kind": "other_person", "sentence": "Ask Maria Lopez.", "value": {"name": "Maria Lopez", "address": "maria@northfield.example"}}  # fmt: skip
    arrived(scene.fatima, clock, "Ask Maria Lopez.\n\nShe knows this better than I do.", other)
    return {
        "mail-today": "/",
        "mail": "/mail/",
        "letter-waits": f"/letters/{queued.about}/",
        "letter-mailbox": f"/letters/{waits.pk}/",
    }


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_pages_are_sound(open_page, posted, axe, shot, size, theme):
    page = open_page("/more/", size=size, theme=theme)
    assert look(page, posted, axe, shot, f"{size}-{theme}") == {}


def test_without_a_mailbox_the_page_says_what_one_would_do(open_page, owner, axe, shot):
    page = open_page("/mail/")
    assert axe(page) == []
    shot(page, "mail-empty")
    page.get_by_role("link", name="Connect a mailbox").click()
    page.get_by_label("Your e-mail address").wait_for()
