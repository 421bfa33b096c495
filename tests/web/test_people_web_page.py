"""Who knows whom: groups with names, and for everybody how one comes to them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.models import Introduction, Touch
from askwell.outreach.queries.web_of_people import web_of_people
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.people.bulk import insert
from askwell.rules.facts import Leave

WEB = "/people/web/"
ACME = ("Ana Sol", "Ben Oye", "Cai Lund", "Dee Park")


def shown(client, path=WEB):
    """What stands on the page, without its marks."""
    page = client.get(path).content.decode().split("<main", 1)[1].split("</main>")[0]
    page = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def in_touch(contact, at, *, now):
    kept = {"owner": contact.owner, "contact": contact, "recorded_at": now, "kind": "meeting"}
    insert([Touch(at=at, direction=way, **kept) for way in ("out", "in")])
    recompute(contact.owner, now=now)


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def people(owner, clock):
    """Four of Acme Health, of whom one knows Ana well; Eve and Fay told of each other; Gus is known alone."""
    made = {}
    for name in (*ACME, "Eve Moor", "Fay Nash", "Gus Tull", "Ida Wynn"):
        made[name] = add_contact(owner, NewContact(name=name), now=clock)
    for name in ACME:
        add_position(
            made[name], title="Nurse", organization="Acme Health", started="2020", current=True, now=clock
        )
    actions.record_name(made["Eve Moor"], name="Fay Nash", about=made["Fay Nash"], now=clock)
    for name in ("Ana Sol", "Gus Tull"):
        in_touch(made[name], clock - timedelta(days=3), now=clock)
    return made


def group_of(owner, name, now):
    web = web_of_people(owner, now=now)
    at = next(at for at, one in enumerate(web.people) if one.name == name)
    return {web.people[other].name for other in web.groups[web.people[at].group].people}


def test_people_of_one_place_are_a_group_named_by_it(lina, owner, people, clock):
    assert group_of(owner, "Dee Park", clock) == set(ACME)
    assert "People of Acme Health 4 people" in shown(lina)


def test_who_is_tied_to_the_seeker_alone_stands_apart(lina, owner, people, clock):
    assert group_of(owner, "Gus Tull", clock) == {"Gus Tull"}
    assert "Known to you alone 1 person" in shown(lina)


def test_each_person_says_through_whom_one_comes_to_them(lina, people):
    page = shown(lina)
    assert "Dee Park Nurse, Acme Health Through Ana Sol : Both at Acme Health since 2020" in page
    assert "Eve Moor Nobody here leads to them yet." in page


def test_who_asked_to_be_left_in_peace_leads_to_nobody(lina, people, clock):
    actions.forbid(people["Ana Sol"], now=clock)
    assert "Through Ana Sol" not in shown(lina)


def test_a_name_one_may_not_use_opens_no_way(lina, people, clock):
    in_touch(people["Eve Moor"], clock - timedelta(days=2), now=clock)
    assert "Through Eve Moor" in shown(lina)
    actions.set_leave(Introduction.objects.get(giver=people["Eve Moor"]), leave=Leave.REFUSED, now=clock)
    assert "Through Eve Moor" not in shown(lina)


def test_those_in_no_tie_are_counted(lina, people):
    assert "Of 1 more person nothing is recorded that ties them to anybody." in shown(lina)


def test_the_picture_is_sent_as_numbers_that_fit_the_list(lina, people):
    page = lina.get(WEB).content.decode()
    numbers = json.loads(re.search(r'<script id="web-numbers"[^>]*>(.*?)</script>', page)[1])
    count = len(numbers["x"])
    assert count == page.count('<li id="p') == 7
    assert all(len(numbers[name]) == count for name in ("y", "group", "strength", "by"))
    assert len(numbers["ties"]) == 3 * 7  # six of four at one place, and one told of
    ana = next(
        at
        for at in range(count)
        if f'<li id="p{at}"><a class="plain" href="/people/{people["Ana Sol"].pk}/"' in page
    )
    assert numbers["by"][ana] == -1
    assert numbers["by"].count(ana) == 3


def test_a_name_is_found_without_script(lina, people):
    page = shown(lina, f"{WEB}?find=dée")
    assert "Found: Dee Park" in page
    assert "Nobody of that name" in shown(lina, f"{WEB}?find=zzz")


def test_a_name_with_marks_in_it_is_only_a_name(lina, owner, people, clock):
    odd = add_contact(owner, NewContact(name='<b>"Al" & Co</b>'), now=clock)
    add_position(odd, organization="<i>Acme</i>", now=clock)
    in_touch(odd, clock, now=clock)
    page = lina.get(WEB).content.decode()
    assert "<b>" not in page
    assert "<i>Acme" not in page
    assert "&lt;i&gt;Acme" in page


def test_a_notebook_without_ties_teaches_one_step(lina, owner, clock):
    assert "Bring the people you know" in shown(lina)
    add_contact(owner, NewContact(name="Ana Sol"), now=clock)
    page = shown(lina)
    assert "No ties yet" in page
    assert "Choose somebody" in page


def test_places_are_kept_and_made_anew_when_the_web_changed(owner, people, clock, kept_here):
    def places():
        return {one.name: (one.x, one.y) for one in web_of_people(owner, now=clock).people}

    before, file = places(), kept_here / "derived" / f"web-{owner.pk}.npz"
    written = file.stat().st_mtime_ns
    assert places() == before
    assert file.stat().st_mtime_ns == written
    actions.record_name(people["Gus Tull"], name="Ida Wynn", about=people["Ida Wynn"], now=clock)
    assert places() != before
    assert group_of(owner, "Ida Wynn", clock) == {"Gus Tull", "Ida Wynn"}


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:100], lambda _data: b"", lambda data: data[:-30] + b"x" * 30]
)
def test_a_spoilt_file_is_made_anew(owner, people, clock, kept_here, spoil):
    before = web_of_people(owner, now=clock)
    file: Path = kept_here / "derived" / f"web-{owner.pk}.npz"
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert web_of_people(owner, now=clock) == before
    assert file.read_bytes() == whole


def test_nobody_sees_anothers_web(lina, people, other_owner, clock):
    assert not web_of_people(other_owner, now=clock).people
