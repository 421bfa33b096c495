"""Whatever is done, in whatever order: making everything derived anew changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.outreach.test_undoing import OVERRIDE, Hand

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import OutreachError
from askwell.outreach.models import (
    Employer,
    IntroductionOffer,
    JobChange,
    Outreach,
    Resume,
    ResumeRequest,
    SavedLink,
    Standing,
    Step,
    Telling,
    Trial,
)
from askwell.people.actions import (
    NewContact,
    add_contact,
    add_position,
    edit_organization,
    edit_position,
    end_position,
    mark_contacts,
    merge_contacts,
    remove_contacts,
    remove_position,
    set_organization,
)
from askwell.people.errors import PeopleError
from askwell.people.journal import CannotUndo, journal, refreshed_once
from askwell.people.models import Contact, Organization, Position

pytestmark = pytest.mark.django_db

PLACES = ("Acme Health", "Hikari", "Beta")


class Busy(Hand):
    """Someone who does everything there is to do, mostly with people of three places."""

    def turn(self, name, seed):
        """Do one thing; what etiquette or the notebook will not have is left undone."""
        self.chance.seed(seed)
        try:
            with transaction.atomic():
                getattr(self, name)()
        except (OutreachError, PeopleError, CannotUndo):
            return
        except AttributeError as error:  # there is nothing of the kind yet
            if "NoneType" not in str(error):
                raise

    def place(self):
        return self.chance.choice(PLACES)

    def waiting(self):
        return self.pick(Outreach, state="awaiting_reply")

    def do_ask_somebody(self):
        contact = self.someone()
        outreach = actions.open_outreach(contact, purpose="explore", now=self.now, overrides=OVERRIDE)
        actions.record_sent(
            contact, mode="informational", channel="email", outreach=outreach, at=self.moment(), now=self.now,
            overrides=OVERRIDE,
        )  # fmt: skip

    do_ask_another = do_ask_one_more = do_ask_somebody

    def do_answer_of_theirs(self):
        outreach = self.waiting()
        what = self.chance.choice(["yes", "no", "replied"])
        actions.record_reply(outreach.contact, what=what, outreach=outreach, at=self.now, now=self.now)

    def do_meet_new(self):
        number = self.chance.randrange(99)
        new = NewContact(name=f"New {number}", emails=[f"n{number}@new.example"], organization=self.place())
        add_contact(self.owner, new, now=self.now)

    def do_change_job(self):
        set_organization(
            self.someone(), self.chance.choice([*PLACES, ""]), title="Product manager", now=self.now
        )

    def do_second_job(self):
        add_position(
            self.someone(), organization=self.place(), school=self.chance.random() < 0.2, now=self.now
        )

    def do_edit_job(self):
        edit_position(self.pick(Position), organization=self.place(), now=self.now)

    def do_leave_job(self):
        end_position(self.pick(Position), now=self.now)

    def do_remove_job(self):
        remove_position(self.pick(Position), now=self.now)

    def do_rename_place(self):
        edit_organization(self.pick(Organization), name=f"Place {self.chance.randrange(5)}", now=self.now)

    def do_merge(self):
        merge_contacts(self.someone(), self.someone(), now=self.now)

    def do_remove_somebody(self):
        remove_contacts(self.owner, [self.someone()], now=self.now)

    def do_take_back(self):
        actions.undo_last(self.owner, now=self.now)

    do_take_back_again = do_take_back

    def do_mark(self):
        mark_contacts(self.owner, [self.someone()], now=self.now, hires=self.chance.random() < 0.5)

    def do_list_employers(self):
        actions.add_employers(self.owner, [self.place()], now=self.now)

    def do_employer(self):
        employer = self.pick(Employer)
        day = (self.now + timedelta(days=9)).date()
        self.chance.choice(
            [
                lambda: actions.change_employer(employer, motivation=5, now=self.now),
                lambda: actions.keep_for_later(employer, look_again_on=day, now=self.now),
                lambda: actions.drop_employer(employer, now=self.now),
            ]
        )()

    def do_keep_resume(self):
        actions.add_resume(self.owner, name=f"Resume {self.chance.randrange(9)}", now=self.now)

    def do_resume_asked(self):
        actions.resume_asked(self.someone(), now=self.now, asked_at=self.moment())

    def do_resume(self):
        request = self.pick(ResumeRequest)
        if self.chance.random() < 0.5:
            actions.drop_request(request, now=self.now)
        actions.send_resume(request.contact, resume=self.pick(Resume), now=self.now, overrides=OVERRIDE)

    def do_offer(self):
        actions.begin_offer(self.someone(), self.someone(), now=self.now)

    def do_offer_on(self):
        offer, side = self.pick(IntroductionOffer), self.chance.choice(["left", "right"])
        self.chance.choice(
            [
                lambda: actions.record_offer_asked(offer, side, now=self.now, overrides=OVERRIDE),
                lambda: actions.record_offer_answer(
                    offer, side, yes=self.chance.random() < 0.8, now=self.now
                ),
                lambda: actions.record_introduced(offer, now=self.now, overrides=OVERRIDE),
                lambda: actions.drop_offer(offer, now=self.now),
            ]
        )()

    def do_choose_to_tell(self):
        actions.choose_to_tell(self.owner, [self.someone()], now=self.now, overrides=OVERRIDE)

    def do_told(self):
        act = self.chance.choice([actions.mark_told, actions.leave_untold, actions.letter_to_tell])
        act(self.pick(Telling), now=self.now)

    def do_trial(self):
        day = self.chance.choice([None, (self.now + timedelta(days=3)).date()])
        actions.note_trial(self.someone(), kind=self.chance.choice(Trial.Kind.values), on=day, text="A day", now=self.now)  # fmt: skip

    def do_trial_on(self):
        trial, day = self.pick(Trial), (self.now + timedelta(days=5)).date()
        if self.chance.random() < 0.5:
            actions.move_trial(trial, on=day, now=self.now)
        self.chance.choice([actions.end_trial, actions.drop_trial])(trial, now=self.now)

    def do_shelve(self):
        actions.save_link(self.owner, title=f"A book {self.chance.randrange(9)}", now=self.now)

    def do_share(self):
        actions.share_link(self.pick(SavedLink), self.someone(), now=self.now)

    def do_help_asked(self):
        actions.record_help_asked(self.someone(), text="A word on the field", now=self.now)

    def do_notice_new_job(self):
        contact = self.someone()
        with journal(self.owner, "people.import", now=self.now) as log:
            log.create(JobChange(owner=self.owner, contact=contact, noticed_at=self.moment()))

    def do_new_job(self):
        change = self.pick(JobChange)
        self.chance.choice([actions.congratulated, actions.let_job_change_go])(change, now=self.now)


DEEDS = sorted(name for name in dir(Busy) if name.startswith("do_"))
# What settles on people of one place comes up more often than it would by chance.
OFTEN = [
    "do_ask_somebody", "do_answer_of_theirs", "do_change_job", "do_leave_job", "do_remove_job", "do_edit_job",
    "do_take_back", "do_remove_somebody", "do_merge", "do_meet_new", "do_second_job",
]  # fmt: skip
TURNS = st.lists(
    st.tuples(st.one_of(st.sampled_from(OFTEN), st.sampled_from(DEEDS)), st.integers(0, 9999)),
    min_size=10,
    max_size=24,
)


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@pytest.mark.slow
@given(turns=TURNS)
def test_after_anything_at_all_nothing_is_left_to_make_anew(lina, jane, kenji, now, turns):
    with transaction.atomic():
        for name in ("Ana Ruiz", "Omar Reyes", "Tess Hall"):
            add_contact(
                lina, NewContact(name=name, organization="Acme Health", title="Product manager"), now=now
            )
        hand = Busy(lina, now, 1)
        for name, seed in turns:
            hand.turn(name, seed)
        assert derived(lina) == derived_anew(lina, now), turns
        transaction.set_rollback(True)


def derived(owner):
    steps = Step.objects.for_owner(owner).order_by("key").values_list("key", "due", "why", "blocked_by")
    standings = Standing.objects.for_owner(owner).order_by("contact_id")
    return list(steps), list(standings.values_list("contact_id", "score", "strength", "facts"))


def derived_anew(owner, now):
    recompute(owner, now=now)
    return derived(owner)


@pytest.fixture
def colleague(lina, now):
    new = NewContact(name="Ana Ruiz", organization="Acme Health", title="Product manager")
    return add_contact(lina, new, now=now)


def asked(contact, now, days=9):
    outreach = actions.open_outreach(contact, purpose="explore", now=now, overrides=OVERRIDE)
    actions.record_sent(
        contact, mode="informational", channel="email", outreach=outreach, at=now - timedelta(days=days),
        now=now, overrides=OVERRIDE,
    )  # fmt: skip
    return outreach


class TestColleagues:
    """Jane and Ana are both at Acme Health."""

    def suggested(self, lina, now):
        return {one.contact_name for one in queries.next_people(lina, now=now, count=9)}

    def test_when_one_of_them_helps_the_other_is_not_proposed_and_no_row_is_stale(
        self, lina, jane, colleague, now
    ):
        assert "Ana Ruiz" in self.suggested(lina, now)
        outreach = asked(jane, now)
        actions.record_reply(jane, what="yes", outreach=outreach, at=now, now=now)
        assert "Ana Ruiz" not in self.suggested(lina, now)
        assert recompute(lina, now=now).changed == 0

    def test_who_is_silent_is_told_of_anew_when_the_one_who_helped_there_has_left(
        self, lina, jane, colleague, now
    ):
        asked(colleague, now)
        outreach = asked(jane, now)
        alone = Step.objects.filter(contact=colleague).count()
        actions.record_reply(jane, what="yes", outreach=outreach, at=now, now=now)
        end_position(jane.positions.get(), now=now)
        assert Step.objects.filter(contact=colleague).count() == alone
        assert recompute(lina, now=now).changed == 0

    def test_nor_is_anything_stale_when_that_one_is_removed_and_comes_back(self, lina, jane, colleague, now):
        asked(colleague, now)
        actions.record_reply(jane, what="yes", outreach=asked(jane, now), at=now, now=now)
        remove_contacts(lina, [jane], now=now)
        assert recompute(lina, now=now).changed == 0
        actions.undo_last(lina, now=now)
        assert Contact.objects.filter(pk=jane.pk).exists()
        assert recompute(lina, now=now).changed == 0

    def test_an_answer_writes_no_row_of_the_hundreds_who_work_there_too(self, lina, jane, colleague, now):
        outreach = asked(jane, now)
        with CaptureQueriesContext(connection) as few:
            actions.record_reply(jane, what="replied", outreach=outreach, at=now, now=now)
        actions.undo_last(lina, now=now)
        place = jane.positions.get().organization
        more = Contact.objects.bulk_create(
            Contact(owner=lina, name=f"Number {number}", sort_key=f"number {number}", created_at=now)
            for number in range(200)
        )
        Position.objects.bulk_create(Position(owner=lina, contact=one, organization=place) for one in more)
        recompute(lina, now=now)
        outreach.refresh_from_db()
        with CaptureQueriesContext(connection) as many:
            actions.record_reply(jane, what="replied", outreach=outreach, at=now, now=now)
        assert len(many) <= len(few) + 1
        assert recompute(lina, now=now).changed == 0


def test_a_place_called_otherwise_is_so_for_everybody_there_also_once_taken_back(lina, jane, now):
    edit_organization(jane.positions.get().organization, name="Acme Care", now=now)
    assert Standing.objects.get(contact=jane).facts["at"] == "Acme Care"
    actions.undo_last(lina, now=now)
    assert Standing.objects.get(contact=jane).facts["at"] == "Acme Health"
    assert recompute(lina, now=now).changed == 0


class TestManyActionsAtOnce:
    """What many changes in a row leave to be made anew is made once, when the last is done."""

    def test_nothing_is_stale_at_the_end(self, lina, jane, colleague, now):
        with refreshed_once(lina, now=now):
            outreach = asked(jane, now)
            actions.record_reply(jane, what="yes", outreach=outreach, at=now, now=now)
            end_position(jane.positions.get(), now=now)
            assert not Step.objects.filter(contact=jane, code="arrange_talk").exists()
        assert Step.objects.filter(contact=jane, code="arrange_talk").exists()
        assert recompute(lina, now=now).changed == 0

    def test_after_an_error_everything_is_as_it_was_and_later_changes_are_followed_again(
        self, lina, jane, now
    ):
        before = derived(lina)

        def stopped():
            with refreshed_once(lina, now=now):
                asked(jane, now)
                raise KeyError

        with pytest.raises(KeyError):
            stopped()
        assert derived(lina) == before
        asked(jane, now)
        assert derived(lina) != before
