"""From nothing to a Today list by clicking, as somebody does on the first evening."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from askwell.outreach.queries import goal_of, seeker_of
from askwell.people.models import Contact, Review

GIVEN = ("Amara", "Luis", "Priya", "Jonas", "Fatima", "Chen", "Nia", "Tom", "Ines", "Kofi")
FAMILY = ("Okafor", "Marín", "Nair", "Weber", "Rahman", "Wei", "Adeyemi", "Brandt", "Costa", "Mensah")


def archive(count=40):
    """A LinkedIn archive of invented people; the last shares a name with the first."""
    people = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for number in range(count):
        given, family = GIVEN[number % 10], FAMILY[(number // 10 + number) % 10]
        slug = f"{given}-{family}-{number}".lower()
        people.append(
            f"{given},{family},https://www.linkedin.com/in/{slug},,Hospital {number % 7},Buyer,{number % 27 + 1:02} Oct 2024"
        )
    people.append("Amara,Okafor,,amara@other.example,Lakeside Hospital,Nurse,01 Oct 2024")
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        made.writestr("Connections.csv", "\n".join(people) + "\n")
    return {"name": "archive.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}


def set_up(page, shot, name):
    page.get_by_role("link", name="Begin, in three minutes").click()
    shot(page, f"welcome-empty-{name}")
    page.get_by_label("Your LinkedIn archive").set_input_files([archive()])
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("Nothing is written yet").wait_for()
    shot(page, f"import-plan-{name}")
    page.get_by_role("button", name="Bring in 41 people").click()
    page.get_by_role("button", name="Take the whole import back").wait_for()
    shot(page, f"import-done-{name}")


def set_goal(page):
    page.get_by_label("The work you look for").fill("Supply-chain analyst in a hospital, Chicago")
    page.get_by_role("button", name="Show me my Today").click()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_nothing_becomes_a_today_list(open_page, owner, axe, shot, size):
    page = open_page("/", size=size)
    set_up(page, shot, size)
    page.get_by_role("link", name="Decide about 1 pair").click()
    page.get_by_role("button", name="Two people").wait_for()
    assert axe(page) == []
    shot(page, f"review-{size}")
    page.get_by_role("button", name="Two people").click()
    page.get_by_text("Every pair is decided").wait_for()
    page.goto(page.url.replace("/review/", "/welcome/"))
    assert page.get_by_label("Time zone").input_value() != ""
    set_goal(page)
    page.get_by_role("heading", name="Someone new").wait_for()
    assert axe(page) == []
    assert page.complaints == []
    assert page.strangers == []
    assert Contact.objects.for_owner(owner).people().count() == 41
    assert Review.objects.filter(state="kept_apart").count() == 1
    assert seeker_of(owner).first_run_done_at is not None


def test_all_of_it_works_without_script(open_page, owner, shot):
    page = open_page("/", script=False)
    set_up(page, shot, "no-script")
    page.goto(page.url.split("/import/")[0] + "/welcome/")
    page.get_by_label("Time zone").fill("America/Chicago")
    set_goal(page)
    page.get_by_role("heading", name="Someone new").wait_for()
    assert seeker_of(owner).zone == "America/Chicago"


def test_a_goal_typed_before_the_files_are_brought_in_is_not_lost(open_page, owner):
    page = open_page("/welcome/")
    page.get_by_label("The work you look for").fill("Nurse in a hospice, Leeds")
    page.get_by_role("button", name="Bring them in").click()
    assert page.evaluate("document.activeElement.id") == "files", "the browser asks for the files"
    page.get_by_label("Your LinkedIn archive").set_input_files([archive()])
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("Nothing is written yet").wait_for()
    page.goto(page.url.split("/import/")[0] + "/welcome/")
    assert page.get_by_label("The work you look for").input_value() == "Nurse in a hospice, Leeds"
    page.get_by_label("The work you look for").press("Enter")
    page.wait_for_url("**/")
    assert goal_of(owner).text == "Nurse in a hospice, Leeds"


def test_the_goal_is_read_while_one_types(open_page):
    page = open_page("/welcome/")
    field = page.get_by_label("The work you look for")
    field.fill("something nice")
    page.locator("#goal-check").get_by_text("No role is named").wait_for()
    field.fill("Supply-chain analyst in a hospital, Chicago")
    page.locator("#goal-check").get_by_text("Clear enough to ask people with").wait_for()


def test_the_sample_comes_and_goes(open_page, axe, shot):
    page = open_page("/")
    page.get_by_role("button", name="Show me a sample network").click()
    page.get_by_text("everybody in it is invented").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("Begin with the people you know").wait_for()
    assert not page.get_by_text("everybody in it is invented").is_visible()


# Held back where the page ends, as a slow machine would; counts what would have been sent.
HELD_BACK = """
addEventListener("submit", (event) => {
  window.sent = (window.sent ?? 0) + (event.defaultPrevented ? 0 : 1);
  event.preventDefault();
})
"""


@pytest.mark.parametrize(
    ("path", "name"), [("/", "Show me a sample network"), ("/welcome/", "Look around in")]
)
def test_while_the_sample_is_made_its_button_says_so_and_is_not_pressed_twice(open_page, path, name):
    page = open_page(path)
    page.evaluate(HELD_BACK)
    page.get_by_role("button", name=name).click()
    busy = page.get_by_role("button", name="Inventing them…")
    assert busy.get_attribute("aria-busy") == "true"
    busy.click()
    assert page.evaluate("window.sent") == 1


def test_the_sample_comes_without_script_too(open_page):
    page = open_page("/welcome/", script=False)
    page.get_by_role("button", name="Look around in").click()
    page.get_by_text("everybody in it is invented").wait_for()


def test_people_are_sifted_as_one_types_and_changed_many_at_once(open_page, scene, shot):
    page = open_page("/people/")
    page.get_by_role("searchbox", name="Find").fill("amara director")
    page.locator("#people").get_by_text("1 person", exact=True).wait_for()
    assert re.match(r"q=amara(\+|%20)director", page.url.split("?")[1])
    page.get_by_role("checkbox", name="Amara Okafor").check()
    shot(page, "people-ticked")
    page.get_by_label("Tag for those ticked").fill("mentor")
    page.get_by_role("button", name="Tag them").click()
    page.get_by_text("1 person tagged mentor").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back").wait_for()


def test_typing_a_name_offers_whom_it_may_mean(open_page, scene):
    page = open_page("/leads/")
    page.get_by_label("What work is it?").fill("Analyst at Mercy")
    page.get_by_label("Who told you?").press_sequentially("luis")
    page.get_by_role("radio", name="Luis Marín").check()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("heading", name="Thank Luis Marín").wait_for()
