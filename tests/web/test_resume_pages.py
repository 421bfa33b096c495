"""Versions of the resume in the browser, and whoever asked for one."""

from __future__ import annotations

import email
import shutil
from email.policy import default

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from askwell.outreach.kept_files import MOST_BYTES
from askwell.outreach.models import Draft, Resume, ResumeRequest
from askwell.people.actions import add_point

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


class TestTheFileItself:
    @pytest.fixture(autouse=True)
    def _folder(self, settings, tmp_path):
        settings.DATA_DIR = tmp_path

    def kept(self, lina, name="Résumé.pdf", held=b"%PDF two pages"):
        return lina.post(
            "/settings/resumes/", {**VERSION, "where": "", "file": SimpleUploadedFile(name, held)}
        )

    def letter(self, lina, scene):
        add_point(scene.amara, "email", "amara@brightwater.example", now=scene.amara.created_at)
        lina.post(f"/people/{scene.amara.pk}/resume/")
        lina.post(f"/people/{scene.amara.pk}/write/", {"mode": "check_in", "occasion": "resume"})
        return f"/letters/{Draft.objects.get(occasion='resume').pk}/"

    def test_it_is_kept_given_back_and_goes_with_the_letter(self, lina, scene):
        assert self.kept(lina).status_code == 303
        row = Resume.objects.get()
        assert "Résumé.pdf" in lina.get("/settings/resumes/").content.decode()
        assert "14\xa0bytes" in lina.get(f"/settings/resumes/{row.pk}/").content.decode()
        back = lina.get(f"/settings/resumes/{row.pk}/file/")
        assert back.content == b"%PDF two pages"
        assert back["Content-Disposition"] == "attachment; filename*=utf-8''R%C3%A9sum%C3%A9.pdf"
        url = self.letter(lina, scene)
        assert "The .eml carries it." in lina.get(url).content.decode()
        message = email.message_from_bytes(lina.get(f"{url}letter.eml").content, policy=default)
        (part,) = message.iter_attachments()
        assert (part.get_filename(), part.get_content()) == ("Résumé.pdf", b"%PDF two pages")

    def test_the_way_that_carries_it_is_the_first_and_an_address_it_cannot_go_to_is_said(self, lina, scene):
        self.kept(lina)
        url = self.letter(lina, scene)
        assert f'class="button button--primary" href="{url}letter.eml"' in lina.get(url).content.decode()
        scene.amara.points.all().delete()
        add_point(scene.amara, "email", "okafór@brightwater.example", now=scene.amara.created_at)
        answer = lina.get(f"{url}letter.eml", follow=True).content.decode()
        assert "Their e-mail cannot stand in a letter as it is written." in answer

    def test_without_a_file_one_is_told_to_attach_it(self, lina, scene):
        lina.post("/settings/resumes/", VERSION)
        assert "Attach it yourself; or keep the file" in lina.get(self.letter(lina, scene)).content.decode()
        assert lina.get(f"/settings/resumes/{Resume.objects.get().pk}/file/").status_code == 404

    def test_one_that_is_gone_is_said_and_the_letter_stays(self, lina, scene, tmp_path):
        self.kept(lina)
        row, url = Resume.objects.get(), self.letter(lina, scene)
        shutil.rmtree(tmp_path / "files")
        for page in (url, "/settings/resumes/", f"/settings/resumes/{row.pk}/"):
            assert "The copy is gone from this machine." in lina.get(page).content.decode()
        answer = lina.get(f"{url}letter.eml", follow=True).content.decode()
        assert "The copy of Résumé.pdf is gone from this machine." in answer
        assert "I attach my resume" in answer
        assert "is gone" in lina.get(f"/settings/resumes/{row.pk}/file/", follow=True).content.decode()

    def test_mending_the_words_keeps_it_and_another_takes_its_place(self, lina, scene):
        self.kept(lina)
        page = f"/settings/resumes/{Resume.objects.get().pk}/"
        assert lina.post(page, {**VERSION, "where": "", "name": "Short"}).status_code == 303
        assert lina.get(f"{page}file/").content == b"%PDF two pages"
        lina.post(page, {**VERSION, "where": "", "file": SimpleUploadedFile("cv.odt", b"new")})
        assert lina.get(f"{page}file/").content == b"new"

    @pytest.mark.parametrize(
        ("name", "size", "said"), [("cv.exe", 1, "This is no document"), ("cv.pdf", MOST_BYTES + 1, "10 MB")]
    )
    def test_what_cannot_go_is_said_at_its_field_and_what_was_typed_is_kept(
        self, lina, scene, name, size, said
    ):
        answer = self.kept(lina, name, b"x" * size)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Analyst, two pages" in answer.content.decode()
        assert not Resume.objects.exists()

    def test_nobody_else_gets_it(self, lina, scene, client, other_owner):
        self.kept(lina)
        client.force_login(other_owner)
        assert client.get(f"/settings/resumes/{Resume.objects.get().pk}/file/").status_code in {302, 403, 404}
