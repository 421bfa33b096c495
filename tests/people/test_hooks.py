"""What the apps above plug into people can be loaded, and is what it is named for."""

from __future__ import annotations

from askwell.people import hooks


def test_search_terms_steps_and_the_calendar_follow_every_change():
    named = [f"{one.__module__.rpartition('.')[2]}.{one.__name__}" for one in hooks.refreshers()]
    assert named == [
        "index.refresh_terms",
        "derive.refresher",
        "written.refresh_words",
        "noticing.refresher",
    ]


def test_an_import_brings_history_to_one_receiver():
    (receiver,) = hooks.receivers()
    assert callable(receiver.plan)
    assert callable(receiver.apply)


def test_two_asks_of_the_same_kind_have_someone_to_settle_them():
    from askwell.outreach.models import Outreach

    assert callable(hooks.resolver_of(Outreach._meta.label_lower))
    assert hooks.resolver_of("people.tag") is None


def test_naming_a_function_twice_calls_it_once():
    before = list(hooks.refreshers())
    hooks.on_change("askwell.people.index.refresh_terms")
    assert list(hooks.refreshers()) == before


def test_a_deriver_is_told_only_of_the_kinds_it_rests_on():
    told = [one.__name__ for one in hooks.refreshers({"outreach.promise"})]
    assert told == ["refresher", "refresh_words"]
    assert len(list(hooks.refreshers({"outreach.promise", "people.tag"}))) == 3
