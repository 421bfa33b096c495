"""Any sequence of actions, taken back one by one, leaves the notebook as it was; recomputing changes nothing."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from askwell.outreach import actions
from askwell.outreach.derive import recompute
from askwell.outreach.errors import OutreachError
from askwell.outreach.models import (
    Advice,
    Draft,
    Encounter,
    Introduction,
    Lead,
    NetworkingEvent,
    Outreach,
    Promise,
    Step,
    Talk,
)
from askwell.people.journal import last_change
from askwell.people.models import Contact

from .snapshots import differences, snapshot

pytestmark = pytest.mark.django_db

OVERRIDE = dict.fromkeys(("F04", "F05", "T03", "P01", "K06", "K02", "M00", "P02", "C01"), "it is fine")


class Hand:
    """Someone who does anything at all, as a seeded chance has it."""

    def __init__(self, owner, now, seed):
        self.owner, self.now, self.chance = owner, now, random.Random(seed)  # noqa: S311
        self.done = []

    def pick(self, model, **only):
        rows = list(model.objects.filter(**only).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def someone(self):
        return self.chance.choice(list(Contact.objects.people().order_by("pk")))

    def moment(self):
        return self.now - timedelta(minutes=self.chance.randrange(1, 60 * 24 * 40))

    def act(self):
        name = self.chance.choice(sorted(name for name in dir(self) if name.startswith("do_")))
        before = last_change(self.owner)
        try:
            getattr(self, name)()
        except (OutreachError, AttributeError) as error:
            if isinstance(error, AttributeError) and "NoneType" not in str(error):
                raise
            assert last_change(self.owner) == before, f"{name} failed and left something behind"
        else:
            self.done.append(name)

    def do_open(self):
        actions.open_outreach(
            self.someone(),
            purpose=self.chance.choice(["explore", "connect"]),
            now=self.now,
            overrides=OVERRIDE,
        )

    def do_send(self):
        outreach = self.pick(Outreach)
        actions.record_sent(
            outreach.contact,
            mode=self.chance.choice(
                ["informational", "follow_up", "check_in", "reconnect", "event_follow_up"]
            ),
            channel=self.chance.choice(["email", "phone", "linkedin"]),
            outreach=outreach,
            at=self.moment(),
            now=self.now,
            overrides=OVERRIDE,
        )

    def do_reply(self):
        what = self.chance.choice(["yes", "no", "later", "away", "bounced", "redirected", "named", "replied"])
        at = self.moment()
        actions.record_reply(
            self.someone(),
            what=what,
            at=at,
            now=self.now,
            until=self.now + timedelta(days=9) if what in {"later", "away"} else None,
            name=f"Person {self.chance.randrange(9)}" if what in {"redirected", "named"} else "",
            email=f"p{self.chance.randrange(9)}@names.example" if what in {"redirected", "named"} else "",
        )

    def do_answer(self):
        actions.record_answer(self.someone(), at=self.now, now=self.now, overrides=OVERRIDE)

    def do_schedule(self):
        starts = self.now + timedelta(days=self.chance.randrange(1, 20))
        actions.schedule_talk(self.pick(Outreach), starts_at=starts, now=self.now, overrides=OVERRIDE)

    def do_move(self):
        talk = self.pick(Talk, state="scheduled")
        actions.move_talk(
            talk, starts_at=talk.starts_at + timedelta(days=1), by_them=True, now=self.now, overrides=OVERRIDE
        )

    def do_cancel(self):
        actions.cancel_talk(self.pick(Talk), by_them=True, now=self.now)

    def do_confirm(self):
        actions.confirm_talk(self.pick(Talk), now=self.now)

    def do_hold(self):
        actions.record_held(self.pick(Talk), ended_at=self.moment(), cool=True, now=self.now)

    def do_talk(self):
        actions.record_talk(self.someone(), ended_at=self.moment(), now=self.now)

    def do_reflect(self):
        actions.reflect(self.pick(Talk), answers={"learnt": "much"}, now=self.now)

    def do_notes(self):
        actions.save_notes(self.pick(Talk), notes=f"Note {self.chance.random()}", now=self.now)

    def do_thank(self):
        actions.record_thanks(self.someone(), now=self.now, overrides=OVERRIDE)

    def do_promise(self):
        actions.make_promise(
            self.someone(), text="Send the list", mine=self.chance.random() < 0.5, now=self.now
        )

    def do_keep(self):
        actions.keep_promise(self.pick(Promise), now=self.now)

    def do_drop(self):
        actions.drop_promise(self.pick(Promise), now=self.now)

    def do_name(self):
        number = self.chance.randrange(9)
        actions.record_name(
            self.someone(), name=f"Person {number}", email=f"p{number}@names.example", now=self.now,
            given_at=self.moment(),
        )  # fmt: skip

    def do_leave(self):
        actions.set_leave(
            self.pick(Introduction), leave=self.chance.choice(["given", "refused"]), now=self.now
        )

    def do_advice(self):
        actions.add_advice(self.someone(), text="Read it", now=self.now)

    def do_act_on_advice(self):
        actions.act_on_advice(self.pick(Advice), now=self.now)

    def do_tell(self):
        actions.tell_advice(self.pick(Advice), now=self.now)

    def do_favor(self):
        actions.record_favor(self.someone(), kind="give", text="An article", now=self.now)

    def do_lead(self):
        actions.add_lead(self.someone(), title="Analyst at Beta", now=self.now, heard_at=self.moment())

    def do_lead_things(self):
        lead = self.pick(Lead)
        self.chance.choice(
            [actions.act_on_lead, actions.thank_for_lead, actions.tell_outcome, actions.close_lead]
        )(lead, now=self.now)

    def do_outcome(self):
        actions.record_outcome(self.pick(Lead), outcome="An interview", now=self.now)

    def do_event(self):
        actions.add_event(
            self.owner,
            name="Fair",
            starts_at=self.now + timedelta(days=self.chance.randrange(-9, 9)),
            now=self.now,
        )

    def do_plan(self):
        actions.plan_event(self.pick(NetworkingEvent), plan={"questions": ["Why?"]}, now=self.now)

    def do_meet(self):
        actions.add_encounter(self.pick(NetworkingEvent), contact=self.someone(), now=self.now)

    def do_write_after(self):
        actions.wrote_after_event(self.pick(Encounter), now=self.now)

    def do_draft(self):
        outreach = self.pick(Outreach)
        actions.new_draft(outreach.contact, mode="informational", outreach=outreach, now=self.now)

    def do_save_draft(self):
        actions.save_draft(
            self.pick(Draft), subject="Hello", body=f"Dear you {self.chance.random()}", now=self.now
        )

    def do_vary(self):
        actions.next_variant(self.pick(Draft), now=self.now)

    def do_discard(self):
        actions.discard_draft(self.pick(Draft), now=self.now)

    def do_withdraw(self):
        actions.withdraw(self.pick(Outreach), now=self.now)

    def do_forbid(self):
        if self.chance.random() < 0.2:
            actions.forbid(self.someone(), now=self.now)

    def do_mend(self):
        actions.mend_address(self.pick(Outreach), email="new@names.example", now=self.now)

    def do_homework(self):
        actions.save_homework(self.pick(Outreach), hook="her talk", homework={"profile": True}, now=self.now)

    def do_cadence(self):
        actions.set_cadence(self.someone(), keep_every_days=self.chance.choice([None, 0, 30]), now=self.now)

    def do_closeness(self):
        actions.set_closeness(self.someone(), closeness=self.chance.choice([None, 1, 5]), now=self.now)

    def do_goal(self):
        actions.set_goal(self.owner, text="Nurse in a children's hospital", now=self.now)

    def do_settings(self):
        actions.change_seeker(
            self.owner,
            preset=self.chance.choice(["askwell", "two_hour"]),
            confidential=self.chance.random() < 0.3,
            employer=self.chance.choice(["Acme Health", None]),
            now=self.now,
        )

    def do_snooze(self):
        actions.snooze(self.owner, key=self.pick(Step).key, until=self.now + timedelta(days=2), now=self.now)

    def do_finish(self):
        actions.mark_done(self.owner, key=self.pick(Step).key, now=self.now)

    def do_settle(self):
        actions.settle(self.owner, now=self.now)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4))])
def test_whatever_was_done_can_be_undone_and_recomputed(lina, jane, kenji, now, seed):
    recompute(lina, now=now)
    start, mark = snapshot(), last_change(lina)
    hand = Hand(lina, now, seed)
    for _turn in range(50):
        hand.act()
    assert len(hand.done) > 15

    made = snapshot()
    done = recompute(lina, now=now)
    assert differences(made, snapshot()) == {}
    assert done.changed == 0

    while last_change(lina) != mark:
        actions.undo_last(lina, now=now)
    assert differences(start, snapshot()) == {}
