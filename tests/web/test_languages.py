"""The pages in other languages: whole, in step with the code, and with letters left as they are."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from askwell.outreach.models import Draft
from askwell.web.moments import ago

HERE = Path(settings.HERE)
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")


def catalogue(code):
    return HERE / "locale" / code / "LC_MESSAGES" / "django.po"


def said_of(po):
    """What gettext counts in a catalogue: "12 translated messages, 3 untranslated messages."."""
    command = ["msgfmt", "--check", "--statistics", "--output-file", os.devnull, str(po)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr.strip().splitlines()[-1]


@needs_gettext
@pytest.mark.slow
def test_every_sentence_of_the_code_is_there_in_every_language(tmp_path):
    root = tmp_path / "src"
    shutil.copytree(HERE.parent, root / "askwell", ignore=shutil.ignore_patterns("__pycache__", "static"))
    project = HERE.parents[2]
    shutil.copytree(project / "requirements", tmp_path / "requirements")
    subprocess.run(
        [tmp_path / "requirements" / "messages"],
        env={**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    for code in OTHERS:
        found = root / "askwell" / "web" / "locale" / code / "LC_MESSAGES" / "django.po"
        said = said_of(found)
        assert re.fullmatch(r"\d+ translated messages\.", said), f"{code}: {said} Run requirements/messages."


def test_a_resume_is_written_one_way():
    asked = (line for line in catalogue("de").read_text().splitlines() if line.startswith("msgid"))
    assert [line for line in asked if "résumé" in line.lower()] == []


@needs_gettext
@pytest.mark.parametrize("code", OTHERS)
def test_what_is_read_is_what_was_translated(code, tmp_path):
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--output-file", made, catalogue(code)], check=True)
    with made.open("rb") as fresh, catalogue(code).with_suffix(".mo").open("rb") as kept:
        assert gettext.GNUTranslations(fresh)._catalog == gettext.GNUTranslations(kept)._catalog


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "direction", "word"), [("de", "ltr", "Menschen"), ("ar", "rtl", "الأشخاص")])
def test_a_page_speaks_the_language_of_its_reader(lina, code, direction, word):
    text = lina.get("/people/", headers={"accept-language": code}).content.decode()
    assert f'<html lang="{code}" dir="{direction}"' in text
    assert word in text


@pytest.mark.django_db
def test_a_language_chosen_by_hand_goes_before_that_of_the_browser(lina):
    answer = lina.post(
        "/language/", {"language": "de", "next": "/people/"}, headers={"accept-language": "ar"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    assert '<html lang="de"' in lina.get("/people/", headers={"accept-language": "ar"}).content.decode()


@pytest.mark.django_db
def test_a_language_nobody_wrote_leaves_the_pages_in_english(lina):
    lina.post("/language/", {"language": "xx", "next": "/people/"})
    assert '<html lang="en"' in lina.get("/people/", headers={"accept-language": "tlh"}).content.decode()


@pytest.mark.django_db
def test_a_letter_stays_in_the_language_the_lint_reads(lina, scene):
    lina.post(f"/people/{scene.amara.pk}/write/", {"mode": "thanks"}, headers={"accept-language": "ar"})
    here = Draft.objects.filter(contact=scene.amara).latest("id")
    Draft.objects.filter(pk=here.pk).delete()
    lina.post(f"/people/{scene.amara.pk}/write/", {"mode": "thanks"})
    assert here.body == Draft.objects.filter(contact=scene.amara).latest("id").body


def test_six_kinds_of_number_are_told_apart_where_a_language_does():
    with translation.override("ar"):
        said = [ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n} for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا دقائق", "دقيقة واحدة", "دقيقتان", "3 دقائق", "11 دقيقة", "100 دقيقة"]


@pytest.mark.parametrize(
    ("code", "days", "said"),
    [("en", 2, "2 days ago"), ("de", 2, "vor 2 Tagen"), ("de", 200, "vor 6 Monaten"), ("de", 400, "vor 1 Jahr"),
     ("ar", 1, "قبل يوم"), ("ar", 2, "قبل يومين"), ("ar", 5, "قبل 5 أيام"), ("ar", 400, "قبل سنة")],
)  # fmt: skip
def test_how_long_ago_is_said_in_the_case_the_language_asks_for(code, days, said):
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with translation.override(code):
        assert ago(now - timedelta(days=days), now=now).replace("\xa0", " ") == said
