"""Everybody, organizations, and pairs that may be one person."""

from __future__ import annotations

import re

import pytest
from tests.web.scene import person

from askwell.outreach import actions as outreach
from askwell.outreach.derive import recompute
from askwell.people import actions
from askwell.people.actions import NewContact, add_contact, edit_contact, tag_contacts
from askwell.people.models import Change, Contact, Organization, Review, ReviewState, Tag
from askwell.rules.facts import Channel, Mode


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def names(response):
    return re.findall(r'id="name-\d+"[^>]*><strong>([^<]+)', text(response))


@pytest.fixture
def four(owner, clock):
    luis = person(owner, "Luis Marín", now=clock, title="Pharmacist", organization="Lakeside Hospital")
    amara = person(owner, "Amara Okafor", now=clock, title="Director", organization="Lakeside Hospital")
    chen = add_contact(owner, NewContact(name="Chen Wei", organization="Mercy Health"), now=clock)
    priya = person(owner, "Priya Nair", now=clock)
    tag_contacts(owner, [luis, priya], "climbing", now=clock)
    return {"luis": luis, "amara": amara, "chen": chen, "priya": priya}


def test_nobody_yet_teaches_how_to_bring_people_in(lina):
    page = text(lina.get("/people/"))
    assert "Nobody here yet" in page
    assert 'href="/import/"' in page


def test_everybody_stands_by_family_name(lina, four):
    assert names(lina.get("/people/")) == ["Luis Marín", "Priya Nair", "Amara Okafor", "Chen Wei"]


@pytest.mark.parametrize("sort", ["name", "touch"])
def test_everybody_is_counted_also_beyond_a_thousand(lina, owner, clock, sort):
    Contact.objects.bulk_create(
        Contact(owner=owner, name=f"Person {n}", sort_key=f"person {n}", created_at=clock)
        for n in range(1234)
    )
    recompute(owner, now=clock)
    page = text(lina.get(f"/people/?sort={sort}"))
    assert "1,234 people</p>" in page
    assert "and more" not in page


def test_who_was_in_touch_last_can_stand_first(lina, four, clock):
    outreach.record_sent(
        four["chen"], mode=Mode.CHECK_IN, channel=Channel.LINKEDIN, body="Hello", at=clock, now=clock
    )
    page = lina.get("/people/?sort=touch")
    assert names(page)[0] == "Chen Wei"
    assert "not in touch yet" in text(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lakes", ["Luis Marín", "Amara Okafor"]),
        ("q=mar+phar", ["Luis Marín"]),
        ("mail=none", ["Chen Wei"]),
        ("q=nobody-of-this-name", []),
        ("page=99999999999", ["Luis Marín", "Priya Nair", "Amara Okafor", "Chen Wei"]),
    ],
)
def test_the_list_is_sifted(lina, four, query, found):
    assert names(lina.get(f"/people/?{query}")) == found


def test_people_of_a_tag_and_of_an_organization(lina, four):
    climbing = Tag.objects.get(name="climbing")
    hospital = Organization.objects.get(name="Lakeside Hospital")
    assert names(lina.get(f"/people/?tag={climbing.pk}")) == ["Luis Marín", "Priya Nair"]
    page = lina.get(f"/people/?organization={hospital.pk}")
    assert names(page) == ["Luis Marín", "Amara Okafor"]
    assert "Lakeside Hospital</label>" in text(page)


def test_htmx_gets_the_list_alone(lina, four):
    part = text(lina.get("/people/?q=chen", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert names(lina.get("/people/?q=chen")) == ["Chen Wei"]


def test_those_ticked_are_tagged_untagged_and_removed_with_undo(lina, four, owner):
    who = [four["luis"].pk, four["amara"].pk]
    page = text(lina.post("/people/bulk/", {"who": who, "do": "tag", "tag": "hospital"}, follow=True))
    assert "2 people tagged hospital" in page
    assert "Undo" in page
    page = text(lina.post("/people/bulk/", {"who": who[:1], "do": "untag", "tag": "hospital"}, follow=True))
    assert "taken off 1 person" in page
    page = text(lina.post("/people/bulk/", {"who": who, "do": "remove"}, follow=True))
    assert "2 people removed" in page
    lina.post(f"/undo/{Change.objects.latest('pk').pk}/")
    assert len(names(lina.get("/people/"))) == 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"do": "remove"}, "Tick somebody first"),
        ({"do": "tag", "tag": " ", "who": "all"}, "Write the tag first"),
        ({"do": "untag", "tag": "unknown", "who": "all"}, "None of them has the tag unknown"),
        ({"do": "shout", "who": "all"}, "Nothing was changed"),
    ],
)
def test_bulk_without_what_it_needs_changes_nothing(lina, four, data, said):
    before = Change.objects.count()
    if data.get("who"):
        data = {**data, "who": [four["luis"].pk]}
    assert said in text(lina.post("/people/bulk/", data, follow=True))
    assert Change.objects.count() == before


