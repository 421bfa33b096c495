"""The whole database as plain values, to tell whether anything differs."""

from __future__ import annotations

from django.apps import apps

LEFT_OUT = {"people.change", "people.searchterm"}
VOLATILE = {"outreach.step": {"id"}, "outreach.standing": {"id"}}


def snapshot(*, derived: bool = True) -> dict[str, list[tuple]]:
    """Every row of people and outreach, ordered; derived rows without their keys."""
    found = {}
    for app in ("people", "outreach", "mailroom"):
        for model in apps.get_app_config(app).get_models():
            label = model._meta.label_lower
            if label in LEFT_OUT or (label in VOLATILE and not derived):
                continue
            names = [
                f.attname for f in model._meta.concrete_fields if f.attname not in VOLATILE.get(label, ())
            ]
            found[label] = sorted(map(repr, model._default_manager.values_list(*names)))
    return found


def differences(before: dict, after: dict) -> dict:
    return {
        label: (
            sorted(set(before[label]) - set(after[label])),
            sorted(set(after[label]) - set(before[label])),
        )
        for label in before
        if before[label] != after[label]
    }
