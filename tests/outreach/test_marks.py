"""What marks on people lead to: written out with them, and weighed in whom to ask."""

from __future__ import annotations

import pytest

from askwell.formats import google_csv_writer, vcard
from askwell.outreach import actions, queries
from askwell.outreach.derive import recompute
from askwell.outreach.open_formats import person_records
from askwell.people.actions import NewContact, add_contact, mark_contacts
from askwell.rules.facts import Mode, Purpose

pytestmark = pytest.mark.django_db


def test_a_card_carries_the_marks_and_a_table_names_them(jane, kenji, lina, now):
    mark_contacts(lina, [jane], now=now, hires=True, connector=True)
    records = list(person_records(lina))
    for version in ("3.0", "4.0"):
        card = b"".join(vcard.write(records, version=version))
        assert card.count(b"X-ASKWELL-HIRES:1") == 1
        assert card.count(b"X-ASKWELL-CONNECTOR:1") == 1
    table = b"".join(google_csv_writer.write(records)).decode()
    assert table.count("X-ASKWELL-HIRES") == 1


def reasons(lina, contact, now, **wanted):
    (line,) = [one for one in queries.next_people(lina, now=now, **wanted) if one.contact == contact.pk]
    return [reason.sentence for reason in line.reasons], [reason.sources for reason in line.reasons]


def test_who_hires_comes_first_to_be_known_and_for_a_letter_about_work_alone(lina, jane, now):
    ana = add_contact(
        lina, NewContact(name="Ana Ruiz", organization="Dale", title="Product manager"), now=now
    )
    mark_contacts(lina, [ana], now=now, hires=True)
    for wanted in ({"purpose": Purpose.BE_KNOWN}, {"mode": Mode.LEAD}):
        said, sources = reasons(lina, ana, now, **wanted)
        assert "Decides whom to take on" in said
        assert sources[said.index("Decides whom to take on")] == ("default",)
        assert queries.next_people(lina, now=now, **wanted)[0].contact == ana.pk
    assert "Decides whom to take on" not in reasons(lina, ana, now)[0]
    assert "Decides whom to take on" not in reasons(lina, ana, now, purpose=Purpose.CONNECT)[0]
    assert recompute(lina, now=now).changed == 0


def test_who_connects_people_is_told_so(lina, jane, now):
    mark_contacts(lina, [jane], now=now, connector=True)
    assert "Gladly brings people together" in reasons(lina, jane, now)[0]


def test_a_place_one_would_like_and_its_opening_speak_for_those_there(lina, jane, now):
    (acme,) = actions.add_employers(lina, ["Acme Health"], now=now)
    actions.change_employer(acme, motivation=5, posting=2, now=now)
    said, _sources = reasons(lina, jane, now)
    assert "Their organization has an opening now" in said
    actions.drop_employer(acme, now=now)
    assert "Their organization has an opening now" not in reasons(lina, jane, now)[0]
