"""Two actions at the same moment towards one person: exactly one wins."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from askwell.outreach import actions
from askwell.outreach.errors import OutreachError, Refused
from askwell.outreach.models import Promise, Touch
from askwell.people.models import Contact

from .conftest import GOOD_LETTER, utc

MONDAY = utc(2026, 11, 2, 15, 0)


def at_once(*acts):
    """Run each in a thread of its own, begun together; gives what each came to."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            results[place] = act()
        except OutreachError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_first_messages_sent_at_once_exactly_one_is_recorded(lina, jane):
    actions.open_outreach(jane, purpose="explore", now=MONDAY)

    def send():
        mine = Contact.objects.get(pk=jane.pk)
        return actions.record_sent(
            mine,
            mode="informational",
            channel="email",
            at=MONDAY,
            now=MONDAY,
            body=GOOD_LETTER,
            subject="Twenty minutes?",
        )

    results = at_once(send, send)
    assert sorted(type(one).__name__ for one in results) == ["Refused", "Touch"]
    refused = next(one for one in results if isinstance(one, Refused))
    assert "refuse.second_first_message" in [one.reason.text for one in refused.decision.refusals]
    assert Touch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_outreaches_opened_at_once_for_one_purpose_exactly_one_is(lina, jane):
    def begin():
        return actions.open_outreach(Contact.objects.get(pk=jane.pk), purpose="explore", now=MONDAY)

    results = at_once(begin, begin)
    assert sorted(type(one).__name__ for one in results) == ["Outreach", "Refused"]


@pytest.mark.django_db(transaction=True)
def test_different_things_at_once_are_both_kept(lina, jane):
    def promise(text):
        return lambda: actions.make_promise(Contact.objects.get(pk=jane.pk), text=text, mine=True, now=MONDAY)

    results = at_once(promise("one"), promise("two"))
    assert all(isinstance(one, Promise) for one in results)
