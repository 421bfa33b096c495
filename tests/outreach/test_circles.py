"""Friends pool whom they know: each brings in the others' files, and only who is known to both shows."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from askwell.formats.circle_file import mail_token
from askwell.mailroom.models import Secret
from askwell.outreach import actions, queries
from askwell.outreach.archive import export_notebook, import_notebook
from askwell.outreach.circles import keys_to, own_file, secret_in_words
from askwell.outreach.errors import BadValue
from askwell.outreach.models import Circle, CircleEntry, CircleMember, KeptOutOfCircles
from askwell.people import actions as people
from askwell.people.actions import NewContact, add_contact, merge_contacts
from askwell.people.journal import CannotUndo, last_change, undo
from askwell.people.models import Change, Contact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


def knows(owner, name, *, now, email="", closeness=5, talked=True, **more):
    """Somebody the owner has talked with a few times, and is close to."""
    contact = add_contact(owner, NewContact(name=name, emails=[email] if email else [], **more), now=now)
    if talked:
        for days in (90, 60, 30, 3):
            actions.record_talk(contact, ended_at=now - timedelta(days=days), now=now)
        people.edit_contact(contact, now=now, closeness=closeness)
    return contact


@pytest.fixture
def ben(other_owner, now):
    """Ben's notebook: he knows Ana well, and Chidi a little."""
    knows(other_owner, "Ana Ruiz", now=now, email="ana.ruiz@mercy.example")
    chidi = add_contact(
        other_owner,
        NewContact(name="Chidi Obi", urls=["https://www.linkedin.com/in/chidi-obi/"]),
        now=now,
    )
    actions.record_talk(chidi, ended_at=now - timedelta(days=200), now=now)
    return other_owner


@pytest.fixture
def circle(owner, now):
    return actions.make_circle(owner, name="Northfield 2026", own_name="Lina", now=now)


def joined(owner, circle, *, now, own_name="Ben"):
    """The circle as somebody else sees it who was told the secret."""
    return actions.join_circle(
        owner, secret=secret_in_words(circle), name="Classmates", own_name=own_name, now=now
    )


def bens_file(ben, circle, *, now):
    found = Circle.objects.for_owner(ben).first() or joined(ben, circle, now=now)
    return own_file(found, now=now).data


def brought(owner, ben, circle, *, now):
    return actions.bring_in(owner, bens_file(ben, circle, now=now), now=now)


def told(through):
    return [(one.name, one.level) for one in through]


