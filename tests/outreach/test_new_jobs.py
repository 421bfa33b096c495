"""An import shows a new job of somebody known: noted once, congratulated on, taken back with the import."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from askwell.formats.records import Name, PersonRecord, PositionRecord, Reading, Source, Url
from askwell.outreach import actions
from askwell.outreach.errors import BadValue
from askwell.outreach.letters import correspondence, lint_letter
from askwell.outreach.models import Favor, JobChange, Step
from askwell.people import importing
from askwell.people.actions import NewContact, add_contact, merge_contacts
from askwell.people.journal import last_change, undo
from askwell.people.models import Contact, ImportState
from askwell.rules.facts import Mode, Occasion, TouchKind


def connection(name, organization, title, *, line=2, on=date(2024, 5, 1)):
    slug = name.lower().replace(" ", "-")
    return PersonRecord(
        name=Name(formatted=name),
        source=Source(file="Connections.csv", line=line),
        urls=(Url(value=f"https://www.linkedin.com/in/{slug}", label="profile"),),
        organization=organization,
        title=title,
        connected_on=on,
    )


@pytest.fixture
def bring(lina, now):
    def bring(*records, at=now):
        batch = importing.start_import(lina, [], now=at)
        batch.state = ImportState.PLANNED
        batch.save()
        return importing.apply_import(batch, now=at, reading=Reading(format="linkedin", people=records))

    return bring


@pytest.fixture
def ines(bring, now):
    """Inês Prado, of an earlier import; the two have talked since."""
    bring(connection("Ines Prado", "Harbor Clinic", "Nurse"), at=now - timedelta(days=300))
    found = Contact.objects.get(name="Ines Prado")
    actions.record_talk(found, ended_at=now - timedelta(days=200), now=now - timedelta(days=200))
    actions.record_thanks(found, now=now - timedelta(days=199))
    return found


NEW = connection("Ines Prado", "Harbor Clinic", "Head of triage")


def congratulate_steps(contact):
    return list(Step.objects.filter(contact=contact, code="congratulate"))


def test_a_first_import_makes_none(bring):
    bring(connection("Ines Prado", "Harbor Clinic", "Nurse"), connection("Ben Okri", "Acme", "Buyer", line=3))
    bring(connection("Ines Prado", "Harbor Clinic", "Nurse"), connection("Ben Okri", "Acme", "Buyer", line=9))
    assert not JobChange.objects.exists()


def test_a_new_job_of_somebody_known_is_a_reason_to_write(bring, ines, now):
    batch = bring(NEW)
    (change,) = JobChange.objects.all()
    assert (change.contact, change.organization, change.title) == (ines, "Harbor Clinic", "Head of triage")
    assert (change.batch, change.noticed_at) == (batch, now)
    (step,) = congratulate_steps(ines)
    assert (step.earliest, step.due) == (now, now + timedelta(days=7))


def test_the_same_list_again_notes_nothing_new_nor_what_was_let_go(bring, ines, now):
    bring(NEW)
    actions.let_job_change_go(JobChange.objects.get(), now=now)
    bring(connection("Ines Prado", "HARBOR Clinic", "Head of Triage", line=7))
    assert JobChange.objects.count() == 1
    assert congratulate_steps(ines) == []


def test_a_stranger_with_a_new_job_is_noted_but_is_no_step(bring, now):
    bring(connection("Ben Okri", "Acme", "Buyer"), at=now - timedelta(days=300))
    bring(connection("Ben Okri", "Globex", "Head of buying"))
    assert JobChange.objects.get().title == "Head of buying"
    assert not Step.objects.filter(code="congratulate").exists()


def test_a_job_that_began_of_late_beside_another_counts_and_an_undated_one_does_not(bring, ines):
    def board(title, started):
        job = PositionRecord(organization="City Board", title=title, started=started)
        return PersonRecord(
            name=Name(formatted="Ines Prado"),
            source=Source(file="friends.vcf", line=1),
            urls=(Url(value="https://www.linkedin.com/in/ines-prado", label=""),),
            positions=(job,),
        )

    bring(board("Advisor", ""), board("Member", "2019-02"))
    assert not JobChange.objects.exists()
    bring(board("Chair", "2026-10"))
    assert JobChange.objects.get().title == "Chair"


def test_two_jobs_of_somebody_whose_work_was_unknown_are_no_move(lina, bring, now):
    add_contact(lina, NewContact(name="Ben Okri", urls=["linkedin.com/in/ben-okri"]), now=now)
    bring(connection("Ben Okri", "Acme", "Buyer"), connection("Ben Okri", "Globex", "Head", line=3))
    assert not JobChange.objects.exists()


def test_undoing_the_import_takes_it_back(bring, ines, now):
    batch = bring(NEW)
    importing.undo_import(batch, now=now)
    assert not JobChange.objects.exists()
    assert congratulate_steps(ines) == []
    bring(NEW)
    assert JobChange.objects.count() == 1


def test_two_who_become_one_keep_the_new_job(lina, bring, ines, now):
    bring(NEW)
    twin = add_contact(lina, NewContact(name="Inês Prado"), now=now)
    merge_contacts(twin, ines, now=now)
    assert JobChange.objects.get().contact == twin
    assert len(congratulate_steps(twin)) == 1


def test_the_letter_names_the_job_asks_for_nothing_and_settles_it(bring, ines, now):
    bring(NEW)
    actions.set_own_name(ines.owner, name="Lina Berg", now=now)
    letter = actions.new_draft(ines, mode=Mode.CHECK_IN, occasion=Occasion.CONGRATULATE, now=now)
    assert "Head of triage at Harbor Clinic" in letter.body
    about = correspondence(ines, now=now)
    found = lint_letter(
        about, mode=Mode.CHECK_IN, channel=letter.channel, subject=letter.subject, body=letter.body
    )
    assert [each for each in found if each.severity != "hint"] == []
    touch = actions.record_sent(ines, mode=letter.mode, channel=letter.channel, at=now, draft=letter, now=now)
    assert JobChange.objects.get().congratulated_at == now
    assert Favor.objects.get(contact=ines, kind="give").touch == touch
    assert congratulate_steps(ines) == []
    undo(last_change(ines.owner), now=now)
    assert len(congratulate_steps(ines)) == 1
    assert not Favor.objects.exists()


def test_a_new_job_is_news_that_may_be_written_of_soon_after_the_last_note(bring, ines, now):
    actions.record_sent(ines, mode=Mode.CHECK_IN, channel="email", at=now - timedelta(days=3), now=now)
    bring(NEW)
    actions.mark_done(ines.owner, key=congratulate_steps(ines)[0].key, now=now)
    assert ines.touches.filter(kind=TouchKind.CHECK_IN, at=now).exists()
    assert JobChange.objects.get().congratulated_at == now


def test_what_is_settled_is_not_settled_twice(bring, ines, now):
    bring(NEW)
    change = JobChange.objects.get()
    actions.congratulated(change, now=now)
    for again in (actions.congratulated, actions.let_job_change_go):
        with pytest.raises(BadValue):
            again(change, now=now)
