"""add, find, show, mark, note: people from the command line."""

import pytest

from askwell.people.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(askwell):
    """Jane Doe, product manager at Acme."""
    return askwell("add", "Jane Doe <jane@acme.example>", "--json").row


def test_someone_is_added_from_a_line_as_it_is_jotted_down(askwell, owner):
    ended = askwell("add", "Jane", "Doe", "<jane@acme.example>")
    assert ended.code == 0
    contact = Contact.objects.for_owner(owner).people().get()
    assert ended.out == f"Added Jane Doe  [#{contact.pk}]\n"


def test_adding_answers_with_one_object(askwell):
    row = askwell("add", "Jane Doe <jane@acme.example>", "--json").row
    assert row["added"] is True
    assert (row["name"], row["emails"]) == ("Jane Doe", ["jane@acme.example"])


def test_someone_known_is_not_added_again(askwell, jane):
    again = askwell("add", "J. Doe <jane@acme.example>", "--json").row
    assert (again["id"], again["added"]) == (jane["id"], False)


def test_a_text_with_nobody_in_it_is_bad_use(askwell, owner):
    ended = askwell("add", "   ", "--json")
    assert ended.code == 2
    assert ended.row["error"] == "bad-use"
    assert not Contact.objects.for_owner(owner).people().exists()


def test_adding_can_be_taken_back(askwell, jane, owner):
    assert askwell("undo").code == 0
    assert not Contact.objects.for_owner(owner).people().exists()


def test_people_are_found_by_the_beginning_of_a_word(askwell, jane):
    ended = askwell("find", "jan")
    assert ended.code == 0
    assert ended.out.startswith(f"#{jane['id']}  Jane Doe")


def test_finding_answers_with_one_object_a_line(askwell, jane):
    askwell("add", "Janet Fox <janet@fox.example>")
    rows = askwell("find", "jan", "--json").rows
    assert {row["name"] for row in rows} == {"Jane Doe", "Janet Fox"}
    assert set(rows[0]) == {"id", "name", "about", "emails"}


def test_finding_nobody_says_so_with_its_own_exit_code(askwell):
    ended = askwell("find", "zzz")
    assert ended.code == 3
    assert "Nobody here answers" in ended.err


@pytest.mark.parametrize("name", ["jane", "Jane Doe", "doe jane", "JANE@acme.example", "#{id}"])
def test_a_person_is_named_in_many_ways(askwell, jane, name):
    ended = askwell("show", name.format(**jane), "--json")
    assert ended.code == 0, ended
    assert ended.row["id"] == jane["id"]


def test_an_accent_need_not_be_typed(askwell):
    askwell("add", "Zoë Łukasik <zoe@example.com>")
    assert askwell("show", "zoe lukasik", "--json").row["name"] == "Zoë Łukasik"


def test_a_name_of_two_people_lists_both(askwell, jane):
    askwell("add", "Jane Eyre <eyre@thornfield.example>")
    ended = askwell("show", "jane")
    assert ended.code == 3
    assert "Jane Doe" in ended.err
    assert "Jane Eyre" in ended.err
    candidates = askwell("show", "jane", "--json").row["candidates"]
    assert {one["name"] for one in candidates} == {"Jane Doe", "Jane Eyre"}


def test_a_whole_name_wins_over_those_that_contain_it(askwell, jane):
    askwell("add", "Jane Doe-Smith <jds@example.com>")
    assert askwell("show", "Jane Doe", "--json").row["id"] == jane["id"]


@pytest.mark.parametrize("name", ["nobody", "#999999", "nobody@example.com", "#x", "***"])
def test_a_name_of_nobody_is_said_to_be_one(askwell, jane, name):
    ended = askwell("show", name, "--json")
    assert ended.code == 3
    assert ended.row["error"] == "not-found"