class TestTwoNotebooks:
    def test_only_whom_both_know_shows_with_how_well_and_whom_to_ask(self, owner, ben, circle, now):
        ana = add_contact(owner, NewContact(name="A. Ruiz", emails=["Ana.Ruiz@MERCY.example"]), now=now)
        chidi = add_contact(owner, NewContact(name="Chidi", urls=["linkedin.com/in/Chidi-Obi"]), now=now)
        zoe = add_contact(owner, NewContact(name="Zoe", emails=["zoe@post.example"]), now=now)
        benjamin = add_contact(owner, NewContact(name="Ben", emails=["ben@post.example"]), now=now)
        brought(owner, ben, circle, now=now)
        assert told(queries.through_circles(ana)) == [("Ben", 3)]
        assert told(queries.through_circles(chidi)) == [("Ben", 1)]
        assert queries.through_circles(zoe) == ()
        assert queries.through_circles(ana)[0].ask == benjamin.pk
        (line,) = queries.circles(owner)
        assert [one.name for one in line.overlaps] == ["A. Ruiz", "Chidi"]
        assert [one.name for one in line.members] == ["Ben"]

    def test_what_is_kept_of_the_rest_is_tokens_alone(self, owner, ben, circle, now):
        brought(owner, ben, circle, now=now)
        kept = {*CircleEntry.objects.for_owner(owner).values_list("token", flat=True)}
        assert len(kept) == 16
        assert all(len(token) == 32 and set(token) <= set("0123456789abcdef") for token in kept)
        assert not Contact.objects.for_owner(owner).filter(name__contains="Ruiz").exists()

    def test_whoever_is_added_later_matches_too(self, owner, ben, circle, now):
        brought(owner, ben, circle, now=now)
        assert queries.circles(owner)[0].overlaps == ()
        ana = add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        assert [one.contact for one in queries.circles(owner)[0].overlaps] == [ana.pk]

    def test_a_newer_file_takes_the_place_of_the_one_before(self, owner, ben, circle, now):
        ana = add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        brought(owner, ben, circle, now=now)
        people.remove_contacts(ben, [Contact.objects.for_owner(ben).get(name="Ana Ruiz")], now=now)
        later = now + timedelta(days=2)
        brought(owner, ben, circle, now=later)
        assert queries.through_circles(ana) == ()
        assert CircleMember.objects.for_owner(owner).count() == 1

    def test_who_was_made_one_of_two_is_one(self, owner, ben, circle, now):
        ana = add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        other = add_contact(owner, NewContact(name="Ana Ruiz", emails=["ana@home.example"]), now=now)
        brought(owner, ben, circle, now=now)
        merge_contacts(other, ana, now=now)
        assert [one.contact for one in queries.circles(owner)[0].overlaps] == [other.pk]

    def test_a_member_made_one_with_another_contact_stays_the_one_to_ask(self, owner, ben, circle, now):
        one = add_contact(owner, NewContact(name="Ben", emails=["ben@post.example"]), now=now)
        two = add_contact(owner, NewContact(name="Benjamin", emails=["ben@home.example"]), now=now)
        member = brought(owner, ben, circle, now=now)
        assert member.contact == one
        merge_contacts(two, one, now=now)
        member.refresh_from_db()
        assert member.contact == two

    def test_without_a_circle_nothing_is_said_of_one(self, owner, now):
        assert queries.in_circles(add_contact(owner, NewContact(name="Zoe Hart"), now=now)) is None

    def test_another_owner_sees_nothing_of_it(self, owner, ben, circle, now):
        ana = Contact.objects.for_owner(ben).get(name="Ana Ruiz")
        brought(owner, ben, circle, now=now)
        assert queries.through_circles(ana) == ()
        assert queries.circles(ben)[0].members == ()

    def test_nobody_in_peace_is_to_be_reached_by_a_detour(self, owner, ben, circle, now):
        ana = add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        brought(owner, ben, circle, now=now)
        actions.forbid(ana, now=now)
        ana.refresh_from_db()
        assert queries.through_circles(ana) == ()
        assert queries.circles(owner)[0].overlaps == ()


def in_file(circle, *addresses, now):
    """Which of these addresses are in one's own file."""
    tokens = {token for token, _level in json.loads(own_file(circle, now=now).data)["entries"]}
    return [address for address in addresses if mail_token(keys_to(circle), address) in tokens]


class TestOnesOwnFile:
    def test_strangers_those_in_peace_and_those_kept_out_are_not_in_it(self, owner, circle, now):
        knows(owner, "Ana Ruiz", now=now, email="ana@a.example")
        knows(owner, "Never Met", now=now, email="never@a.example", talked=False)
        actions.forbid(knows(owner, "In Peace", now=now, email="peace@a.example"), now=now)
        out = knows(owner, "Kept Out", now=now, email="out@a.example")
        actions.keep_out(out, now=now)
        addresses = ["ana@a.example", "never@a.example", "peace@a.example", "out@a.example"]
        assert in_file(circle, *addresses, now=now) == ["ana@a.example"]
        assert own_file(circle, now=now).people == 1
        actions.keep_out(out, now=now, out=False)
        assert in_file(circle, *addresses, now=now) == ["ana@a.example", "out@a.example"]

    def test_in_a_confidential_search_nobody_of_the_employer_is_in_it(self, owner, circle, now):
        knows(owner, "Ana Ruiz", now=now, email="ana@a.example")
        knows(owner, "Cole Ague", now=now, email="cole@post.example", organization="Acme Health")
        knows(owner, "Mail There", now=now, email="mail@acme.example")
        addresses = ["ana@a.example", "cole@post.example", "mail@acme.example"]
        assert in_file(circle, *addresses, now=now) == addresses
        actions.change_seeker(owner, confidential=True, employer="Acme Health", now=now)
        place = Contact.objects.get(name="Cole Ague").positions.get().organization
        people.edit_organization(place, domains=["acme.example"], now=now)
        assert in_file(circle, *addresses, now=now) == ["ana@a.example"]

    def test_it_tells_nobody_how_many_are_in_it(self, owner, circle, now):
        empty = json.loads(own_file(circle, now=now).data)
        knows(owner, "Ana Ruiz", now=now, email="ana@a.example")
        assert len(json.loads(own_file(circle, now=now).data)["entries"]) == len(empty["entries"]) == 16


