"""Telling people that one looks for work: whom, in whose words, how many a week, and not the employer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.outreach.conftest import utc

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.letter_files import as_eml
from askwell.outreach.models import Draft, Telling
from askwell.outreach.open_formats import calendar_file
from askwell.people.actions import NewContact, add_contact, add_position
from askwell.people.models import Contact, Organization, Position
from askwell.rules.facts import Channel, Mode, Occasion

MONDAY = utc(2026, 11, 2, 16, 0)


def known(owner, name, **more):
    organization, title = more.pop("organization", ""), more.pop("title", "")
    contact = add_contact(
        owner,
        NewContact(
            name=name,
            emails=[f"{name.split()[0].lower()}@post.example"],
            organization=organization,
            title=title,
            how_met="the choir",
            details={"zone": "America/Chicago", "country": "US"},
        ),
        now=MONDAY,
    )
    for field, value in more.items():
        setattr(contact, field, value)
    contact.save()
    return contact


def chosen(owner, *contacts, **more):
    return actions.choose_to_tell(owner, contacts, now=MONDAY, **more)


def send(draft, *, at=MONDAY, **overrides):
    return actions.record_sent(
        draft.contact,
        mode=draft.mode,
        channel=Channel.EMAIL,
        at=at,
        now=at,
        draft=draft,
        outreach=draft.outreach,
        overrides=overrides,
    )


def texts(refused):
    return [one.reason.text for one in refused.value.decision.refusals]


@pytest.fixture
def aunt(lina):
    return known(lina, "Rosa Berg", closeness=5)


@pytest.fixture
def mayor(lina):
    return known(lina, "Ibrahim Diallo", connector=True)


class TestTheList:
    def test_the_close_and_those_who_bring_people_together_are_suggested_with_reasons(
        self, lina, aunt, mayor
    ):
        known(lina, "Nobody Near")
        board = queries.telling(lina, now=MONDAY)
        assert {line.name for line in board.suggested[:2]} == {"Rosa Berg", "Ibrahim Diallo"}
        assert all(line.reasons for line in board.suggested)

    def test_near_to_the_goal_is_who_does_such_work_not_who_shares_a_word_with_it(self, lina):
        actions.set_goal(
            lina,
            text="Supply-chain analyst in a hospital system, Chicago",
            role="Supply-chain analyst",
            field="a hospital system",
            now=MONDAY,
        )
        for name, title, organization in (
            ("Ana Ruiz", "Supply chain lead", "Mercy Lakes Hospital"),
            ("Tom Brandt", "Data analyst", "Calder County Hospital"),
            ("Paula Weber", "Software engineer", "Northgate Logistics"),
            ("Kofi Mensah", "Data analyst", "Corvid Systems"),
            ("Mei Zhang", "Account manager", "Great Hospital Supplies"),
        ):
            known(lina, name, closeness=4, title=title, organization=organization)
        said = {
            line.name: "They work near to what you look for." in [one.sentence for one in line.reasons]
            for line in queries.telling(lina, now=MONDAY).suggested
        }
        assert {name for name, near in said.items() if near} == {"Ana Ruiz", "Tom Brandt"}
        assert len(said) == 5

    def test_whoever_asked_to_be_left_in_peace_is_neither_suggested_nor_taken(self, lina, aunt):
        actions.forbid(aunt, now=MONDAY)
        assert "Rosa Berg" not in {line.name for line in queries.telling(lina, now=MONDAY).suggested}
        with pytest.raises(Refused) as refused:
            chosen(lina, aunt)
        assert texts(refused) == ["refuse.do_not_contact"]
        assert not Telling.objects.exists()

    def test_choosing_twice_keeps_one_line_and_undo_takes_it_away(self, lina, aunt, mayor):
        chosen(lina, aunt)
        assert [one.contact for one in chosen(lina, aunt, mayor)] == [mayor]
        actions.undo_last(lina, now=MONDAY)
        assert [one.contact for one in Telling.objects.all()] == [aunt]

    def test_progress_and_the_weeks_it_takes_follow_the_weeks_minutes(self, lina, aunt, mayor):
        actions.change_seeker(lina, weekly_minutes=8, now=MONDAY)
        first, _second = chosen(lina, aunt, mayor)
        board = queries.telling(lina, now=MONDAY)
        assert (board.told, board.chosen, board.room, board.weeks) == (0, 2, 1, 1)
        actions.mark_told(first, now=MONDAY)
        board = queries.telling(lina, now=MONDAY)
        assert (board.told, board.chosen, board.waiting_count, board.weeks) == (1, 2, 1, 0)
        assert [line.name for line in board.knows] == ["Rosa Berg"]

    def test_someone_told_over_dinner_needs_no_letter_and_is_told_once(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        actions.mark_told(line, now=MONDAY)
        assert queries.knows_since(aunt) == MONDAY
        for again in (actions.mark_told, actions.leave_untold, actions.letter_to_tell):
            with pytest.raises(BadValue):
                again(line, now=MONDAY)

    def test_nobody_is_told_tomorrow(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        with pytest.raises(BadValue):
            actions.mark_told(line, at=MONDAY + timedelta(days=1), now=MONDAY)

    def test_who_is_taken_off_the_list_is_offered_again(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        actions.leave_untold(line, now=MONDAY)
        assert "Rosa Berg" in {one.name for one in queries.telling(lina, now=MONDAY).suggested}


class TestTheLetter:
    def test_to_somebody_out_of_sight_it_asks_for_nothing_but_a_name(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        draft = actions.letter_to_tell(line, now=MONDAY)
        assert (draft.mode, draft.occasion, draft.outreach) == (Mode.RECONNECT, Occasion.TELL, None)
        assert "product manager" in draft.body
        assert actions.letter_to_tell(line, now=MONDAY) == draft

    def test_to_a_friend_one_writes_with_it_asks_for_a_talk_and_opens_an_outreach(self, lina, aunt):
        actions.record_sent(
            aunt, mode=Mode.CHECK_IN, channel=Channel.EMAIL, at=MONDAY - timedelta(days=30), now=MONDAY,
            overrides=dict.fromkeys(("K02", "T03"), "family"),
        )  # fmt: skip
        (line,) = chosen(lina, aunt)
        draft = actions.letter_to_tell(line, now=MONDAY)
        assert draft.mode == Mode.LEAD
        assert draft.outreach is not None
        assert "20 minutes" in draft.body

    def test_it_draws_on_what_the_two_share(self, lina, mayor):
        school = Organization.objects.create(
            owner=lina, name="Riverton University", key="riverton university"
        )
        me = add_contact(lina, NewContact(name="Lina Berg"), now=MONDAY)
        Contact.objects.filter(pk=me.pk).update(is_self=True)
        for contact in (me, mayor):
            Position.objects.create(owner=lina, contact=contact, organization=school, school=True)
        (line,) = chosen(lina, mayor)
        assert "our time at Riverton University" in actions.letter_to_tell(line, now=MONDAY).body

    def test_once_sent_they_know_and_the_week_has_one_place_less(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        before = queries.telling(lina, now=MONDAY).room
        send(actions.letter_to_tell(line, now=MONDAY), M00="they know me")
        line.refresh_from_db()
        board = queries.telling(lina, now=MONDAY)
        assert line.told_at == MONDAY
        assert (board.told, board.room) == (1, before - 1)
        assert recompute(lina, now=MONDAY).changed == 0
        actions.undo_last(lina, now=MONDAY)
        line.refresh_from_db()
        assert line.told_at is None

    def test_the_same_letter_with_another_name_is_refused_until_it_has_words_of_its_own(
        self, lina, aunt, mayor
    ):
        one, other = chosen(lina, aunt, mayor)
        send(actions.letter_to_tell(one, now=MONDAY), M00="they know me")
        second = actions.letter_to_tell(other, now=MONDAY)
        with pytest.raises(Refused) as refused:
            send(second, M00="they know me")
        assert texts(refused) == ["refuse.same_telling"]
        assert not refused.value.overridable
        assert refused.value.decision.refusals[0].reason.params["name"] == "Rosa Berg"
        mended = second.body.replace(
            "\n\n", "\n\nYour speech about the market hall flood still makes our choir laugh.\n\n", 1
        )
        actions.save_draft(second, subject=second.subject, body=mended, now=MONDAY)
        send(second, M00="they know me")
        other.refresh_from_db()
        assert other.told_at == MONDAY

    def test_another_letter_to_them_tells_nobody(self, lina, aunt):
        (line,) = chosen(lina, aunt)
        send(actions.new_draft(aunt, mode=Mode.RECONNECT, now=MONDAY), M00="they know me")
        line.refresh_from_db()
        assert line.told_at is None


class TestAConfidentialSearch:
    @pytest.fixture
    def employer(self, lina):
        house = Organization.objects.create(
            owner=lina, name="Northwind", key="northwind", domains=["northwind.example"]
        )
        actions.change_seeker(lina, confidential=True, employer=house, now=MONDAY)
        return house

    def inside(self, owner, name, house):
        contact = known(owner, name)
        add_position(contact, organization=house.name, title="", now=MONDAY)
        return contact

    def test_who_works_there_worked_there_or_shares_people_there_is_shown_and_left_out(self, lina, employer):
        works = self.inside(lina, "Works There", employer)
        also = self.inside(lina, "Also There", employer)
        daughter = Organization.objects.create(owner=lina, name="Southwind", key="southwind", parent=employer)
        self.inside(lina, "Affiliate Person", daughter)
        add_contact(lina, NewContact(name="Mail Person", emails=["m@eu.northwind.example"]), now=MONDAY)
        left = known(lina, "Left Long", closeness=5)
        Position.objects.create(owner=lina, contact=left, organization=employer, current=False)
        mutual = known(lina, "Mutual Friend", closeness=5)
        for person in (works, also):
            actions.record_name(mutual, name=person.name, about=person, now=MONDAY)
        free = known(lina, "Free Friend", closeness=5)
        board = queries.telling(lina, now=MONDAY)
        assert board.confidential
        assert [(line.name, line.why, line.guarded) for line in board.near] == [
            ("Works There", "they work there", True),
            ("Also There", "they work there", True),
            ("Affiliate Person", "they work at a place that belongs to it", True),
            ("Mail Person", "their e-mail is of that house", True),
            ("Left Long", "they worked there", False),
            ("Mutual Friend", "you share several people there", False),
        ]
        assert [line.contact for line in board.suggested] == [free.pk]

    def test_one_who_works_there_is_refused_and_one_who_left_asks_for_a_reason(self, lina, employer):
        works = self.inside(lina, "Works There", employer)
        left = known(lina, "Left Long")
        Position.objects.create(owner=lina, contact=left, organization=employer, current=False)
        with pytest.raises(Refused) as refused:
            chosen(lina, works, overrides={"Q01": "it is fine"})
        assert not refused.value.overridable
        with pytest.raises(Refused) as refused:
            chosen(lina, left)
        assert texts(refused) == ["refuse.near_employer"]
        assert chosen(lina, left, overrides={"Q01": "she left in anger"})

    def test_every_letter_asks_for_discretion(self, lina, aunt, employer):
        (line,) = chosen(lina, aunt)
        draft = actions.letter_to_tell(line, now=MONDAY)
        assert "confidential" in draft.body
        actions.save_draft(
            draft, subject=draft.subject, body=draft.body.replace("confidential", "going well"), now=MONDAY
        )
        Draft.objects.filter(pk=draft.pk).update(body="Dear Rosa,\n\nI am looking for work.\n\nLina")
        draft.refresh_from_db()
        with pytest.raises(Refused) as refused:
            send(draft)
        assert "refuse.lint_errors" in texts(refused)

    def test_a_letter_begun_before_it_was_confidential_cannot_leave_by_any_door(self, lina, jane):
        house = Organization.objects.get(name="Acme Health")
        (line,) = chosen(lina, jane)
        draft = actions.letter_to_tell(line, now=MONDAY)
        actions.change_seeker(lina, confidential=True, employer=house, now=MONDAY)
        with pytest.raises(Refused):
            as_eml(draft, now=MONDAY)
        with pytest.raises(Refused):
            send(draft, M00="they know me")
        assert queries.telling(lina, now=MONDAY).waiting[0].left_out == "they work there"

    def test_no_letter_is_begun_to_somebody_there(self, lina, employer):
        works = self.inside(lina, "Works There", employer)
        with pytest.raises(Refused) as refused:
            actions.new_draft(works, mode=Mode.CHECK_IN, now=MONDAY)
        assert texts(refused) == ["refuse.guarded_employer"]

    def test_the_calendar_of_all_steps_and_talks_gives_nothing_away(self, lina, aunt, employer):
        actions.open_outreach(aunt, purpose="explore", now=MONDAY, overrides={"P01": "soon"})
        actions.make_promise(aunt, mine=True, text="Send my resume", now=MONDAY)
        told = calendar_file(lina, now=MONDAY).decode().casefold()
        assert "begin:vevent" in told
        for word in ("askwell", "promise", "outreach", "resume", "rosa", "goal", "draft", "talk"):
            assert word not in told
