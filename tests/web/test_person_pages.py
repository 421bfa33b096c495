"""A contact's page and the small forms about them."""

from __future__ import annotations

import re

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.models import Advice, Draft, Favor, Introduction, Outreach, Promise, Touch
from askwell.people.models import Contact, ContactPoint


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def do(lina, contact, act, **data):
    return lina.post(f"/people/{contact.pk}/do/{act}/", data)


WHEN = "2026-11-23T08:00"
ACTS = [
    ("note", {"notes": "Likes trains"}),
    ("talked", {"kind": "talk", "at": WHEN, "channel": "phone", "minutes": "15", "notes": ""}),
    ("replied", {"what": "replied", "at": WHEN, "channel": "email", "text": "Hello"}),
    ("answered", {"at": WHEN, "channel": "email"}),
    ("promise", {"mine": "me", "text": "Send the article", "due": "2026-12-01"}),
    ("name", {"name": "Tom Brandt", "leave": "given", "email": "tom@mercy.example"}),
    ("advice", {"text": "Sit in on a ward round"}),
    ("favor", {"kind": "give", "text": "An article on par levels", "at": WHEN}),
    ("closeness", {"closeness": "3"}),
    ("cadence", {"keep_every_days": "90"}),
    ("edit", {"name": "Amara N. Okafor", "zone": "America/Chicago", "country": "US"}),
    ("address", {"kind": "phone", "value": "+1 312 555 0199"}),
    ("post", {"text": "12 Quay Street\nToledo, OH 43604"}),
    ("job", {"organization": "Mercy Health", "title": "Adviser", "current": "on"}),
    ("tag", {"name": "nurse"}),
    ("forbid", {"text": "Please stop"}),
]


@pytest.mark.parametrize(("act", "data"), ACTS, ids=[act for act, _ in ACTS])
def test_each_small_form_shows_and_does_what_it_says(lina, scene, act, data):
    assert lina.get(f"/people/{scene.amara.pk}/do/{act}/").status_code == 200
    answer = do(lina, scene.amara, act, **data)
    assert (answer.status_code, answer["Location"]) == (303, f"/people/{scene.amara.pk}/"), text(answer)
    page = lina.get(f"/people/{scene.amara.pk}/")
    assert page.status_code == 200
    assert "/undo/" in page.content.decode()


def test_what_was_said_is_kept(lina, scene):
    for act, data in ACTS[:-1]:
        do(lina, scene.amara, act, **data)
    amara = Contact.objects.get(pk=scene.amara.pk)
    assert (amara.name, amara.notes, amara.closeness, amara.keep_every_days) == (
        "Amara N. Okafor",
        "Likes trains",
        3,
        90,
    )
    assert Promise.objects.filter(contact=amara, mine=True, text="Send the article").exists()
    assert Introduction.objects.get(giver=amara, name="Tom Brandt").about.name == "Tom Brandt"
    assert Advice.objects.filter(contact=amara, text="Sit in on a ward round").exists()
    assert Favor.objects.filter(contact=amara, kind="give").exists()
    assert Touch.objects.filter(contact=amara, direction="in", body="Hello").exists()