class TestWrongFiles:
    def refused(self, owner, data, now):
        before = CircleEntry.objects.count(), CircleMember.objects.count(), Change.objects.count()
        with pytest.raises(BadValue) as caught:
            actions.bring_in(owner, data, now=now)
        assert (CircleEntry.objects.count(), CircleMember.objects.count(), Change.objects.count()) == before
        return caught.value.problem

    def test_nothing_of_them_is_taken(self, owner, ben, circle, now):
        data = bens_file(ben, circle, now=now)
        assert self.refused(owner, b"Name,E-mail\n", now) == "not-a-circle-file"
        assert self.refused(owner, data[:-40], now) == "damaged"
        assert self.refused(owner, data.replace(b'"Ben"', b'"Bea"'), now) == "damaged"
        assert self.refused(owner, data.replace(b'_circle":1', b'_circle":2'), now) == "other-version"
        assert self.refused(owner, own_file(circle, now=now).data, now) == "own-file"

    def test_a_file_of_a_circle_one_is_not_in(self, owner, ben, circle, now):
        other = actions.make_circle(ben, name="Others", own_name="Ben", now=now)
        assert self.refused(owner, own_file(other, now=now).data, now) == "other-circle"

    def test_an_older_file_than_the_one_here(self, owner, ben, circle, now):
        early = bens_file(ben, circle, now=now - timedelta(days=3))
        brought(owner, ben, circle, now=now)
        assert self.refused(owner, early, now) == "older-file"

    def test_a_circle_whose_secret_is_gone(self, owner, ben, circle, now):
        data = bens_file(ben, circle, now=now)
        Secret.objects.filter(handle=circle.handle).delete()
        assert self.refused(owner, data, now) == "secret-gone"
        with pytest.raises(BadValue, match="secret-gone"):
            own_file(circle, now=now)
        with pytest.raises(BadValue, match="secret-gone"):
            secret_in_words(circle)


