"""Versions of the resume in the browser, and whoever asked for one."""

from __future__ import annotations

import pytest

from askwell.outreach.models import Draft, Resume, ResumeRequest

pytestmark = pytest.mark.django_db
VERSION = {"name": "Analyst, two pages", "made_on": "2026-08-01", "where": "cv/analyst.pdf", "notes": ""}


def test_a_version_is_kept_with_its_age_and_hinted_at_when_old(lina, scene):
    assert "No version yet" in lina.get("/settings/resumes/").content.decode()
    assert lina.post("/settings/resumes/", VERSION).status_code == 303
    page = lina.get("/settings/resumes/").content.decode()
    assert "cv/analyst.pdf" in page
    assert "look it over before it goes out" in page


def test_a_version_is_mended_put_away_and_taken_up_again(lina, scene):
    lina.post("/settings/resumes/", VERSION)
    row = Resume.objects.get()
    assert "Analyst, two pages" in lina.get(f"/settings/resumes/{row.pk}/").content.decode()
    lina.post(f"/settings/resumes/{row.pk}/", {**VERSION, "name": "Analyst, one page"})
    row.refresh_from_db()
    assert row.name == "Analyst, one page"
    lina.post(f"/settings/resumes/{row.pk}/do/away/")
    assert "Use it again" in lina.get("/settings/resumes/").content.decode()
    lina.post(f"/settings/resumes/{row.pk}/do/back/")
    row.refresh_from_db()
    assert row.retired_at is None
    assert lina.post(f"/settings/resumes/{row.pk}/do/dance/").status_code == 404


def test_a_day_to_come_is_said_at_its_field_and_what_was_typed_is_kept(lina, scene):
    answer = lina.post("/settings/resumes/", {**VERSION, "made_on": "2027-01-01"})
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()
    assert "Analyst, two pages" in answer.content.decode()


def test_whoever_asked_waits_and_the_letter_names_what_to_attach(lina, scene):
    lina.post("/settings/resumes/", VERSION)
    lina.post(f"/people/{scene.amara.pk}/resume/")
    assert "Send your resume to Amara Okafor" in lina.get("/").content.decode()
    page = lina.get("/settings/resumes/").content.decode()
    assert "They asked for it" in page
    lina.post(f"/people/{scene.amara.pk}/write/", {"mode": "check_in", "occasion": "resume"})
    draft = Draft.objects.get(occasion="resume")
    letter = lina.get(f"/letters/{draft.pk}/").content.decode()
    assert "I attach my resume (Analyst, two pages)" in letter
    assert "cv/analyst.pdf" in letter
    assert "more than 90" in letter


def test_a_reply_that_asks_for_it_is_noted_with_the_reply(lina, scene):
    lina.post(
        f"/outreach/{scene.silent.pk}/reply/",
        {"what": "replied", "at": "2026-11-23T08:00", "channel": "email", "asked_resume": "on"},
    )
    assert ResumeRequest.objects.get().contact == scene.priya


def test_sent_some_other_way_is_noted_from_the_list(lina, scene):
    lina.post(f"/people/{scene.amara.pk}/resume/", {"next": f"/talks/{scene.held.pk}/after/"})
    request = ResumeRequest.objects.get()
    lina.post(f"/settings/resumes/asked/{request.pk}/drop/")
    request.refresh_from_db()
    assert request.dropped_at is not None
    assert lina.post(f"/settings/resumes/asked/{request.pk}/dance/").status_code == 404


def test_unasked_it_takes_a_reason(lina, scene):
    path = f"/people/{scene.amara.pk}/resume/sent/"
    assert lina.get(path).status_code == 200
    answer = lina.post(path, {"version": ""})
    assert answer.status_code == 422
    assert "They have not asked for your resume." in answer.content.decode()
    assert not ResumeRequest.objects.exists()
    reasons = {f"because-{rule}": "She offered to look" for rule in ("D02", "T01", "T02", "K02")}
    assert lina.post(path, {"version": "", **reasons}).status_code == 303
    assert ResumeRequest.objects.get().sent_at is not None