def test_showing_tells_what_was_promised_and_advised(askwell, jane):
    askwell("promise", "jane", "Send the article")
    askwell("advice", "jane", "Read the report")
    shown = askwell("show", "jane", "--json").row
    assert [(row["text"], row["mine"]) for row in shown["promises"]] == [("Send the article", True)]
    assert [(row["text"], row["acted_at"]) for row in shown["advice"]] == [("Read the report", None)]


def test_showing_tells_how_to_reach_someone(askwell, jane):
    assert "jane@acme.example" in askwell("show", "jane").out
    row = askwell("show", "jane", "--json").row
    assert row["points"][0]["value"] == "jane@acme.example"
    assert {"timeline", "steps", "outreaches", "reciprocity", "refusals"} <= set(row)


def test_a_note_is_kept_below_the_others(askwell, jane):
    askwell("note", "jane", "Plays", "the", "cello.")
    ended = askwell("note", "jane", "Moved to Lyon.", "--json")
    assert ended.row["notes"] == "Plays the cello.\nMoved to Lyon."


def test_nobody_elses_people_are_found(askwell, other_owner, now):
    Contact.objects.create(owner=other_owner, name="Jane Doe", sort_key="doe jane", created_at=now)
    assert askwell("show", "jane").code == 3


def test_marks_are_set_taken_off_and_said(askwell, jane):
    assert askwell("mark", "jane", "--hires", "--connector").out == "Jane Doe: hires, connects people\n"
    assert askwell("mark", "jane", "--no-hires", "--no-connector").out == "Jane Doe: no mark\n"
    assert askwell("mark", "jane").code == 2


def test_whoever_wants_no_letters_is_left_in_peace_until_they_may_be_written_to_again(askwell, jane):
    assert askwell("mark", "jane", "--leave-in-peace").out == "Jane Doe: left in peace\n"
    assert "Asked not to be contacted." in askwell("show", "jane").out
    askwell("goal", "Product manager in hospital software in Chicago")
    refused = askwell("draft", "jane", "--hook", "your talk on triage")
    assert refused.code != 0
    assert "asked not to be contacted" in refused.err
    row = askwell("mark", "jane", "--write-again", "--json").row
    assert row == {"contact": jane["id"], "hires": False, "connector": False, "do_not_contact": False}
    assert "Asked not to be contacted." not in askwell("show", "jane").out


def test_a_line_as_one_would_say_it_finds_whom_it_asks_for(askwell, jane):
    askwell("add", "Omar Said, buyer at Globex")
    found = askwell("find", "--json", "never talked to, at Globex").rows
    assert [row["name"] for row in found] == ["Omar Said"]
    assert askwell("find", "buyers at Globex, who hire").code == 3


def test_where_no_word_fits_people_are_found_by_what_they_do_with_the_words_that_say_so(askwell):
    askwell("add", "Mara Lindt <mara@berg.example>, lawyer at Berg Ltd")
    row = askwell("find", "attorney", "--json").row
    assert (row["name"], row["does"]) == ("Mara Lindt", ["lawyer"])
    assert askwell("find", "attorney").out.rstrip().endswith("[lawyer]")
    assert askwell("find", "attorney, never talked to, at Berg Ltd").code == 3


def test_a_word_that_was_noted_finds_whom_it_is_about_and_shows_where_it_stands(askwell, jane):
    askwell("note", "jane", "Her", "sister", "runs", "a", "hospital.")
    row = askwell("find", "hospitals", "--json").code
    assert row == 3
    row = askwell("find", "hospital", "--json").row
    assert (row["name"], row["mention"]) == (
        "Jane Doe",
        {
            "said": "In your note",
            "at": None,
            "passage": "Her sister runs a hospital.",
            "words": ["hospital"],
        },
    )
    assert askwell("find", "hospital").out.splitlines()[-1] == "    In your note: Her sister runs a hospital."
    assert askwell("find", "hospital, never talked to", "--json").row["mention"]["words"] == ["hospital"]