class TestJoining:
    @pytest.mark.parametrize(
        ("spoil", "problem"),
        [(lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"), "mistyped"), (lambda text: text[5:], "secret-length")],
    )  # fmt: skip
    def test_a_secret_mistyped_is_said_at_once(self, ben, circle, now, spoil, problem):
        with pytest.raises(BadValue, match=problem):
            actions.join_circle(ben, secret=spoil(secret_in_words(circle)), name="N", own_name="Ben", now=now)
        assert not Circle.objects.for_owner(ben).exists()

    def test_one_is_in_a_circle_once(self, owner, circle, now):
        with pytest.raises(BadValue, match="in-it-already"):
            joined(owner, circle, now=now)

    def test_a_circle_and_oneself_have_a_name(self, owner, now):
        with pytest.raises(BadValue, match="name: empty"):
            actions.make_circle(owner, name=" ", own_name="Lina", now=now)
        with pytest.raises(BadValue, match="own_name: empty"):
            actions.make_circle(owner, name="A", own_name="", now=now)

    def test_the_secret_is_in_no_row_and_no_export(self, owner, circle, now):
        words = secret_in_words(circle)
        out = io.StringIO()
        export_notebook(owner, out, now=now)
        assert words not in out.getvalue()
        assert circle.handle not in out.getvalue()
        assert words not in str(list(Circle.objects.values())) + str(list(Secret.objects.values()))

    def test_after_a_move_it_waits_for_its_secret_and_goes_on(
        self, owner, ben, circle, now, django_user_model
    ):
        add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        brought(owner, ben, circle, now=now)
        out = io.StringIO()
        export_notebook(owner, out, now=now)
        elsewhere = django_user_model.objects.create_user("lina-elsewhere")
        import_notebook(elsewhere, io.StringIO(out.getvalue()), now=now)
        (line,) = queries.circles(elsewhere)
        assert not line.has_secret
        assert line.overlaps == ()
        joined(elsewhere, circle, now=now)
        (line,) = queries.circles(elsewhere)
        assert line.circle.name == "Northfield 2026"
        assert [one.name for one in line.overlaps] == ["Ana"]


class TestUndoAndLeaving:
    def test_a_file_brought_in_is_taken_back_to_the_one_before(self, owner, ben, circle, now):
        ana = add_contact(owner, NewContact(name="Ana", emails=["ana.ruiz@mercy.example"]), now=now)
        brought(owner, ben, circle, now=now)
        before = {*CircleEntry.objects.for_owner(owner).values_list("token", "level")}
        people.remove_contacts(ben, [Contact.objects.for_owner(ben).get(name="Ana Ruiz")], now=now)
        brought(owner, ben, circle, now=now + timedelta(days=2))
        undo(last_change(owner), now=now + timedelta(days=2))
        assert {*CircleEntry.objects.for_owner(owner).values_list("token", "level")} == before
        assert told(queries.through_circles(ana)) == [("Ben", 3)]
        undo(last_change(owner), now=now)
        assert queries.through_circles(ana) == ()
        assert not CircleMember.objects.for_owner(owner).exists()

    def test_leaving_removes_every_row_the_secret_and_what_the_journal_keeps(self, owner, ben, circle, now):
        contact = add_contact(owner, NewContact(name="Ben", emails=["ben@post.example"]), now=now)
        actions.say_who(brought(owner, ben, circle, now=now), None, now=now)
        people.remove_contacts(ben, [Contact.objects.for_owner(ben).get(name="Ana Ruiz")], now=now)
        member = brought(owner, ben, circle, now=now + timedelta(days=2))
        tokens = {*CircleEntry.objects.for_owner(owner).values_list("token", flat=True)}
        actions.say_who(member, contact, now=now + timedelta(days=2))
        actions.leave_circle(circle)
        for model in (Circle, CircleMember, CircleEntry, Secret):
            assert not model.objects.filter(owner=owner).exists()
        journal = json.dumps(list(Change.objects.for_owner(owner).values_list("entries", flat=True)))
        assert "circle" not in journal
        assert not any(token in journal for token in tokens)

    def test_leaving_one_keeps_the_other(self, owner, ben, circle, now):
        other = actions.make_circle(owner, name="Choir", own_name="Lina", now=now)
        brought(owner, ben, circle, now=now)
        actions.leave_circle(other)
        assert len(queries.circles(owner)[0].members) == 1

    def test_what_was_done_beside_it_can_still_be_taken_back(self, owner, ben, circle, now):
        one = add_contact(owner, NewContact(name="Ben", emails=["ben@post.example"]), now=now)
        two = add_contact(owner, NewContact(name="Benjamin"), now=now)
        brought(owner, ben, circle, now=now)
        merge_contacts(two, one, now=now)
        change = last_change(owner)
        actions.leave_circle(circle)
        change.refresh_from_db()
        undo(change, now=now)
        one.refresh_from_db()
        assert one.merged_into is None

    def test_who_a_member_is_may_be_said_otherwise(self, owner, ben, circle, now):
        member = brought(owner, ben, circle, now=now)
        assert member.contact is None
        zoe = add_contact(owner, NewContact(name="Zoe Hart"), now=now)
        actions.say_who(member, zoe, now=now)
        later = brought(owner, ben, circle, now=now + timedelta(days=1))
        assert later.contact == zoe

    def test_a_contact_a_member_is_cannot_go_by_undo_alone(self, owner, ben, circle, now):
        member = brought(owner, ben, circle, now=now)
        zoe = add_contact(owner, NewContact(name="Zoe Hart"), now=now)
        added = last_change(owner)
        actions.say_who(member, zoe, now=now)
        with pytest.raises(CannotUndo):
            undo(added, now=now)

    def test_kept_out_goes_with_the_contact(self, owner, circle, now):
        zoe = add_contact(owner, NewContact(name="Zoe Hart"), now=now)
        actions.keep_out(zoe, now=now)
        actions.keep_out(zoe, now=now)
        assert queries.in_circles(zoe).kept_out
        people.remove_contacts(owner, [zoe], now=now)
        assert not KeptOutOfCircles.objects.exists()
        undo(last_change(owner), now=now)
        assert queries.in_circles(zoe).kept_out
