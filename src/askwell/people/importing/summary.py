"""A plan in numbers and samples, as the page before an import shows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from askwell.people.importing.matching import KNOWN, MATCHED, NEW
from askwell.people.models import Contact

if TYPE_CHECKING:
    from askwell.people.importing.incoming import Incoming
    from askwell.people.importing.matching import Match
    from askwell.people.importing.planning import Plan

SAMPLE = 20
MOST_NAMED = 200


def summary_of(plan: Plan) -> dict[str, Any]:
    """Give the summary kept in ``Import.summary``.

    ``counts``: people, new, matched, known, review, skipped, problems, touches_new, touches_known,
    events_new, events_known, notes.  ``skipped``: reason -> how many.  ``files``: one object per file
    with the same kinds of counts.  ``samples``: up to 20 of each of new, matched, known, review; each
    {name, about, why, file, line, contact, contact_name, doubts}.  ``own``: {name, headline} or None.
    ``own_addresses``: those that were taken for the user's own, in mail.
    """
    return {
        "format": plan.reading.format,
        "counts": _counts(plan),
        "skipped": dict(plan.skipped + plan.received.skipped),
        "files": _files(plan),
        "samples": _samples(plan),
        "own": _own(plan),
        "own_addresses": list(plan.reading.own_addresses),
    }


def _counts(plan: Plan) -> dict[str, int]:
    kinds = Counter(match.kind for _person, match in plan.people)
    return {
        "people": len(plan.people),
        "new": kinds[NEW],
        "matched": kinds[MATCHED],
        "known": kinds[KNOWN],
        "review": sum(bool(match.doubts) for _person, match in plan.people),
        "skipped": sum(plan.skipped.values()) + sum(plan.received.skipped.values()),
        "problems": len(plan.reading.problems),
        **plan.received.counts(),
        "notes": len(plan.notes),
    }


def _files(plan: Plan) -> list[dict[str, Any]]:
    files: dict[str, Counter[str]] = {}
    for person, match in plan.people:
        count = files.setdefault(person.record.source.file, Counter())
        count["people"] += 1
        count[match.kind] += 1
    for _key, touch in plan.touches:
        files.setdefault(touch.source.file, Counter())["touches"] += 1
    for history in plan.reading.histories:
        for name, touches in history.files().items():
            files.setdefault(name, Counter())["touches"] += touches
    for event in plan.reading.events:
        files.setdefault(event.source.file, Counter())["events"] += 1
    for problem in plan.reading.problems:
        files.setdefault(problem.file, Counter())["problems"] += 1
    return [{"name": name, **count} for name, count in files.items()]


def _samples(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    chosen: dict[str, list[tuple[Incoming, Match]]] = {NEW: [], MATCHED: [], KNOWN: [], "review": []}
    for person, match in plan.people:
        for kind in (match.kind, *(("review",) if match.doubts else ())):
            if len(chosen[kind]) < SAMPLE:
                chosen[kind].append((person, match))
    names = _names(plan, chosen)
    return {kind: [_sample(person, match, names) for person, match in rows] for kind, rows in chosen.items()}


def _names(plan: Plan, chosen: dict[str, list[tuple[Incoming, Match]]]) -> dict[int, str]:
    """Name the contacts the samples speak of, those not made yet too."""
    shown = [pair for rows in chosen.values() for pair in rows]
    keys = {match.key for _p, match in shown} | {doubt.other for _p, match in shown for doubt in match.doubts}
    names = dict(Contact.objects.filter(pk__in=[key for key in keys if key > 0]).values_list("pk", "name"))
    coming = {match.key: person.shown for person, match in reversed(plan.people) if match.key in keys}
    return coming | names


def _sample(person: Incoming, match: Match, names: dict[int, str]) -> dict[str, Any]:
    record = person.record
    return {
        "name": person.shown,
        "about": ", ".join(part for part in (record.title, record.organization) if part),
        "why": match.why,
        "file": record.source.file,
        "line": record.source.line,
        "contact": match.key if match.key > 0 else None,
        "contact_name": names.get(match.key, "") if match.kind != NEW else "",
        "doubts": [
            {
                "contact": doubt.other if doubt.other > 0 else None,
                "name": names.get(doubt.other, ""),
                "reason": doubt.reason,
                "detail": doubt.detail,
            }
            for doubt in match.doubts
        ],
    }


def _own(plan: Plan) -> dict[str, str] | None:
    own = plan.reading.own
    if own is None:
        return None
    name = own.name.formatted or f"{own.name.given} {own.name.family}".strip()
    return {"name": name, "headline": own.headline}
