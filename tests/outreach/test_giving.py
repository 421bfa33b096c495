"""Given and asked, the shelf, favours of five minutes, and the same offered back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from askwell.outreach import actions
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.models import Favor, LinkShare, SavedLink, Step
from askwell.outreach.queries.giving import asked_often, favor_for, favors, giving_week
from askwell.outreach.queries.shelf import shelf, whom_it_helps
from askwell.people.actions import NewContact, add_contact, edit_contact, merge_contacts, tag_contacts
from askwell.people.journal import last_change, undo
from askwell.rules.facts import Mode, Occasion

DAY = timedelta(days=1)
URL = "https://triage.example/history"


@pytest.fixture
def link(lina, now):
    return actions.save_link(
        lina,
        title="A short history of triage",
        url=URL,
        note="Why wards sort.",
        topics="triage, nursing",
        now=now,
    )


@pytest.fixture
def talked(jane, now):
    """Lina and Jane talked two months ago; Jane spoke of triage."""
    then = now - 60 * DAY
    actions.record_talk(jane, ended_at=then, notes="She doubts the triage lists.", now=then)
    actions.record_thanks(jane, now=then + DAY)
    return jane


def helped(lina, link, now, **more):
    return whom_it_helps(lina, [link], now=now, **more)[link.pk]


# --- the log


def test_gives_and_asks_are_listed_newest_first_and_nothing_is_summed(lina, jane, kenji, now):
    actions.record_favor(jane, kind="ask", text="Twenty minutes", at=now - DAY, now=now)
    actions.record_favor(kenji, kind="give", text="A map of the labs", now=now)
    assert [row.text for row in favors(lina)] == ["A map of the labs", "Twenty minutes"]
    assert [row.contact for row in favors(lina, kind="ask")] == [jane]
    assert list(favors(lina, contact=kenji)) == [Favor.objects.get(kind="give")]


def test_after_two_asks_without_a_give_one_thinks_of_giving(lina, jane, kenji, now):
    for days in (3, 2):
        actions.record_favor(jane, kind="ask", text="Another name", at=now - days * DAY, now=now)
    actions.record_favor(kenji, kind="ask", text="A look at my letter", now=now)
    (hint,) = asked_often(lina, now=now)
    assert (hint.contact_name, hint.reason.rule) == ("Jane Doe", "R01")
    actions.record_favor(jane, kind="give", text="A link", now=now)
    assert asked_often(lina, now=now) == ()


def test_of_the_many_who_were_asked_often_the_last_asked_are_named_in_a_few_queries(
    lina, now, django_assert_max_num_queries
):
    for number in range(8):
        one = add_contact(lina, NewContact(name=f"Ana Number{number}"), now=now)
        for _twice in range(2):
            actions.record_favor(one, kind="ask", text="A name", at=now - (20 - number) * DAY, now=now)
    with django_assert_max_num_queries(8):
        found = asked_often(lina, now=now)
    assert [one.contact_name for one in found] == [f"Ana Number{n}" for n in (7, 6, 5, 4, 3)]


# --- the shelf


@pytest.mark.parametrize(
    "url", ["", "https://a.example", "http://a.example/b?c=d#e", " https://a.example/x "]
)
def test_an_address_of_the_web_or_none_is_kept(lina, now, url):
    assert actions.save_link(lina, title="Notes", url=url, now=now).url == url.strip()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "a.example", "https://", "https://a.example/a b", "http://[", "https://a.example/" + "x" * 2000, "https://a.example/\x07"]
)  # fmt: skip
def test_any_other_address_is_refused(lina, now, url):
    with pytest.raises(BadValue) as refused:
        actions.save_link(lina, title="Notes", url=url, now=now)
    assert refused.value.field == "url"
    assert not SavedLink.objects.exists()


def test_the_shelf_is_kept_mended_and_cleared_and_each_is_one_step_back(lina, link, now):
    assert link.topics == "triage, nursing"
    actions.edit_link(link, title="Triage", url="", note="", topics="", now=now)
    assert SavedLink.objects.get().url == ""
    undo(last_change(lina), now=now)
    assert SavedLink.objects.get().url == URL
    actions.drop_link(SavedLink.objects.get(), now=now)
    assert list(shelf(lina)) == []


def test_whom_it_helps_comes_with_the_reason(lina, link, talked, kenji, now):
    (match,) = helped(lina, link, now)
    assert (match.contact_name, match.reason.sentence) == ("Jane Doe", "You talked about it: triage")
    assert match.why_them == "what you told me about triage"


def test_spellings_meet_and_notes_and_tags_count_but_stay_out_of_a_letter(lina, link, kenji, now):
    edit_contact(kenji, notes="Interested in TRIÁGE since June", now=now)
    edit_contact(kenji, notes="Interested in TRIAGE since June", now=now)
    (match,) = helped(lina, link, now)
    assert match.reason.sentence.startswith("It is in your notes")
    assert match.why_them == ""
    edit_contact(kenji, notes="", now=now)
    tag_contacts(lina, [kenji], "Nursing", now=now)
    (match,) = helped(lina, link, now)
    assert match.reason.sentence == "A tag of yours is about it: nursing"


def test_nobody_is_suggested_whom_one_may_not_write_to(lina, link, talked, now):
    actions.record_sent(talked, mode=Mode.CHECK_IN, channel="email", at=now - 3 * DAY, now=now)
    assert helped(lina, link, now) == ()  # written to only just now
    assert len(helped(lina, link, now + 20 * DAY)) == 1
    actions.forbid(talked, now=now)
    assert helped(lina, link, now + 20 * DAY) == ()


def test_a_letter_with_it_says_why_logs_a_give_and_marks_it_shared(lina, link, talked, now):
    (match,) = helped(lina, link, now)
    letter = actions.new_draft(
        talked,
        mode=Mode.CHECK_IN,
        occasion=Occasion.SHARE,
        given={"resource": f"{link.title}: {URL}", "why_them": match.why_them},
        now=now,
    )
    assert URL in letter.body
    assert "triage" in letter.body
    assert URL in actions.next_variant(letter, now=now).body
    touch = actions.record_sent(talked, mode=Mode.CHECK_IN, channel="email", at=now, draft=letter, now=now)
    assert LinkShare.objects.get().touch == touch
    assert Favor.objects.get(kind="give").text == link.title
    assert helped(lina, link, now + 60 * DAY) == ()
    undo(last_change(lina), now=now)
    assert not LinkShare.objects.exists()


def test_the_letter_names_it_and_says_why_in_its_own_language_whatever_the_pages_speak(lina, talked, now):
    link = actions.save_link(
        lina, title="Floor notes: forty visits", url=URL, topics="triage, wards", now=now
    )
    with override("de"):
        (match,) = helped(lina, link, now)
        letter = actions.write_with_link(link, talked, why_them=match.why_them, now=now)
    assert f"“Floor notes: forty visits”, {URL}\n\n" in letter.body
    assert "what you told me about triage" in letter.body


def test_any_letter_that_carries_it_shares_it_and_a_longer_address_is_another(lina, link, jane, now):
    for body, days in ((f"See {URL}/part-two, perhaps.", 40), (f"I read {URL}. Perhaps you too.", 0)):
        assert not LinkShare.objects.exists()
        actions.record_sent(
            jane,
            mode="check_in",
            channel="email",
            at=now - days * DAY,
            now=now,
            body=body,
            overrides={"M00": "We are friends"},
        )
    assert LinkShare.objects.get().contact == jane


def test_a_book_is_shared_by_the_letter_written_for_it(lina, jane, now):
    book = actions.save_link(lina, title="The Checklist Manifesto", now=now)
    letter = actions.new_draft(
        jane, mode=Mode.CHECK_IN, occasion=Occasion.SHARE, given={"resource": book.title}, now=now
    )
    actions.record_sent(jane, mode=Mode.CHECK_IN, channel="email", at=now, draft=letter, now=now)
    assert LinkShare.objects.get().link == book


def test_what_was_handed_over_is_noted_once(lina, link, jane, now):
    actions.share_link(link, jane, now=now)
    with pytest.raises(BadValue):
        actions.share_link(link, jane, now=now + DAY)
    assert Favor.objects.filter(kind="give").count() == 1


def test_two_who_become_one_got_it_once(lina, link, jane, kenji, now):
    actions.share_link(link, jane, now=now)
    actions.share_link(link, kenji, now=now)
    merge_contacts(jane, kenji, now=now)
    assert LinkShare.objects.get().contact == jane


# --- five minutes


def test_the_week_begins_with_what_was_promised_and_names_everybody_once(lina, link, talked, kenji, now):
    actions.make_promise(kenji, text="Send the notes on triage", mine=True, now=now)
    week = giving_week(lina, now=now)
    assert [(line.kind, line.contact_name) for line in week.favors] == [
        ("promise", "Kenji Sato"),
        ("link", "Jane Doe"),
    ]
    assert week.favors[0].step.startswith("keep_promise:")
    assert week.favors[1].minutes <= 5


def test_a_week_of_five_gives_suggests_no_more(lina, link, talked, now):
    for number in range(5):
        actions.record_favor(talked, kind="give", text=f"Gift {number}", now=now)
    week = giving_week(lina, now=now)
    assert week.favors == ()
    assert week.enough.rule == "R06"


def test_people_of_the_same_work_elsewhere_may_like_to_know_each_other(lina, talked, now):
    mei = add_contact(
        lina, NewContact(name="Mei Lin", organization="Globex", title="Senior product owner"), now=now
    )
    actions.record_talk(mei, ended_at=now - 50 * DAY, now=now)
    actions.record_thanks(mei, now=now)
    kinds = {line.kind: line for line in giving_week(lina, now=now).favors}
    assert "product" in kinds["introduction"].reason.sentence
    assert "Ask both first" in kinds["introduction"].reason.sentence


def test_what_one_thought_of_offering_comes_up_until_something_was_given(lina, jane, now):
    asked = actions.open_outreach(jane, purpose="explore", now=now - 90 * DAY)
    asked = actions.save_homework(asked, offer="my map of the labs", now=now - 90 * DAY)
    actions.record_talk(jane, ended_at=now - 80 * DAY, outreach=asked, now=now)
    assert favor_for(jane, now=now).reason.sentence.endswith("“my map of the labs”.")
    actions.record_favor(jane, kind="give", text="The map", now=now)
    assert favor_for(jane, now=now) is None


def test_one_favour_stands_on_a_persons_page(lina, link, talked, now):
    assert favor_for(talked, now=now).kind == "link"
    actions.forbid(talked, now=now)
    assert favor_for(talked, now=now) is None


def test_looking_for_favours_asks_the_same_few_questions_of_many_people(
    lina, link, talked, now, django_assert_max_num_queries
):
    for number in range(30):
        one = add_contact(
            lina,
            NewContact(name=f"Ana Number{number}", title="Buyer" if number % 3 else "Triage nurse"),
            now=now,
        )
        actions.record_talk(one, ended_at=now - 90 * DAY, now=now)
    with django_assert_max_num_queries(60):
        assert len(giving_week(lina, now=now).favors) > 0


# --- another seeker, what they offered, the same back


def test_another_seekers_question_is_answered_within_its_days(lina, jane, now):
    asked = actions.record_help_asked(jane, text="How did you get into the field?", now=now)
    assert asked.mine
    assert asked.due > now + 6 * DAY  # five business days, over Thanksgiving
    assert Step.objects.get(code="keep_promise", contact=jane).due == asked.due


def test_what_they_offered_is_mentioned_once_by_a_letter(lina, talked, now):
    actions.make_promise(talked, text="an introduction to Ana Ruiz", mine=False, now=now - 40 * DAY)
    (step,) = Step.objects.filter(code="recall_promise")
    letter = actions.new_draft(talked, mode=Mode.CHECK_IN, occasion=Occasion.RECALL, now=now)
    assert "an introduction to Ana Ruiz" in letter.body
    actions.record_sent(talked, mode=Mode.CHECK_IN, channel="email", at=now, draft=letter, now=now)
    assert not Step.objects.filter(key=step.key).exists()


def test_mentioning_it_may_be_noted_without_a_letter(lina, talked, now):
    actions.make_promise(talked, text="an introduction", mine=False, now=now - 40 * DAY)
    actions.mark_done(lina, key=Step.objects.get(code="recall_promise").key, now=now)
    assert not Step.objects.filter(code="recall_promise").exists()


def test_a_letter_offers_the_same_back_once(lina, jane, now):
    actions.change_seeker(lina, offer="proofreading in Spanish.", now=now)
    first = actions.new_draft(jane, mode=Mode.CHECK_IN, now=now - 90 * DAY)
    assert "proofreading in Spanish" in first.body
    actions.record_sent(jane, mode=Mode.CHECK_IN, channel="email", at=now - 90 * DAY, draft=first, now=now)
    assert "proofreading" not in actions.new_draft(jane, mode=Mode.CHECK_IN, now=now).body
    actions.change_seeker(lina, offer="word " * 40, now=now)
    assert "word word" not in actions.new_draft(jane, mode=Mode.CHECK_IN, now=now).body


def test_whoever_is_to_be_left_in_peace_is_given_nothing(lina, link, jane, now):
    actions.forbid(jane, now=now)
    with pytest.raises(Refused):
        actions.share_link(link, jane, now=now)