def test_nobody_changes_anothers_people(client, other_owner, four):
    client.force_login(other_owner)
    client.post("/people/bulk/", {"who": [four["luis"].pk], "do": "remove"})
    assert Contact.objects.filter(pk=four["luis"].pk).exists()


def test_the_list_asks_the_same_few_questions_of_more_people(
    lina, four, owner, clock, django_assert_max_num_queries
):
    lina.get("/people/")
    for number in range(30):
        person(owner, f"Anna Number{number}", now=clock, organization=f"Firm {number}")
    with django_assert_max_num_queries(17):
        lina.get("/people/")
    with django_assert_max_num_queries(12):
        lina.get("/organizations/")


def test_a_word_of_a_note_lists_its_person_with_the_passage(lina, owner, four, clock):
    edit_contact(four["luis"], notes="Plays the bassoon & the cello", now=clock)
    page = lina.get("/people/?q=bassoon")
    assert names(page) == ["Luis Marín"]
    assert (
        'In your note: <q dir="auto">Plays the <mark>bassoon</mark> &amp; the cello</q>'
        in page.content.decode()
    )


def test_pages_of_fifty(lina, owner, clock):
    for number in range(53):
        add_contact(owner, NewContact(name=f"Anna Number{number:02}"), now=clock)
    first, second = lina.get("/people/"), lina.get("/people/?page=2")
    assert (len(names(first)), len(names(second))) == (50, 3)
    assert "?page=2" in text(first)


# -- organizations ---------------------------------------------------------------------------------


def test_organizations_with_most_people_stand_first(lina, four):
    page = text(lina.get("/organizations/"))
    assert page.index("Lakeside Hospital") < page.index("Mercy Health")
    assert "2 people you know" in page
    assert "Mercy Health" not in text(lina.get("/organizations/?q=lakes"))


def test_who_do_i_know_there(lina, four):
    hospital = Organization.objects.get(name="Lakeside Hospital")
    page = text(lina.get(f"/organizations/{hospital.pk}/"))
    assert "You know 2 people there" in page
    assert "Pharmacist" in page


def test_the_page_of_a_person_leads_to_where_they_work(lina, four):
    hospital = Organization.objects.get(name="Lakeside Hospital")
    there = hospital.positions.filter(current=True).first().contact
    page = text(lina.get(f"/people/{there.pk}/"))
    assert page.count(f'href="/organizations/{hospital.pk}/"') == 2  # below the name, and at the job


def test_domains_and_the_larger_organization_are_kept(lina, four):
    hospital = Organization.objects.get(name="Lakeside Hospital")
    mercy = Organization.objects.get(name="Mercy Health")
    answer = lina.post(
        f"/organizations/{hospital.pk}/",
        {"name": "Lakeside Hospital", "domains": "Lakeside.example, @lab.example", "parent": "mercy health"},
    )
    assert answer.status_code == 303
    hospital.refresh_from_db()
    assert (hospital.domains, hospital.parent) == (["lakeside.example", "lab.example"], mercy)
    assert "Parts of it" in text(lina.get(f"/organizations/{mercy.pk}/"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("domains", "not a domain!", "is no domain"),
        ("parent", "Nowhere Ltd", "no such organization"),
        ("parent", "Lakeside Hospital", "part of this one"),
        ("name", "Mercy Health", "there already"),
        ("name", "", "required"),
    ],
)
def test_what_does_not_fit_an_organization_is_said(lina, four, field, value, said):
    hospital = Organization.objects.get(name="Lakeside Hospital")
    data = {"name": "Lakeside Hospital", "domains": "", "parent": "", "notes": "my own words", field: value}
    answer = lina.post(f"/organizations/{hospital.pk}/", data)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "my own words" in text(answer)


# -- one person or two -----------------------------------------------------------------------------


@pytest.fixture
def pair(owner, clock, four):
    twin = add_contact(owner, NewContact(name="Luis Marin", organization="Mercy Health"), now=clock)
    left, right = sorted((four["luis"], twin), key=lambda one: one.pk)
    return Review.objects.create(owner=owner, left=left, right=right, reason="same-name", at=clock)


def test_a_pair_stands_beside_each_other_with_its_differences_in_words(lina, pair):
    page = text(lina.get("/review/"))
    assert "the same name" in page
    assert "Lakeside Hospital" in page
    assert "Mercy Health" in page
    assert "differs" in page
    assert "one pair" in page or "1 pair" in page


def test_everybody_is_laid_side_by_side_when_asked(lina, owner, clock, four):
    assert "seems to be here twice" in text(lina.post("/review/look/", follow=True))
    for mail in ("thea.bergson@mercy.example", "tbergson@post.example"):
        add_contact(
            owner,
            NewContact(
                name="Thea Bergson", emails=[mail], phones=["+13125550188"], organization="Mercy Lakes"
            ),
            now=clock,
        )
    page = text(lina.post("/review/look/", follow=True))
    assert "1 pair found." in page
    assert "names and details that look alike" in page


