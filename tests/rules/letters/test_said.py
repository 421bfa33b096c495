"""What was jotted down, fitted into a sentence of a letter, or left out of it."""

from dataclasses import replace

import pytest

from askwell.rules.facts import Mode, Occasion
from askwell.rules.letters import LetterFacts, draft
from askwell.rules.letters.said import after_about, after_offered, to_their_face, what_came

JANE = LetterFacts(
    given="Jane", family="Doe", seeker="Amara Osei", who="a nursing student", role="ward manager",
    field="hospitals", event="the Leeds nursing fair",
)  # fmt: skip


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("night shifts", "night shifts"),
        ("Night shifts.", "night shifts"),
        (
            "How they count gloves at night, and that she began in the kitchen",
            "how they count gloves at night",
        ),
        ("Handing over at night; has two daughters", "handing over at night"),
        ("Epic and NHS forms - wants to leave", "epic and NHS forms"),
        ("NHS forms", "NHS forms"),
        ("Looks for someone to test a label; has two daughters", ""),
        ("how she began", ""),
        ("Her first ward", ""),
        ("Works nights.", ""),
        (" . ", ""),
        ("", ""),
    ],
)
def test_of_a_note_only_what_goes_on_after_what_you_said_about_is_used(note, said):
    assert after_about(note) == said


@pytest.mark.parametrize(
    ("promise", "offered"),
    [
        ("to put me in touch with Ana Ruiz", "to put me in touch with Ana Ruiz"),
        ("Send me the table they use.", "to send me the table they use"),
        ("The table of par levels", "the table of par levels"),
        ("Coffee some day", "this: “Coffee some day”"),
        (" ", ""),
    ],
)
def test_what_they_offered_goes_on_after_you_kindly_offered(promise, offered):
    assert after_offered(promise) == offered


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how her team plans night shifts", "how your team plans night shifts"),
        ("what his first year was like", "what your first year was like"),
        ("how the team plans night shifts", "how the team plans night shifts"),
        ("how she plans night shifts", ""),
        ("what surprised her in the first year", ""),
        ("what surprised her", ""),
    ],
)
def test_a_question_for_them_is_put_to_their_face_or_kept_out_of_the_note(question, asked):
    assert to_their_face(question) == asked


def test_a_note_that_speaks_of_them_stays_out_of_the_letter_after_an_evening():
    note = "Looks for someone to test a new label; has two daughters"
    for variant in range(4):
        made = draft(replace(JANE, said=note), mode=Mode.EVENT_FOLLOW_UP, variant=variant)
        assert "label" not in made.body
        assert "daughters" not in made.body
        assert "said" in made.missing


def test_the_note_to_forward_speaks_to_whom_it_is_for():
    facts = replace(JANE, introduce_to="Ana Ruiz", introduce_why="how her team plans nights")
    for variant in range(2):
        _letter, _announced, note = draft(facts, mode=Mode.INTRO_REQUEST, variant=variant).body.rpartition(
            "forward"
        )
        assert "how your team plans nights" in note
        assert "her team" not in note
    facts = replace(facts, introduce_why="how she plans nights")
    made = draft(facts, mode=Mode.INTRO_REQUEST)
    assert "would like to learn how people in hospitals work. Amara Osei asks for 20 minutes" in made.body


def test_thanks_without_a_plan_promise_no_news_of_it():
    for variant in range(6):
        assert "come" not in draft(JANE, mode=Mode.THANKS, variant=variant).body
    made = draft(replace(JANE, will_do="read the protocol"), mode=Mode.THANKS)
    assert "I will let you know what comes of it." in made.body


class TestTellingWhatCameOfIt:
    def told(self, variant=0, **facts):
        return draft(
            replace(JANE, **facts), mode=Mode.CHECK_IN, occasion=Occasion.CLOSE_LOOP, variant=variant
        )

    def test_advice_acted_on_is_named_also_where_the_outcome_is_not_known_yet(self):
        made = self.told(advice="to sit in on a ward round")
        assert "You advised me to sit in on a ward round. I have done so." in made.body
        assert "outcome" in made.missing

    def test_with_its_outcome_that_is_told(self):
        made = self.told(advice="to sit in on a round", outcome="did so last week")
        assert "You advised me to sit in on a round. I did so last week." in made.body
        assert made.missing == ()

    def test_of_a_name_they_gave_the_name_is_told(self):
        made = self.told(loop_name="Ana Ruiz", loop_came="We have talked since")
        assert made.subject == "Ana Ruiz, whose name you gave me"
        assert "You gave me the name of Ana Ruiz. We have talked since." in made.body
        made = self.told(loop_name="Ana Ruiz", loop_came="We have talked since", outcome="start there in May")
        assert "You gave me the name of Ana Ruiz. I start there in May." in made.body

    def test_where_nothing_is_known_the_letter_asks(self):
        assert {"advice", "outcome"} <= set(self.told().missing)


def test_whoever_named_somebody_hears_the_most_that_came_of_it():
    assert what_came(talked=True, wrote=True) == "We have talked since, and I am glad of it"
    assert what_came(talked=False, wrote=True) == "I have written to them since"
    assert what_came(talked=False, wrote=False) == ""
