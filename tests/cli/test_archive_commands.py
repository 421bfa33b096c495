"""export, import, backup, restore, demo, recompute, doctor: nothing trapped, nothing lost."""

import csv
import json
import stat
from pathlib import Path

import pytest

from askwell.outreach.models import Step
from askwell.people.models import Contact, Import

CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{name.split()[0].lower()}@acme.example\r\nEND:VCARD\r\n"
    for name in ("Jane Doe", "Ravi Patel", "Zoë Łukasik")
)


@pytest.fixture
def cards(tmp_path):
    path = tmp_path / "people.vcf"
    path.write_bytes(CARDS.encode())
    return str(path)


def names(owner):
    return sorted(Contact.objects.for_owner(owner).people().values_list("name", flat=True))


def test_an_import_is_shown_before_it_is_done(askwell, owner, cards):
    ended = askwell("import", cards, "--dry-run")
    assert ended.code == 0
    assert "Would bring in: people.vcf" in ended.out
    assert "3  new people" in ended.out
    assert names(owner) == []


def test_one_person_is_not_counted_as_several(askwell, tmp_path):
    card = tmp_path / "jane.vcf"
    card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nEND:VCARD\r\n")
    assert "1  new person\n" in askwell("import", str(card)).out


def test_an_import_brings_people_in_and_is_taken_back_whole(askwell, owner, cards):
    assert askwell("import", cards).code == 0
    assert names(owner) == ["Jane Doe", "Ravi Patel", "Zoë Łukasik"]
    assert askwell("undo").code == 0
    assert names(owner) == []


def test_the_same_file_twice_changes_nothing(askwell, owner, cards):
    askwell("import", cards)
    row = askwell("import", cards, "--json").rows[0]
    assert (row["counts"]["new"], row["counts"]["known"]) == (0, 3)
    assert len(names(owner)) == 3


def test_an_import_answers_with_its_counts_and_its_problems(askwell, tmp_path):
    broken = tmp_path / "broken.vcf"
    broken.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nBDAY:1990-02-30\r\nEND:VCARD\r\n")
    first, *rest = askwell("import", str(broken), "--json").rows
    assert {"import", "dry_run", "format", "counts", "skipped", "own_addresses", "files"} == set(first)
    assert rest
    assert {"file", "line", "code", "message", "severity"} == set(rest[0]["problem"])


def test_a_file_that_is_not_there_is_bad_use(askwell):
    ended = askwell("import", "nowhere.vcf", "--json")
    assert ended.code == 2
    assert "nowhere.vcf" in ended.row["message"]


def test_a_file_with_nothing_to_read_is_a_finding(askwell, tmp_path):
    blob = tmp_path / "picture.bin"
    blob.write_bytes(bytes(range(256)) * 10)
    ended = askwell("import", str(blob))
    assert ended.code == 1
    assert "Traceback" not in ended.err


def test_a_trial_leaves_no_files_behind(askwell, cards, settings, owner):
    askwell("import", cards, "--dry-run")
    batch = Import.objects.for_owner(owner).get()
    assert not (Path(settings.DATA_DIR) / batch.folder).exists()


def test_an_unknown_column_assignment_is_bad_use(askwell, cards):
    assert askwell("import", cards, "--column", "email").code == 2


def test_what_is_exported_comes_back_row_for_row(askwell, owner, cards, tmp_path, django_user_model):
    askwell("import", cards)
    askwell("note", "jane", "Plays the cello.")
    out = tmp_path / "all.json"
    assert askwell("export", str(out)).code == 0
    before = names(owner)
    Contact.objects.for_owner(owner).delete()
    django_user_model.objects.filter(pk=owner.pk).delete()
    ended = askwell("import", str(out), "--json")
    assert ended.code == 0, ended
    assert ended.row["rows"]["people.contact"] >= 3
    me = django_user_model.objects.get(username="me")
    assert names(me) == before
    assert Contact.objects.for_owner(me).get(name="Jane Doe").notes == "Plays the cello."


def test_an_export_goes_into_an_empty_place_only(askwell, cards, tmp_path, owner):
    askwell("import", cards)
    out = tmp_path / "all.json"
    askwell("export", str(out))
    ended = askwell("import", str(out))
    assert ended.code == 1
    assert "Nothing was changed" in ended.err
    assert len(names(owner)) == 3


