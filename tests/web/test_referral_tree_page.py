"""Who led to whom, as a picture, a list and a file."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from askwell.outreach import actions
from askwell.outreach.models import Introduction
from askwell.outreach.queries.referrals import referrals
from askwell.people.actions import NewContact, add_contact, edit_contact, merge_contacts, remove_contacts
from askwell.people.models import Contact
from askwell.web.tree_layout import ROW
from askwell.web.tree_picture import _whole

TREE = "/introductions/tree/"


def text(response):
    return unescape(response.content.decode())


def outline(owner, **choice):
    return [(one.depth, one.name) for one in referrals(owner, **choice).people]


def called(owner, name):
    return next(one for one in referrals(owner).people if one.name == name)


@pytest.fixture
def ana(owner, clock):
    """Ana named Ben and Dee; Ben named Cai."""
    month = clock - timedelta(days=40)
    ana = add_contact(owner, NewContact(name="Ana Sol"), now=month)
    actions.record_name(ana, name="Ben Oye", now=month)
    actions.record_name(ana, name="Dee Park", now=clock - timedelta(days=2))
    ben = Contact.objects.get(name="Ben Oye")
    actions.record_name(ben, name="Cai Lund", now=clock - timedelta(days=20))
    return ana


def test_the_picture_links_each_person_and_says_what_a_branch_brought(lina, ana, clock):
    actions.add_advice(ana, text="Start small", now=clock)
    page = text(lina.get(TREE))
    ben = Contact.objects.get(name="Ben Oye")
    assert f'href="/people/{ben.pk}/"' in page
    assert (
        "<title>Ana Sol; not asked; this branch: 3 people, 1 piece of advice, 3 names given</title>" in page
    )
    assert "<title>Cai Lund; not asked</title>" in page


def test_a_small_tree_takes_no_more_room_than_its_people(lina, ana):
    heights = [
        int(found) for found in re.findall(r'<svg width="\d+" height="(\d+)" dir', text(lina.get(TREE)))
    ]
    assert len(heights) == 1
    assert heights[0] < 4 * ROW


def test_the_list_says_the_same_and_nests(lina, ana):
    page = text(lina.get(f"{TREE}?as=list"))
    assert page.index("Ana Sol") < page.index("Ben Oye") < page.index("Cai Lund") < page.index("Dee Park")
    branches = page[page.index('<ul class="branches">') : page.index("</main>")]
    assert branches.count("<details") == branches.count("</details>") == 2
    assert branches.count("<ul") == branches.count("</ul>") == 3
    assert "1 person, 1 name given" in branches


def test_the_file_is_a_picture_by_itself(lina, ana):
    answer = lina.get("/introductions/tree.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"].endswith('.svg"')
    drawn = ET.fromstring(answer.content)
    links = drawn.findall("{http://www.w3.org/2000/svg}a")
    assert len(links) == 4
    assert all(link.get("href").startswith("http://testserver/people/") for link in links)


def test_a_name_is_only_text_in_page_and_file(lina, owner, ana, clock):
    actions.record_name(ana, name='<script>"Eve" & co', now=clock)
    for path in (TREE, f"{TREE}?as=list", "/introductions/tree.svg"):
        assert b"<script>&quot;" not in lina.get(path).content
        assert b'<script>"Eve"' not in lina.get(path).content
    ET.fromstring(lina.get("/introductions/tree.svg").content)


def test_someone_is_found_and_shown_the_way_to(lina, ana):
    page = text(lina.get(f"{TREE}?find=lund"))
    at = re.search(r'href="#(n\d+)" data-reach="n\d+">Cai Lund', page)[1]
    assert f'id="{at}"' in page
    assert "Nobody of that name" in text(lina.get(f"{TREE}?find=zzz"))


def test_names_since_a_day_keep_the_way_to_them(owner, ana, clock):
    assert outline(owner, since=clock - timedelta(days=25)) == [
        (0, "Ana Sol"), (1, "Ben Oye"), (2, "Cai Lund"), (1, "Dee Park"),
    ]  # fmt: skip
    assert outline(owner, since=clock - timedelta(days=5)) == [(0, "Ana Sol"), (1, "Dee Park")]


def test_a_bad_day_is_said_and_the_rest_shown(lina, ana):
    answer = lina.get(f"{TREE}?since=someday&find=ben")
    assert answer.status_code == 422
    assert 'value="someday"' in text(answer)
    assert "Ana Sol" in text(answer)


def test_only_what_is_open_leaves_out_what_has_ended(owner, ana, clock):
    ben, dee = Contact.objects.get(name="Ben Oye"), Contact.objects.get(name="Dee Park")
    actions.forbid(dee, now=clock)
    actions.forbid(ben, now=clock)
    assert outline(owner, still_open=True) == [(0, "Ana Sol"), (1, "Ben Oye"), (2, "Cai Lund")]


def test_what_a_branch_brought_is_never_cut_within_a_word():
    assert _whole("1 person, 1 talk") == "1 person, 1 talk"
    said = "17 people, 15 talks, 6 pieces of advice, 3 leads"
    assert _whole(said) == "17 people, 15 talks, 6 pieces of advice …"
    assert _whole("x" * 60) == "x" * 43 + "…"


def test_nothing_yet_teaches_the_next_thing(lina):
    assert "Nothing has grown yet" in text(lina.get(TREE))


def test_right_to_left_the_picture_grows_to_the_left(lina, ana):
    lina.cookies["language"] = "ar"
    plain = lina.get(TREE)
    assert b"grown mirrored" in plain.content
    assert re.search(r'class="b"[^>]*>\u2067[^<]+\u2069<', plain.content.decode())


def test_whoever_is_named_twice_stands_once_and_both_are_told(owner, ana, clock):
    luis = add_contact(owner, NewContact(name="Luis Marín"), now=clock)
    cai = Contact.objects.get(name="Cai Lund")
    actions.record_name(luis, name="Cai Lund", about=cai, now=clock)
    assert called(owner, "Cai Lund").also == ("Luis Marín",)
    assert [name for _depth, name in outline(owner)].count("Cai Lund") == 1


def test_the_same_name_given_twice_by_one_is_one_branch(owner, ana, clock):
    ben = Contact.objects.get(name="Ben Oye")
    actions.record_name(ana, name="Ben Oye", about=ben, now=clock)
    assert outline(owner) == [(0, "Ana Sol"), (1, "Ben Oye"), (2, "Cai Lund"), (1, "Dee Park")]


def test_a_name_that_is_nobodys_any_more_stays_a_name(owner, ana, clock):
    ben = Contact.objects.get(name="Ben Oye")
    remove_contacts(owner, [Contact.objects.get(name="Cai Lund")], now=clock)
    assert Introduction.objects.get(giver=ben).about is None
    cai = called(owner, "Cai Lund")
    assert (cai.contact, cai.place.value, cai.depth) == (None, "named", 2)


def test_removing_someone_in_the_middle_cuts_the_branch_and_undo_mends_it(owner, ana, clock):
    before = outline(owner)
    remove_contacts(owner, [Contact.objects.get(name="Ben Oye")], now=clock)
    assert outline(owner) == [(0, "Ana Sol"), (1, "Ben Oye"), (1, "Dee Park")]
    actions.undo_last(owner, now=clock)
    assert outline(owner) == before


def test_merging_someone_in_the_middle_carries_the_branch_along(owner, ana, clock):
    before = outline(owner)
    twin = add_contact(owner, NewContact(name="Benjamin Oye"), now=clock)
    merge_contacts(twin, Contact.objects.get(name="Ben Oye"), now=clock)
    assert outline(owner) == [(0, "Ana Sol"), (1, "Benjamin Oye"), (2, "Cai Lund"), (1, "Dee Park")]
    actions.undo_last(owner, now=clock)
    assert outline(owner) == before


def test_merging_a_person_with_whom_they_were_led_to_by_makes_no_circle(owner, ana, clock):
    before = outline(owner)
    merge_contacts(ana, Contact.objects.get(name="Ben Oye"), now=clock)
    assert outline(owner) == [(0, "Ana Sol"), (1, "Cai Lund"), (1, "Dee Park")]
    actions.undo_last(owner, now=clock)
    assert outline(owner) == before


def test_a_circle_made_by_hand_is_no_trouble(lina, owner, ana, clock):
    edit_contact(ana, introduced_by=Contact.objects.get(name="Cai Lund"), now=clock)
    assert sorted(name for _depth, name in outline(owner)) == ["Ana Sol", "Ben Oye", "Cai Lund", "Dee Park"]
    assert lina.get(TREE).status_code == 200


def test_undo_upon_undo_takes_the_names_back_one_by_one(owner, ana, clock):
    for _turn in range(3):
        actions.undo_last(owner, now=clock)
    assert outline(owner) == []


def test_more_people_ask_no_more_questions(lina, owner, ana, clock):
    lina.get(TREE)
    with CaptureQueriesContext(connection) as few:
        lina.get(TREE)
    for number in range(8):
        actions.record_name(ana, name=f"Number {number}", now=clock)
    with CaptureQueriesContext(connection) as many:
        lina.get(TREE)
    assert len(many) <= len(few)


def test_another_owners_tree_is_not_seen(client, ana, other_owner, clock):
    client.force_login(other_owner)
    assert "Nothing has grown yet" in text(client.get(TREE))
    assert b"Ben Oye" not in client.get("/introductions/tree.svg").content


def test_removing_someone_with_a_talk_that_brought_names_comes_back_whole(owner, ana, clock):
    talk = actions.record_talk(ana, ended_at=clock, now=clock)
    actions.record_name(ana, name="Eve Moss", talk=talk, now=clock)
    actions.add_advice(ana, text="Start small", talk=talk, now=clock)
    actions.make_promise(ana, text="Send the list", mine=True, talk=talk, now=clock)
    before = outline(owner), list(Introduction.objects.order_by("pk").values())
    remove_contacts(owner, [ana, Contact.objects.get(name="Eve Moss")], now=clock)
    actions.undo_last(owner, now=clock)
    assert (outline(owner), list(Introduction.objects.order_by("pk").values())) == before
