"""Nothing trapped: the whole notebook goes out as one file and comes back row for row."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from askwell.outreach import archive
from askwell.outreach.models import Snooze, Step
from askwell.outreach.sample import make_sample
from askwell.people.models import Change, Contact, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(owner, now):
    make_sample(owner, now=now, people=60)
    key = Step.objects.for_owner(owner).filter(about_kind="talk").values_list("key", flat=True).first()
    Snooze.objects.create(owner=owner, key=key, until=now, at=now)
    return owner


@pytest.fixture(scope="module")
def files():
    """What the tests of this module wrote once: laying out a full notebook takes a second."""
    return {}


@pytest.fixture
def file(request, files, owner, now) -> str:
    """The full notebook as a file, and an empty place to bring it to."""
    if "full" not in files:
        files["full"] = written(request.getfixturevalue("full"), now)
        wipe(owner)
    return files["full"]


def written(owner, now) -> str:
    out = io.StringIO()
    archive.export_notebook(owner, out, now=now)
    return out.getvalue()


def everything(owner) -> dict[str, list[dict]]:
    models = [*archive.tables(), *archive.DERIVED]
    rows = {
        model._meta.label_lower: list(model._default_manager.filter(owner=owner).order_by("pk").values())
        for model in models
    }
    for label in ("people.searchterm", "outreach.step", "outreach.standing"):
        rows[label] = sorted(
            ({k: v for k, v in row.items() if k != "id"} for row in rows[label]),
            key=lambda row: json.dumps(row, default=str, sort_keys=True),
        )
    return rows


def wipe(owner) -> None:
    """Empty the place, as a new data folder would be."""
    for model in reversed([*archive.tables(), *archive.DERIVED]):
        model._default_manager.filter(owner=owner)._raw_delete("default")


def test_a_notebook_comes_back_row_for_row(full, now):
    before, text = everything(full), written(full, now)
    wipe(full)
    assert not Contact.objects.for_owner(full).exists()
    taken = archive.import_notebook(full, io.StringIO(text), now=now)
    assert everything(full) == before
    assert taken.undo_kept
    assert taken.rows["people.contact"] == 61


def test_a_moment_comes_back_to_its_last_digit(owner, now):
    moment = now + timedelta(microseconds=123_456)
    Contact.objects.create(owner=owner, name="Jane Doe", created_at=moment)
    text = written(owner, now)
    wipe(owner)
    archive.import_notebook(owner, io.StringIO(text), now=now)
    assert Contact.objects.get().created_at == moment


def test_what_comes_back_is_written_the_same_again(full, now):
    text = written(full, now)
    wipe(full)
    archive.import_notebook(full, io.BytesIO(text.encode()), now=now)
    assert written(full, now) == text


def test_the_sample_can_still_be_taken_back_after_a_round_trip(full, now):
    text = written(full, now)
    wipe(full)
    archive.import_notebook(full, io.StringIO(text), now=now)
    from askwell.outreach.sample import remove_sample

    remove_sample(full, now=now)
    assert not Contact.objects.for_owner(full).exists()


def test_beside_another_owner_the_keys_move_and_the_rows_stay_the_same(full, now):
    text = written(full, now)
    ben = get_user_model().objects.create(username="ben")
    taken = archive.import_notebook(ben, io.StringIO(text), now=now)
    assert not taken.undo_kept
    for model in archive.tables():
        if model is not Change:
            mine = model._default_manager.filter(owner=full).count()
            assert model._default_manager.filter(owner=ben).count() == mine, model
    theirs = Contact.objects.for_owner(ben).exclude(introduced_by=None)
    assert all(contact.introduced_by.owner_id == ben.pk for contact in theirs)
    steps = [
        sorted(Step.objects.for_owner(who).values_list("code", "earliest", "due")) for who in (full, ben)
    ]
    assert steps[0] == steps[1]
    snoozed = Snooze.objects.for_owner(ben).get()
    assert Step.objects.for_owner(ben).filter(key=snoozed.key).exists()


def test_a_row_made_after_an_import_gets_a_key_of_its_own(full, now):
    text = written(full, now)
    wipe(full)
    archive.import_notebook(full, io.StringIO(text), now=now)
    made = Organization.objects.create(owner=full, name="New Place", key="new place")
    assert made.pk > 0


def test_a_notebook_that_is_not_empty_is_left_alone(full, now):
    before, text = everything(full), written(full, now)
    with pytest.raises(archive.ArchiveError, match="not empty"):
        archive.import_notebook(full, io.StringIO(text), now=now)
    assert everything(full) == before


def damaged(text: str, change) -> io.StringIO:
    data = json.loads(text)
    change(data)
    return io.StringIO(json.dumps(data))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(askwell=99), "format 99"),
        (lambda d: d.pop("tables"), "not an exported Askwell notebook"),
        (lambda d: d["tables"].update({"outreach.spell": []}), "outreach.spell: no such table"),
        (lambda d: d["tables"].update({"people.tag": {}}), "people.tag: a table is a list"),
        (lambda d: d["tables"]["people.tag"][1].pop("id"), "people.tag row 2: a row is an object"),
        (
            lambda d: d["tables"]["people.tag"][0].update(colour="red"),
            "people.tag row 1: no such column: colour",
        ),
        (
            lambda d: d["tables"]["people.contact"][2].update(created_at="yesterday"),
            "people.contact row 3: created_at",
        ),
        (
            lambda d: d["tables"]["people.contact"][2].update(created_at=None),
            "row 3: created_at may not be empty",
        ),
        (
            lambda d: d["tables"]["people.tagging"][0].update(tag_id=987654),
            "tag_id points to people.tag 987654",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_its_place_and_nothing_is_kept(file, owner, now, change, message):
    with pytest.raises(archive.ArchiveError) as caught:
        archive.import_notebook(owner, damaged(file, change), now=now)
    assert message in str(caught.value)
    assert not Contact.objects.for_owner(owner).exists()


@pytest.mark.parametrize("cut", [0, 1, 40, 0.5, 0.99])
def test_a_file_cut_off_is_refused_with_its_place(file, owner, now, cut):
    part = file[: int(len(file) * cut) if isinstance(cut, float) else cut]
    with pytest.raises(archive.ArchiveError, match=r"line \d+"):
        archive.import_notebook(owner, io.StringIO(part), now=now)


def test_a_file_that_is_no_text_is_refused(owner, now):
    with pytest.raises(archive.ArchiveError, match="not UTF-8"):
        archive.import_notebook(owner, io.TextIOWrapper(io.BytesIO(b'{"askwell": 1, \xff'), "utf-8"), now=now)


def test_an_exported_notebook_is_told_by_its_first_bytes():
    assert archive.is_archive(b'\xef\xbb\xbf {"askwell": 1')
    assert not archive.is_archive(b'{"version": "1.0-preview.1"')


def test_the_page_that_describes_the_file_is_true():
    page = Path(__file__).parents[2] / "docs" / "export-json.md"
    assert page.read_text() == archive.describe()


def test_whom_a_review_chose_is_the_same_person_where_the_keys_have_moved(full, other_owner, now):
    from askwell.outreach.actions import keep_review
    from askwell.outreach.models import WeeklyReview

    chosen = Contact.objects.for_owner(full).people().first()
    keep_review(full, week=date(2026, 11, 16), answers={"people": [chosen.pk]}, now=now)
    archive.import_notebook(other_owner, io.StringIO(written(full, now)), now=now)
    (pk,) = WeeklyReview.objects.get(owner=other_owner, week=date(2026, 11, 16)).answers["people"]
    assert Contact.objects.for_owner(other_owner).get(pk=pk).name == chosen.name
