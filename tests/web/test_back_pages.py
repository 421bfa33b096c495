"""Looking back on a week, and the record over the weeks."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import NeedsMore
from askwell.outreach.models import Seeker, Step, WeeklyReview
from askwell.people.models import Contact

WEEK = "2026-11-16"  # it is a Monday: the week before is looked back on


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def keep(client, part, **more):
    return client.post("/back/", {"week": WEEK, "part": part, **more})


class TestTheWeek:
    def test_it_says_what_happened_and_what_is_owed(self, lina, scene):
        page = read(lina, "/back/")
        assert "16 November" in page
        assert "first message" in page
        assert "Thank Amara Okafor" in read(lina, "/back/?part=2")

    def test_it_is_gone_through_part_by_part_left_and_gone_on_with(self, lina, scene):
        assert keep(lina, 1).url.endswith("part=2")
        assert keep(lina, 2).url.endswith("part=3")
        answer = keep(
            lina,
            3,
            **{"q-well": "Amara", "q-learnt": "Call, don’t write", "q-next": "Two calls", "do": "leave"},
        )
        assert answer.url == "/"
        page = read(lina, "/back/")
        assert "Whom to ask next</h2>" in page
        assert "Call, don’t write" in read(lina, "/back/?part=3")
        keep(lina, 4, who=[scene.maria.pk, "x", "9" * 30])
        assert "You chose to ask" in read(lina, "/back/")
        assert keep(lina, 5, weekly_minutes="64").url == "/back/"
        row = WeeklyReview.objects.get()
        assert (row.week, row.done_at is not None) == (date(2026, 11, 16), True)
        assert row.answers["people"] == [scene.maria.pk]
        assert Seeker.objects.get(owner=scene.owner).weekly_minutes == 64

    def test_what_one_wanted_to_try_is_read_again_the_week_after(self, lina, scene, now):
        actions.keep_review(
            scene.owner, week=date(2026, 11, 9), answers={"next": "Write on Tuesdays"}, now=now
        )
        assert "\N{FIRST STRONG ISOLATE}Write on Tuesdays\N{POP DIRECTIONAL ISOLATE}" in read(lina, "/back/")

    @pytest.mark.parametrize("minutes", ["", "-5", "99999", "ten"])
    def test_minutes_that_cannot_be_are_said_at_their_field(self, lina, scene, minutes):
        answer = keep(lina, 5, weekly_minutes=minutes)
        assert answer.status_code == 422
        assert not WeeklyReview.objects.filter(done_at__isnull=False).exists()

    @pytest.mark.parametrize("query", ["?week=2099-01-01", "?week=x&part=99", "?part=0", "?week=0001-01-01"])
    def test_an_address_that_makes_no_sense_shows_the_week_at_hand(self, lina, scene, query):
        assert "16 November" in read(lina, f"/back/{query}")


class TestWhomOneChose:
    """It is Monday: whom the week before chose stands on Today this week."""

    def steps(self, scene, now):
        return [one for one in queries.steps(scene.owner, now=now) if one.code == "ask_chosen"]

    def test_they_stand_on_today_with_the_reason_and_not_twice(self, lina, scene, now):
        suggested = queries.today(scene.owner, now=now).someone_new[0]
        keep(lina, 4, who=[suggested.contact])
        page = read(lina, "/")
        (part,) = re.findall(r'<section class="group" id="chosen".*?</section>', page, re.DOTALL)
        assert f"Ask {suggested.contact_name}, as you chose to" in part
        assert "You chose to ask them in the week of 23 November, when you looked back." in part
        assert f'href="/people/{suggested.contact}/ask/"' in part
        found = queries.today(scene.owner, now=now)
        assert suggested.contact not in {one.contact for one in found.someone_new}
        assert recompute(scene.owner, now=now).steps_changed == 0

    def test_however_much_there_is_besides_the_choice_is_on_the_page(self, lina, scene, now, monkeypatch):
        keep(lina, 4, who=[scene.maria.pk])
        monkeypatch.setattr(sys.modules["askwell.outreach.queries.today"], "MOST_STEPS", 2)
        assert 'id="chosen"' in read(lina, "/")
        found = queries.today(scene.owner, now=now)
        shown = len(found.owed) + len(found.today) + len(found.this_week)
        assert (shown, found.more_steps > 0) == (3, True)

    def test_undo_takes_them_off_again(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        assert [one.contact for one in self.steps(scene, now)] == [scene.maria.pk]
        actions.undo_last(scene.owner, now=now)
        assert self.steps(scene, now) == []

    def test_who_is_not_ticked_any_more_is_let_go(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk, scene.priya.pk])
        page = read(lina, "/back/?part=4")
        for one in (scene.maria, scene.priya):
            assert re.search(rf'type="checkbox" name="who" value="{one.pk}"[^>]* checked', page)
        assert 'type="hidden" name="who"' not in page
        keep(lina, 4, who=[scene.priya.pk])
        assert [one.contact for one in self.steps(scene, now)] == [scene.priya.pk]
        keep(lina, 4)
        assert self.steps(scene, now) == []

    def test_once_a_letter_is_begun_the_letter_is_the_step(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        lina.post(f"/people/{scene.maria.pk}/ask/", {"purpose": "explore", "mode": "informational"})
        mine = [one.code for one in queries.steps(scene.owner, now=now) if one.contact == scene.maria.pk]
        assert "ask_chosen" not in mine
        assert "finish_draft" in mine

    def test_with_the_week_they_are_gone(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        assert self.steps(scene, now + timedelta(days=6))
        assert self.steps(scene, now + timedelta(days=7)) == []
        recompute(scene.owner, now=now + timedelta(days=7))
        assert not Step.objects.filter(code="ask_chosen").exists()

    def test_whoever_asked_to_be_left_in_peace_is_not_among_them(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        Contact.objects.filter(pk=scene.maria.pk).update(do_not_contact=True)
        recompute(scene.owner, now=now)
        assert self.steps(scene, now) == []

    def test_merged_into_another_row_they_stand_under_that(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        Contact.objects.filter(pk=scene.maria.pk).update(merged_into=scene.priya)
        Step.objects.all().delete()
        recompute(scene.owner, now=now)
        assert [one.contact for one in self.steps(scene, now)] == [scene.priya.pk]

    def test_done_says_that_it_takes_a_letter(self, lina, scene, now):
        keep(lina, 4, who=[scene.maria.pk])
        (step,) = self.steps(scene, now)
        with pytest.raises(NeedsMore, match="open_outreach"):
            actions.mark_done(scene.owner, key=step.key, now=now)


class TestTheStep:
    def step(self, scene, now):
        (found,) = [one for one in queries.steps(scene.owner, now=now) if one.code == "review_week"]
        return found

    def test_done_it_comes_again_the_week_after_and_undo_brings_it_back(self, lina, scene, now):
        before = self.step(scene, now).key
        lina.post("/steps/done/", {"key": before})
        after = self.step(scene, now)
        assert after.key != before
        assert after.due > now
        assert recompute(scene.owner, now=now).steps_changed == 0
        actions.undo_last(scene.owner, now=now)
        assert self.step(scene, now).key == before


class TestTheRecord:
    def test_an_empty_notebook_leads_to_today(self, lina):
        assert "Nothing to draw yet" in read(lina, "/back/record/")

    def test_every_picture_has_its_words_and_its_table(self, lina, scene):
        page = read(lina, "/back/record/")
        assert page.count('role="img"') == 4
        assert page.count("As a table") == 4
        assert "Too few to say" in page

    def test_pictures_run_from_left_to_right_in_every_language(self, lina, scene):
        page = lina.get("/back/record/", headers={"accept-language": "ar"}).content.decode()
        assert 'dir="rtl"' in page
        assert page.count('class="picture') == page.count('direction="ltr"') == 4

    @pytest.mark.parametrize("slug", ["letters", "answers", "talks", "shares"])
    def test_each_is_to_be_had_as_a_drawing_and_as_a_table(self, lina, scene, slug):
        svg = lina.get(f"/back/record/{slug}.svg")
        assert svg.headers["Content-Type"] == "image/svg+xml"
        assert svg.content.startswith(b"<svg xmlns=")
        table = lina.get(f"/back/record/{slug}.csv").content.decode()
        assert len(table.splitlines()) > 3
        assert not re.search(r"(?m)^[=+@]", table)

    @pytest.mark.parametrize("name", ["nothing.svg", "letters.png"])
    def test_no_other_file_is_there(self, lina, scene, name):
        assert lina.get(f"/back/record/{name}").status_code == 404