def test_same_person_keeps_the_name_that_was_ticked_and_can_be_undone(lina, pair):
    page = text(lina.post(f"/review/{pair.pk}/", {"do": "merge", "keep": pair.right_id}, follow=True))
    assert "One person now: Luis Marin" in page
    assert "Every pair is decided" in page
    pair.left.refresh_from_db()
    assert pair.left.merged_into_id == pair.right_id
    lina.post(f"/undo/{Change.objects.latest('pk').pk}/")
    pair.left.refresh_from_db()
    assert pair.left.merged_into_id is None


def test_two_people_stay_two(lina, pair):
    lina.post(f"/review/{pair.pk}/", {"do": "apart"})
    pair.refresh_from_db()
    assert pair.state == ReviewState.KEPT_APART
    assert "decided already" in text(lina.post(f"/review/{pair.pk}/", {"do": "merge"}, follow=True))


def test_the_list_of_people_says_that_a_pair_waits(lina, pair):
    assert "1 pair may be one and the same person" in text(lina.get("/people/"))
    assert len(names(lina.get("/people/?review=1"))) == 2


def test_somebody_here_twice_is_joined_by_hand(lina, four, owner, clock):
    twin = add_contact(owner, NewContact(name="Luis A. Marín", organization="Mercy Health"), now=clock)
    where = f"/people/{four['luis'].pk}/merge/"
    found = text(lina.get(f"{where}?q=luis"))
    assert f"?with={twin.pk}" in found
    assert "Same person" in text(lina.get(f"{where}?with={twin.pk}"))
    answer = lina.post(where, {"with": twin.pk, "keep": twin.pk})
    assert answer["Location"] == f"/people/{twin.pk}/"
    four["luis"].refresh_from_db()
    assert four["luis"].merged_into_id == twin.pk


def test_nobody_is_joined_with_themself_or_with_anothers_person(lina, four, other_owner, clock):
    stranger = add_contact(other_owner, NewContact(name="Stranger"), now=clock)
    where = f"/people/{four['luis'].pk}/merge/"
    assert "the same entry" in text(lina.post(where, {"with": four["luis"].pk}, follow=True))
    assert lina.post(where, {"with": stranger.pk}).status_code == 404


def test_a_merge_lists_who_has_something_in_common(lina, four, owner, clock):
    actions.add_point(four["chen"], kind="email", value="chen@mercy.example", now=clock)
    add_contact(owner, NewContact(name="Chen Wei"), now=clock)
    assert "something in common" in text(lina.get(f"/people/{four['chen'].pk}/merge/"))


def test_two_who_are_not_one_are_kept_apart_before_anything_asks(lina, four):
    left, right = four["luis"], four["chen"]
    where = f"/people/{left.pk}/merge/"
    assert "Two people" in text(lina.get(where, {"with": right.pk}))
    answer = lina.post(where, {"with": right.pk, "do": "apart"}, follow=True)
    assert f"{left.name} and {right.name} stay two people." in text(answer)
    assert Review.objects.get().state == ReviewState.KEPT_APART
    assert lina.post(where, {"with": left.pk, "do": "apart"}, follow=True).status_code == 200
    assert Review.objects.count() == 1


def test_a_tag_is_renamed_from_those_who_have_it_and_two_of_one_name_become_one(lina, four, owner, clock):
    for name in ("hospitl", "Hospital"):
        tag_contacts(owner, [four["luis"]], name, now=clock)
    tag = Tag.objects.get(name="hospitl")
    assert 'id="tag-name" name="name" value="hospitl"' in text(lina.get(f"/people/?tag={tag.pk}"))
    assert "Rename the tag" not in text(lina.get("/people/"))
    assert "Write the tag first." in text(lina.post(f"/tags/{tag.pk}/", {"name": " # "}, follow=True))
    assert "Kept." in text(lina.post(f"/tags/{tag.pk}/", {"name": "hospital"}, follow=True))
    assert [row.tag.name for row in four["luis"].taggings.filter(tag__name__iexact="hospital")] == [
        "Hospital"
    ]
    assert not Tag.objects.filter(name="hospitl").exists()


def test_a_line_becomes_filters_one_sees_and_can_let_go(lina, scene, now):
    edit_contact(scene.amara, place="Chicago", now=now)
    to = lina.get("/people/", {"q": "in Chicago, not talked to since 2019"})
    assert to.status_code == 303
    page = lina.get(to.headers["Location"]).content.decode()
    assert "in Chicago" in page
    assert "not in touch since" in page
    assert 'name="place" value="Chicago" checked' in page
    asked = {"q": "in Chicago"}
    typed = lina.get("/people/", asked, headers={"HX-Request": "true", "HX-Trigger-Name": "q"})
    assert typed.status_code == 200  # still being typed
    sent = lina.get("/people/", asked, headers={"HX-Request": "true"})
    assert "place=Chicago" in sent.headers["HX-Redirect"]


def test_a_filter_that_is_none_is_left_out(lina, scene):
    page = lina.get("/people/", {"quiet": "yesterday", "touched": "2026-13-01", "knows": "x", "place": " "})
    assert page.status_code == 200
    assert "checked data-submit> not in touch" not in page.content.decode()
