"""A newcomer with a mailbox: asked, away, yes, a time, an invitation, the talk, thanks; nothing typed twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from playwright.sync_api import expect
from tests.mailroom.conftest import connect

from askwell.mailroom.models import Account
from askwell.outreach import actions, mail_round
from askwell.outreach.models import Talk, Touch
from askwell.people.actions import NewContact, add_contact


class Story:
    """Lina's side in a browser, Jane's side in her mailbox, and the time that passes."""

    def __init__(self, page, mail, settings, owner, jane, address):
        self.page, self.mail, self.settings, self.owner = page, mail, settings, owner
        self.jane, self.address = jane, address
        self.now = datetime.fromisoformat(settings.NOW)
        self.answers = 0

    def go(self, path):
        self.page.goto(re.match(r"https?://[^/]+", self.page.url).group(0) + path)

    def pass_time(self, **span):
        self.now += timedelta(**span)
        self.settings.NOW = self.now.isoformat()
        Account.objects.update(poll_at=None)
        return mail_round.once(lambda: self.now)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def received(self, count):
        """What Jane has in her mailbox, the newest last."""
        raw = self.mail.wait_for_messages(self.address, count)
        return message_from_bytes(raw[-1], policy=policy.default)

    def jane_sends(self, text, *, calendar="", **headers):
        self.answers += 1
        asked = self.received(1)
        lines = {
            "From": f"Jane Doe <{self.address}>",
            "To": asked["From"],
            "Subject": f"Re: {asked['Subject']}",
            "Message-ID": f"<answer{self.answers}@acme.example>",
            "In-Reply-To": asked["Message-ID"],
            "Date": self.now.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            "MIME-Version": "1.0",
            "Content-Type": "text/calendar; method=REPLY; charset=utf-8" if calendar else "text/plain; charset=utf-8",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.mail.deliver((head + "\r\n" + (calendar or text)).encode(), Account.objects.get().address)


@pytest.fixture
def story(open_page, owner, mail, settings, clock, monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")
    settings.MAIL_AUTHORITIES = mail.authority
    actions.change_seeker(
        owner,
        zone="America/Chicago",
        country="US",
        who_line="I am finishing a master's in health informatics at Riverton University",
        now=clock,
    )
    actions.set_own_name(owner, name="Lina Berg", now=clock)
    actions.set_goal(owner, text="Product manager in hospital software in Chicago", now=clock)
    address = mail.someone("acme.example")
    details = {"zone": "America/Chicago", "country": "US"}
    new = NewContact(
        name="Jane Doe",
        emails=[address],
        organization="Acme Health",
        title="Head of product",
        details=details,
    )
    jane = add_contact(owner, new, now=clock)
    connect(owner, mail, mail.someone(), now=clock)
    page = open_page("/more/")
    page.complaints.clear()  # a first page in a browser asks for an icon by its old name
    return Story(page, mail, settings, owner, jane, address)


def accepted(invitation):
    """What Jane's calendar answers when she presses Accept."""
    (part,) = [part for part in invitation.walk() if part.get_content_type() == "text/calendar"]
    event = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
    attendee = str(event["ATTENDEE"][0] if isinstance(event["ATTENDEE"], list) else event["ATTENDEE"])
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Acme//EN", "METHOD:REPLY", "BEGIN:VEVENT",
            f"UID:{event['UID']}", f"SEQUENCE:{event.get('SEQUENCE', 0)}", "DTSTAMP:20261123T190000Z",
            f"DTSTART:{event['DTSTART'].dt.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"ORGANIZER:{event['ORGANIZER']}", f"ATTENDEE;PARTSTAT=ACCEPTED:{attendee}",
            "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip


def test_from_a_request_to_thanks_and_nothing_is_typed_twice(story, shot):  # noqa: PLR0915 - one story
    page = story.page
    story.go(f"/people/{story.jane.pk}/ask/")
    page.get_by_label("One thing only they would recognize").fill("your talk on triage dashboards")
    story.press("Begin the letter")
    expect(page.get_by_role("heading", name="To Jane Doe")).to_be_visible()
    story.press("Send now")
    expect(page.get_by_text("Waits to go")).to_be_visible()
    shot(page, "mail-1-waits")
    story.pass_time(seconds=20)
    page.reload()
    expect(page.get_by_text("This letter went out")).to_be_visible()
    letter = story.received(1)
    assert letter["From"] == f"Lina Berg <{Account.objects.get().address}>"
    assert "triage dashboards" in letter.get_content()

    story.pass_time(minutes=2)
    story.jane_sends(
        "I am away until 30 November and will answer when I am back.\r\n",
        Auto_Submitted="auto-replied",
        Subject="Automatic reply: out of office",
    )
    assert story.pass_time(minutes=5) == (0, 1)
    story.go(f"/people/{story.jane.pk}/")
    expect(page.get_by_text("30 November").first).to_be_visible()
    shot(page, "mail-2-away")

    story.pass_time(days=8)
    story.jane_sends(
        "Hi Lina,\r\n\r\nHappy to talk. I could do Thursday at 3pm or Friday at 10am.\r\n\r\nBest,\r\nJane\r\n"
    )
    assert story.pass_time(minutes=5) == (0, 1)
    story.go("/")
    expect(page.get_by_text("Names times for a talk")).to_be_visible()
    shot(page, "mail-3-yes")
    page.get_by_role("button", name="Thursday 3 December, 3 p.m.").click()
    expect(page.get_by_label("When?")).to_have_value("2026-12-03T15:00")
    shot(page, "mail-4-time")
    story.press("Book the talk")
    talk = Talk.objects.get()
    assert talk.starts_at.isoformat() == "2026-12-03T21:00:00+00:00"

    story.press("Send an invitation")
    assert story.pass_time(minutes=1)[0] == 1
    invitation = story.received(2)
    story.jane_sends("", calendar=accepted(invitation))
    assert story.pass_time(minutes=5) == (0, 1)
    talk.refresh_from_db()
    assert talk.confirmed_at is not None
    story.go(f"/talks/{talk.pk}/")
    shot(page, "mail-5-accepted")

    story.now = talk.starts_at + timedelta(minutes=25)
    story.pass_time(minutes=0)
    story.go(f"/talks/{talk.pk}/")
    page.get_by_role("link", name="Say how it went").click()
    story.press("It was held")
    story.go(f"/talks/{talk.pk}/after/")
    story.press("Write the note")
    shot(page, "mail-6-thanks")
    story.press("Send now")
    assert story.pass_time(seconds=20)[0] == 1
    thanks = story.received(3)
    assert "thank" in thanks.get_content().lower()
    assert thanks["References"].split()[0] == letter["Message-ID"]
    talk.refresh_from_db()
    assert talk.thanked_at == story.now
    # asked, away, yes, invited, accepted, talked, thanked
    assert [touch.direction for touch in Touch.objects.filter(contact=story.jane).order_by("at")] == [
        "out", "in", "in", "out", "in", "out", "out",
    ]  # fmt: skip
    assert page.complaints == []
    assert page.strangers == []