def test_a_damaged_export_is_refused_with_its_place(askwell, cards, tmp_path, owner):
    askwell("import", cards)
    out = tmp_path / "all.json"
    askwell("export", str(out))
    Contact.objects.for_owner(owner).delete()
    out.write_text(out.read_text()[:-200])
    ended = askwell("import", str(out))
    assert ended.code == 1
    assert "line" in ended.err


def test_an_export_without_a_file_goes_to_standard_output(askwell, cards):
    askwell("import", cards)
    assert json.loads(askwell("export").out)["askwell"] == 1


def test_people_and_talks_are_written_for_other_programs(askwell, cards, tmp_path):
    askwell("import", cards)
    targets = {"vcard": tmp_path / "a.vcf", "csv": tmp_path / "a.csv", "ics": tmp_path / "a.ics"}
    words = [word for kind, path in targets.items() for word in (f"--{kind}", str(path))]
    rows = askwell("export", *words, "--json").rows
    assert [row["format"] for row in rows] == ["vcard", "csv", "ics"]
    assert targets["vcard"].read_text().count("BEGIN:VCARD") == 3
    assert len(list(csv.DictReader(targets["csv"].open()))) == 3
    assert targets["ics"].read_text().startswith("BEGIN:VCALENDAR")


def test_an_export_that_cannot_be_written_says_so(askwell, tmp_path):
    ended = askwell("export", str(tmp_path / "nowhere" / "all.json"))
    assert ended.code == 1
    assert "was not written" in ended.err


@pytest.mark.slow
def test_the_sample_network_comes_and_goes(askwell, owner):
    assert askwell("demo", "--json").row["added"] == 400
    assert len(names(owner)) == 400
    assert askwell("demo").code == 2
    assert askwell("demo", "--remove", "--json").row["removed"] == 400
    assert names(owner) == []


@pytest.mark.slow
def test_reckoning_anew_changes_nothing(askwell, owner):
    askwell("demo")
    before = sorted(Step.objects.for_owner(owner).values_list("key", "due"))
    row = askwell("recompute", "--json").row
    assert {row["steps_changed"], row["standings_changed"], row["states_changed"]} == {0}
    assert sorted(Step.objects.for_owner(owner).values_list("key", "due")) == before
    assert "Nothing had to change." in askwell("recompute").out


def test_the_doctor_finds_a_stale_step_and_recompute_mends_it(askwell, owner):
    askwell("add", "Jane Doe <jane@acme.example>")
    askwell("promise", "jane", "send her the report")
    Step.objects.for_owner(owner).delete()
    (found,) = [row for row in askwell("doctor", "--json").rows if row["code"] == "steps"]
    assert not found["ok"]
    askwell("recompute")
    (found,) = [row for row in askwell("doctor", "--json").rows if row["code"] == "steps"]
    assert found["ok"]


def test_the_doctor_changes_nothing(askwell, owner):
    askwell("add", "Jane Doe <jane@acme.example>")
    Step.objects.for_owner(owner).delete()
    askwell("doctor")
    assert not Step.objects.for_owner(owner).exists()


@pytest.mark.slow
def test_the_doctor_finds_an_open_folder(shell, opened):
    folder = Path(opened["ASKWELL_DATA"])
    assert shell("doctor").code == 0
    folder.chmod(0o755)
    ended = shell("doctor")
    assert ended.code == 1
    assert "chmod 700" in ended.out


@pytest.mark.slow
def test_the_doctor_names_a_damaged_database(shell, opened):
    file = Path(opened["ASKWELL_DATA"]) / "askwell.sqlite3"
    data = bytearray(file.read_bytes())
    for page in range(40, 160):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    file.write_bytes(data)
    ended = shell("doctor")
    assert ended.code == 1
    assert "MEND" in ended.out
    assert "Traceback" not in ended.err


@pytest.mark.slow
def test_a_backup_is_put_back_as_it_was(shell, opened, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    shell("add", "Jane Doe <jane@acme.example>")
    assert shell("backup", str(copy), "--json").row["bytes"] > 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert shell("backup", str(copy)).code == 1
    shell("add", "Ravi Patel <ravi@acme.example>")
    ended = shell("restore", str(copy), "--json")
    assert ended.code == 0, ended
    assert Path(ended.row["kept"]).exists()
    assert shell("find", "jane").code == 0
    assert shell("find", "ravi").code == 3


@pytest.mark.slow
def test_what_is_no_backup_is_not_put_back(shell, opened, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Jane")
    ended = shell("restore", str(letter))
    assert ended.code == 1
    assert "not a backup" in ended.err