@pytest.mark.parametrize(
    ("act", "data", "said"),
    [
        ("edit", {"name": "", "zone": "", "country": ""}, "Name"),
        ("address", {"kind": "email", "value": "not an address"}, "This is not an address"),
        (
            "replied",
            {"what": "later", "at": WHEN, "channel": "email", "text": "kept words"},
            "Give the day they named",
        ),
        ("replied", {"what": "named", "at": WHEN, "channel": "email", "text": "kept words"}, "Give the name"),
        ("promise", {"mine": "me", "text": "", "due": "yesterday"}, "There is something to mend"),
        ("job", {"organization": "", "title": ""}, "Give a place or a title"),
        ("tag", {"name": " # "}, "Write something here"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(lina, scene, act, data, said):
    answer = do(lina, scene.amara, act, **data)
    assert answer.status_code == 422
    page = text(answer)
    assert said in page
    assert "There is something to mend" in page
    for typed in data.values():
        assert typed.strip(" #") in page


def test_a_form_that_is_none_is_not_found(lina, scene):
    assert lina.get(f"/people/{scene.amara.pk}/do/nonsense/").status_code == 404
    assert lina.post(f"/points/{scene.amara.points.first().pk}/", {"do": "nonsense"}).status_code == 404


def test_whoever_asked_to_be_left_in_peace_is_not_written_to(lina, scene):
    do(lina, scene.maria, "forbid", text="Please stop")
    page = text(lina.get(f"/people/{scene.maria.pk}/"))
    assert "They asked not to be contacted." in page
    assert "Ask for a talk" not in page
    assert (
        lina.post(
            f"/people/{scene.maria.pk}/ask/", {"purpose": "explore", "mode": "informational"}
        ).status_code
        == 422
    )
    assert not Outreach.objects.filter(contact=scene.maria).exists()
    lina.post(f"/people/{scene.maria.pk}/allow/")
    assert not Contact.objects.get(pk=scene.maria.pk).do_not_contact


def test_asking_begins_a_letter(lina, scene):
    answer = lina.post(
        f"/people/{scene.maria.pk}/ask/",
        {
            "purpose": "connect",
            "mode": "informational",
            "hook": "your essay on stockpiles",
            "connection_kind": "",
            "connection": "",
        },
    )
    draft = Draft.objects.get(contact=scene.maria)
    assert (answer.status_code, answer["Location"]) == (303, f"/letters/{draft.pk}/")
    assert draft.outreach.purpose == "connect"


def test_asking_twice_for_the_same_is_refused_with_the_rule(lina, scene):
    page = text(lina.get(f"/people/{scene.priya.pk}/ask/"))
    assert "This one has no way round." in page
    assert "/rules/F04/" in page


def test_a_letter_begun_is_opened_again_rather_than_begun_twice(lina, scene):
    where = {lina.post(f"/people/{scene.amara.pk}/write/", {"mode": "thanks"})["Location"] for _ in range(2)}
    assert len(where) == 1


def test_addresses_are_preferred_marked_and_removed(lina, scene):
    do(lina, scene.amara, "address", kind="email", value="a@home.example")
    point = ContactPoint.objects.get(contact=scene.amara, norm="a@home.example")
    for word in ("prefer", "dead", "alive"):
        assert lina.post(f"/points/{point.pk}/", {"do": word}).status_code == 303
    point.refresh_from_db()
    assert point.preferred
    assert point.invalid_since is None
    lina.post(f"/points/{point.pk}/", {"do": "remove"})
    assert not ContactPoint.objects.filter(pk=point.pk).exists()


def test_an_address_is_corrected_where_it_stands_and_is_no_longer_dead(lina, scene):
    do(lina, scene.amara, "address", kind="email", value="amra@home.example")
    point = ContactPoint.objects.get(norm="amra@home.example")
    lina.post(f"/points/{point.pk}/", {"do": "dead"})
    mend = f"/points/{point.pk}/correct/"
    assert 'value="amra@home.example"' in text(lina.get(mend))
    wrong = lina.post(mend, {"value": "amara at home", "label": "home"})
    assert wrong.status_code == 422
    assert 'id="id_value_error"' in text(wrong)
    assert 'value="amara at home"' in text(wrong)
    assert lina.post(mend, {"value": "amara@home.example", "label": "home"}).status_code == 303
    point.refresh_from_db()
    assert (point.value, point.label, point.invalid_since) == ("amara@home.example", "home", None)


def test_a_job_is_corrected_where_it_stands(lina, scene):
    job = scene.amara.positions.jobs().get()
    mend, place = f"/positions/{job.pk}/correct/", job.organization.name
    assert f'value="{place}"' in text(lina.get(mend))
    assert lina.post(mend, {"organization": "", "title": "", "current": "on"}).status_code == 422
    lina.post(mend, {"organization": place, "title": "Head of supply", "current": "on", "started": "2020"})
    job.refresh_from_db()
    assert (job.title, job.organization.name, job.started, job.current) == (
        "Head of supply", place, "2020", True,
    )  # fmt: skip


def test_a_link_typed_as_script_goes_to_the_web_and_nowhere_else(lina, scene, owner):
    ContactPoint.objects.create(
        owner=owner, contact=scene.amara, kind="url", value="javascript:alert(1)", norm="x"
    )
    assert 'href="javascript:' not in lina.get(f"/people/{scene.amara.pk}/").content.decode()


def test_names_are_shown_as_text(lina, scene):
    do(lina, scene.amara, "note", notes="<script>alert(1)</script>")
    assert "<script>alert(1)" not in lina.get(f"/people/{scene.amara.pk}/").content.decode()


def test_a_country_is_chosen_by_its_name(lina, scene):
    url = f"/people/{scene.amara.pk}/do/edit/"
    assert '<option value="NG">Nigeria</option>' in lina.get(url).content.decode()
    do(lina, scene.amara, "edit", name="Amara Okafor", country="NG")
    assert Contact.objects.get(pk=scene.amara.pk).country == "NG"
    assert "<dt>Country</dt><dd>Nigeria</dd>" in text(lina.get(f"/people/{scene.amara.pk}/"))
    refused = do(lina, scene.amara, "edit", name="Amara Okafor", country="Nigeria")
    assert refused.status_code == 422
    assert '<option value="NG" selected>Nigeria</option>' in lina.get(url).content.decode()


def test_a_country_that_came_with_an_import_and_is_on_no_list_stays_a_choice(lina, scene):
    Contact.objects.filter(pk=scene.amara.pk).update(country="XK")
    page = lina.get(f"/people/{scene.amara.pk}/do/edit/").content.decode()
    assert '<option value="XK" selected>XK</option>' in page
    assert do(lina, scene.amara, "edit", name="Amara Obi", country="XK").status_code == 303


def test_the_history_goes_on_where_the_page_ends(lina, scene):
    page = lina.get(f"/people/{scene.amara.pk}/?before=2026-11-17T00:00:00%2B00:00")
    assert "Earlier between you" in text(page)
    assert lina.get(f"/people/{scene.amara.pk}/?before=nonsense").status_code == 200
    assert lina.get(f"/people/{scene.amara.pk}/?before=2026-13-45").status_code == 200


def test_quick_add_shows_then_keeps_one_person(lina):
    seen = text(lina.get("/add/", {"text": "Jane Doe <jane@acme.example>"}, headers={"HX-Request": "true"}))
    assert "Jane Doe" in seen
    assert "jane@acme.example" in seen
    answer = lina.post("/add/", {"text": "Jane Doe <jane@acme.example>"})
    assert answer.status_code == 303
    again = lina.post("/add/", {"text": "Jane Doe <jane@acme.example>"}, follow=True)
    assert "is in your notebook already" in text(again)
    assert Contact.objects.filter(name="Jane Doe").count() == 1


def test_taking_back_a_person_does_not_lead_to_their_page(lina, owner):
    where = lina.post("/add/", {"text": "Jane Doe <jane@acme.example>"})["Location"]
    change = re.search(r'action="/undo/(\d+)/"', lina.get(where).content.decode()).group(1)
    answer = lina.post(f"/undo/{change}/", {"next": where})
    assert answer["Location"] == "/"
    assert "Taken back: Jane Doe added" in text(lina.get("/"))
    assert lina.get(where).status_code == 404


def test_quick_add_of_nothing_says_so_and_keeps_the_text(lina):
    answer = lina.post("/add/", {"text": "???"})
    assert answer.status_code == 422
    assert "There is no name" in text(answer)
    assert "???" in text(answer)


def test_finding_gives_people_then_places_then_the_way_to_add(lina, scene):
    page = text(lina.get("/find/?q=amara", headers={"HX-Request": "true"}))
    assert "Amara Okafor" in page
    assert "Add “amara”" in page


def test_a_talk_held_is_one_line_of_what_was_between_you(lina, scene):
    page = text(lina.get(f"/people/{scene.amara.pk}/"))
    assert "Talk held" in page
    assert "You spoke" not in page
    assert "You sent an invitation" not in page


def test_what_comes_later_stands_in_the_order_of_its_days(lina, scene, clock):
    board = queries.person(scene.amara, now=clock)
    by_day = sorted(board.steps, key=lambda step: step.due)
    later = [step for step in by_day if step.key != board.next_step.key]
    assert later != [step for step in board.steps if step.key != board.next_step.key]
    beside = text(lina.get(f"/people/{scene.amara.pk}/")).split(">Next</h2>")[1].split("</section>")[0]
    places = [beside.index(step.title) for step in later]
    assert places == sorted(places)


def test_advice_acted_on_is_told_of_in_a_letter_that_knows_it(lina, scene):
    do(lina, scene.amara, "advice", text="to sit in on a ward round")
    advice = Advice.objects.get(contact=scene.amara, introduction=None)
    assert "I acted on it" in text(lina.get(f"/people/{scene.amara.pk}/"))
    lina.post(f"/advice/{advice.pk}/", {"do": "acted"})
    page = text(lina.get(f"/people/{scene.amara.pk}/"))
    assert "I told them" in page
    assert f'value="loop:{advice.pk}"' in page
    letter = lina.post(
        f"/people/{scene.amara.pk}/write/",
        {"mode": "check_in", "occasion": "close_loop", "about": f"loop:{advice.pk}"},
    )["Location"]
    told = {"fact-outcome": "sat in on one last week and learnt how beds are planned"}
    lina.post(f"{letter}rebuild/", told)
    assert "to sit in on a ward round" in Draft.objects.get(contact=scene.amara, sent_at=None).body
    answer = lina.post(f"{letter}sent/", {"at": WHEN, "because-K03": "they asked"})
    assert answer.status_code == 303, text(answer)
    advice.refresh_from_db()
    assert advice.told_at is not None
    assert Favor.objects.filter(contact=scene.amara, kind="give", text=advice.text).count() == 1
    assert f'value="loop:{advice.pk}"' not in text(lina.get(f"/people/{scene.amara.pk}/"))


def test_advice_told_of_elsewhere_leaves_the_list_and_comes_back_with_undo(lina, scene):
    do(lina, scene.amara, "advice", text="to sit in on a ward round")
    advice = Advice.objects.get(contact=scene.amara, introduction=None)
    lina.post(f"/advice/{advice.pk}/", {"do": "told"})
    page = lina.get(f"/people/{scene.amara.pk}/").content.decode()
    assert "I acted on it" not in page
    lina.post(re.findall(r'action="(/undo/\d+/)"', page)[-1])
    assert "I acted on it" in text(lina.get(f"/people/{scene.amara.pk}/"))


def test_asking_one_more_says_when_more_are_asked_than_one_can_attend_to(lina, scene):
    url = f"/people/{scene.maria.pk}/ask/"
    assert "people are active" not in text(lina.get(url))
    scene.owner.seeker.refresh_from_db()
    actions.change_seeker(
        scene.owner, overrides={"active_cap": 3, "cadence_cap": 3}, now=scene.held.starts_at
    )
    page = text(lina.get(url))
    assert "4 people are active; with more than 3 it gets hard to do right by each." in page
    assert "You keep in touch with" not in page
    assert 'href="/rules/K06/"' in page


def test_one_letter_that_nobody_answered_is_no_being_in_touch(lina, scene):
    page = lina.get(f"/people/{scene.priya.pk}/").content.decode()
    assert "You reached out once and have not heard back." in page
    assert 'max="100" value="0" aria-labelledby="strength"' in page
