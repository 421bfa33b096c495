"""A page asks the database the same few questions however many people there are."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.scene import asked

from askwell.outreach import actions
from askwell.people.actions import NewContact, add_contact

# What each page asks at most, where there is one of everything it is about.
MOST = {
    "after": 10, "ask": 25, "back": 44, "back, learnt": 44, "back, people": 44, "card": 15, "card, code": 9,
    "compare": 11, "decisions": 7, "employers": 17, "event": 9, "event, here": 9, "event, plan": 9, "events": 18,
    "find": 14, "giving": 42, "introductions": 8, "leads": 7, "letter": 75, "live": 8, "log": 7, "offer": 80,
    "offers": 7, "people": 12, "person": 70, "place": 14, "places": 13, "prepare": 42, "record": 12, "resume": 7,
    "resumes": 9, "resume, sent": 8, "shelf": 8, "shelf, one": 26, "talk": 29, "talks": 8, "tell": 24, "today": 30,
    "tree": 15, "web": 25,
}  # fmt: skip
# People, talks and whatever is to be drawn may bring one question more: for what there was none of before.
ONE_MORE = 1


def pages(scene, made):
    return {
        "after": f"/talks/{scene.held.pk}/after/",
        "ask": f"/people/{scene.maria.pk}/ask/",
        "back": "/back/",
        "back, learnt": "/back/?part=3",
        "back, people": "/back/?part=4",
        "card": "/settings/cards/",
        "card, code": "/settings/cards/qr/",
        "compare": "/talks/compare/",
        "decisions": "/talks/decisions/",
        "employers": "/leads/employers/",
        "event": f"/events/{made['event'].pk}/",
        "event, here": f"/events/{made['event'].pk}/here/",
        "event, plan": f"/events/{made['event'].pk}/plan/",
        "events": "/events/",
        "find": "/find/?q=a",
        "giving": "/giving/",
        "introductions": "/introductions/",
        "leads": "/leads/",
        "letter": f"/letters/{scene.draft.pk}/",
        "live": f"/talks/{scene.booked.pk}/live/",
        "log": "/giving/log/",
        "offer": f"/introductions/offers/{made['offer'].pk}/",
        "offers": "/introductions/offers/",
        "people": "/people/",
        "person": f"/people/{scene.amara.pk}/",
        "place": f"/events/places/{made['place'].pk}/",
        "places": "/events/places/",
        "prepare": f"/talks/{scene.booked.pk}/prepare/",
        "record": "/back/record/",
        "resume": f"/settings/resumes/{made['resume'].pk}/",
        "resume, sent": f"/people/{scene.luis.pk}/resume/sent/",
        "resumes": "/settings/resumes/",
        "shelf": "/giving/shelf/",
        "shelf, one": f"/shelf/{made['link'].pk}/",
        "talk": f"/talks/{scene.booked.pk}/",
        "talks": "/talks/",
        "tell": "/people/tell/",
        "today": "/",
        "tree": "/introductions/tree/",
        "web": "/people/web/",
    }


def one_of_everything(scene, now):
    owner = scene.owner
    actions.resume_asked(scene.luis, now=now)
    actions.note_trial(scene.luis, kind="other", text="A day beside a buyer", now=now)
    actions.choose_to_tell(owner, [scene.luis, scene.jonas], now=now)
    actions.add_employers(owner, ["Mercy Health", "Lakeside Hospital"], now=now)
    return {
        "offer": actions.begin_offer(scene.amara, scene.priya, now=now),
        "link": actions.save_link(owner, title="On counting stock", url="https://stock.example/", now=now),
        "resume": actions.add_resume(owner, name="For hospitals", now=now),
        "event": actions.add_event(owner, name="Supply evening", starts_at=now + timedelta(days=2), now=now),
        "place": actions.add_place(owner, name="Hospital buyers", now=now),
    }


def one_more_of_everything(scene, number, now):
    """Somebody else at a place where others are known, and all that one may have with them."""
    owner = scene.owner
    contact = add_contact(
        owner,
        NewContact(
            name=f"Anna Number{number}",
            emails=[f"anna{number}@mercy.example"],
            organization="Mercy Health",
            title="Buyer",
        ),
        now=now,
    )
    asked(
        contact,
        now=now,
        days_ago=9 + number,
        hook=f"your talk number {number} on very particular things",
    )
    actions.record_talk(contact, ended_at=now - timedelta(days=2), now=now)
    actions.record_name(contact, name=f"Bea Number{number}", now=now)
    actions.make_promise(contact, text="Send the list", mine=True, now=now)
    actions.add_advice(contact, text="Read it", now=now)
    actions.add_lead(contact, title="Analyst at Beta", now=now)
    actions.resume_asked(contact, now=now)
    actions.begin_offer(contact, scene.priya, now=now)
    actions.choose_to_tell(owner, [contact], now=now)
    actions.record_help_asked(contact, text="A word on the field", now=now)
    actions.save_link(owner, title=f"On counting stock {number}", now=now)
    actions.add_event(owner, name=f"Evening {number}", starts_at=now + timedelta(days=number), now=now)
    actions.add_place(owner, name=f"Buyers {number}", now=now)
    actions.add_employers(owner, [f"Hospital {number}"], now=now)
    actions.add_resume(owner, name=f"Number {number}", now=now)


def questions(browser, path):
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(path).status_code == 200, path
    return [query["sql"] for query in caught.captured_queries]


def test_every_page_asks_a_bounded_number_of_questions_and_no_more_for_more_people(lina, scene, clock):
    paths = pages(scene, one_of_everything(scene, clock))
    assert set(paths) == set(MOST)
    lina.get("/more/")
    before = {name: len(questions(lina, path)) for name, path in paths.items()}
    assert {name: asked for name, asked in before.items() if asked > MOST[name]} == {}
    for number in range(4):
        one_more_of_everything(scene, number, clock)
    after = {name: len(questions(lina, path)) for name, path in paths.items()}
    assert {name: n for name, n in after.items() if n > before[name] + ONE_MORE} == {}
