"""The employer list: added by name, rated, kept for later, and read with whom one knows there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Employer, Step
from askwell.people.actions import NewContact, add_contact, add_position, merge_contacts
from askwell.people.models import Contact, Organization
from askwell.rules.facts import Channel, Mode, Purpose

pytestmark = pytest.mark.django_db


def someone(owner, name, at, *, now, **more):
    return add_contact(
        owner, NewContact(name=name, emails=[f"{name.split()[0].lower()}@post.example"], organization=at, **more), now=now
    )  # fmt: skip


def names(lines):
    return [line.name for line in lines]


def board(owner, now):
    return queries.employers(owner, now=now)


def write_to(contact, *, at):
    outreach = actions.open_outreach(
        contact, purpose=Purpose.CONNECT, now=at, overrides=dict.fromkeys(("P01", "T02", "T03", "K06"), "ok")
    )
    return actions.record_sent(
        contact,
        mode=Mode.INFORMATIONAL,
        channel=Channel.EMAIL,
        at=at,
        now=at,
        outreach=outreach,
        overrides=dict.fromkeys(("M00", "T01", "T02", "T03", "P01", "K06"), "ok"),
    )


def test_many_lines_at_once_find_the_places_known_and_make_the_others(jane, lina, now):
    added = actions.add_employers(
        lina, ["ACME health", " Calder  County Hospital ", "", "Acme Health"], now=now
    )
    assert [row.organization.name for row in added] == ["Acme Health", "Calder County Hospital"]
    assert actions.add_employers(lina, ["acme health"], now=now) == []
    assert Organization.objects.for_owner(lina).filter(key="acme health").count() == 1


@pytest.mark.parametrize(
    ("lines", "problem"),
    [([], "empty"), (["  ", "–"], "empty"), (["x" * 301], "too-long"), (["Place"] * 201, "too-many")],
)
def test_lines_that_name_nothing_or_too_much_are_told(lina, now, lines, problem):
    with pytest.raises(BadValue) as told:
        actions.add_employers(lina, lines, now=now)
    assert (told.value.field, told.value.problem) == ("names", problem)
    assert not Employer.objects.exists()


def test_the_list_is_sorted_by_interest_then_opening_then_people(jane, lina, now):
    acme, calder, dale = actions.add_employers(lina, ["Acme Health", "Calder", "Dale"], now=now)
    assert names(board(lina, now).lines) == ["Acme Health", "Calder", "Dale"]  # Jane is at the first
    actions.change_employer(dale, posting=2, now=now)
    actions.change_employer(calder, motivation=4, now=now)
    assert names(board(lina, now).lines) == ["Calder", "Dale", "Acme Health"]
    with pytest.raises(BadValue):
        actions.change_employer(acme, motivation=6, now=now)
    with pytest.raises(BadValue):
        actions.change_employer(acme, posting=3, now=now)
    with pytest.raises(BadValue):
        actions.change_employer(acme, dropped_at=None, now=now)


def test_who_left_counts_less_and_a_shared_school_is_told(jane, lina, now):
    add_position(jane, organization="Riverton University", title="MSc", school=True, now=now)
    add_position(local_me(lina, now), organization="Riverton University", title="MSc", school=True, now=now)
    ben = someone(lina, "Ben Old", "Elsewhere", now=now)
    add_position(ben, organization="Acme Health", title="Nurse", current=False, now=now)
    actions.add_employers(lina, ["Acme Health"], now=now)
    (line,) = board(lina, now).lines
    assert [(one.name, one.now, one.school) for one in line.people] == [
        ("Jane Doe", True, "Riverton University"),
        ("Ben Old", False, ""),
    ]
    assert (line.here, line.before) == (1, 1)
    assert line.best == jane.pk


def local_me(owner, now):
    found = Contact.objects.filter(owner=owner, is_self=True).first()
    if found is None:
        actions.set_own_name(owner, name="Lina Berg", now=now)
        found = Contact.objects.get(owner=owner, is_self=True)
    return found


def test_silence_opens_the_place_for_a_second_person_after_three_business_days(jane, lina, now):
    ana = someone(lina, "Ana Ruiz", "Acme Health", now=now)
    actions.add_employers(lina, ["Acme Health"], now=now)
    write_to(jane, at=now)
    (line,) = board(lina, now + timedelta(days=1)).lines
    assert line.outreach.rule == "F06"
    assert "fine from" in line.outreach.sentence
    (line,) = board(lina, now + timedelta(days=6)).lines
    assert "second person" in line.outreach.sentence
    assert [one.name for one in line.asked] == ["Jane Doe"]
    assert line.best == ana.pk
    actions.record_reply(jane, what="yes", at=now + timedelta(days=6), now=now + timedelta(days=6))
    (line,) = board(lina, now + timedelta(days=7)).lines
    assert "helps" in line.outreach.sentence
    assert line.best is None
    assert line.people[0].asked == "helps"


def test_not_hiring_today_is_looked_at_again_on_its_day(lina, now):
    (acme,) = actions.add_employers(lina, ["Acme Health"], now=now)
    with pytest.raises(BadValue):
        actions.keep_for_later(acme, look_again_on=now.date(), now=now)
    day = now.date() + timedelta(days=7)
    actions.keep_for_later(acme, look_again_on=day, now=now)
    shown = board(lina, now)
    assert (names(shown.lines), names(shown.later), shown.count) == ([], ["Acme Health"], 1)
    step = Step.objects.get(code="look_again")
    assert queries.step(lina, key=step.key, now=now).title == "Look at Acme Health again"
    assert recompute(lina, now=now).changed == 0
    actions.mark_done(lina, key=step.key, now=now + timedelta(days=8))
    assert names(board(lina, now).lines) == ["Acme Health"]
    assert not Step.objects.filter(code="look_again").exists()
    actions.undo_last(lina, now=now + timedelta(days=8))
    assert Step.objects.filter(code="look_again").exists()


def test_a_place_dropped_is_kept_apart_and_comes_back_as_it_was(lina, now):
    (acme,) = actions.add_employers(lina, ["Acme Health"], now=now, motivation=5)
    actions.drop_employer(acme, now=now)
    assert names(board(lina, now).dropped) == ["Acme Health"]
    assert board(lina, now).count == 0
    (again,) = actions.add_employers(lina, ["Acme Health"], now=now, motivation=1)
    assert (again.pk, again.motivation) == (acme.pk, 5)
    actions.undo_last(lina, now=now)
    assert names(board(lina, now).dropped) == ["Acme Health"]
    actions.bring_back_employer(acme, now=now)
    assert names(board(lina, now).lines) == ["Acme Health"]


def test_undo_takes_every_change_back(lina, now):
    (acme,) = actions.add_employers(lina, ["Acme Health"], now=now)
    actions.change_employer(acme, motivation=3, posting=1, notes="Good canteen.", now=now)
    actions.undo_last(lina, now=now)
    acme.refresh_from_db()
    assert (acme.motivation, acme.posting, acme.notes) == (None, 0, "")
    actions.undo_last(lina, now=now)
    assert not Employer.objects.exists()
    assert not Organization.objects.filter(key="acme health").exists()


def test_forty_places_cost_no_more_queries_than_two(jane, lina, now, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    actions.add_employers(lina, ["Acme Health", "Dale"], now=now)
    write_to(jane, at=now)
    with CaptureQueriesContext(connection) as few:
        board(lina, now)
    actions.add_employers(lina, [f"Place {number}" for number in range(38)], now=now)
    for number in range(20):
        someone(lina, f"Person{number} There", f"Place {number}", now=now)
    with django_assert_num_queries(len(few)):
        assert board(lina, now).count == 40
    assert len(few) < 16


def test_people_joined_into_one_count_once(jane, lina, now):
    twin = someone(lina, "Jane Doe", "Acme Health", now=now)
    actions.add_employers(lina, ["Acme Health"], now=now)
    merge_contacts(jane, twin, now=now)
    (line,) = board(lina, now).lines
    assert line.here == 1


def test_of_a_very_long_list_the_dearest_are_read_and_the_rest_is_counted(lina, now):
    actions.add_employers(lina, ["Calder", "Acme", "Globex"], now=now)
    for name, motivation in (("Globex", 5), ("Acme", 2)):
        row = Employer.objects.get(organization__name=name)
        actions.change_employer(row, motivation=motivation, now=now)
    found = queries.employers(lina, now=now, most=2)
    assert (names(found.lines), found.count, found.more) == (["Globex", "Acme"], 3, 1)
    whole = queries.employers(lina, now=now, most=None)
    assert (names(whole.lines), whole.count, whole.more) == (["Globex", "Acme", "Calder"], 3, 0)
