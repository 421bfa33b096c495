"""Asking an action, and saying in the form why it was not done.

An action raises; a view shows.  ``attempt`` stands between: a refusal becomes objections shown
above the form (soft ones with a field for the reason to go on), anything else an error of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from askwell.outreach.errors import BadValue, NeedsMore, OutOfOrder, Refused
from askwell.people.errors import BadField
from askwell.web import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.forms import BaseForm

    from askwell.rules.decisions import Decision
    from askwell.web.requests import Request

T = TypeVar("T")
_BECAUSE = "because-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason not to; ``field`` takes the seeker's reason to go on all the same."""

    rule: str
    sentence: str
    hard: bool
    field: str
    because: str = ""
    settled: bool = False  # its reason was given and holds; the form carries it along


def objections(decision: Decision, request: Request) -> list[Objection]:
    """Say every refusal of a decision, hard ones first, with the reasons already typed."""
    standing = [
        Objection(
            rule=refusal.reason.rule,
            sentence=words.of_refusal(refusal, now=request.now),
            hard=refusal.hard,
            field=_BECAUSE + refusal.reason.rule,
            because=request.POST.get(_BECAUSE + refusal.reason.rule, ""),
        )
        for refusal in decision.refusals
    ]
    asked = {each.rule for each in standing}
    settled = {rule: because for rule, because in overrides(request.POST).items() if rule not in asked}
    return standing + [
        Objection(rule=rule, sentence="", hard=False, field=_BECAUSE + rule, because=because, settled=True)
        for rule, because in settled.items()
    ]


def overrides(data: Mapping[str, str]) -> dict[str, str]:
    """Give the reasons typed, by rule."""
    return {
        name.removeprefix(_BECAUSE): str(value).strip()
        for name, value in data.items()
        if name.startswith(_BECAUSE) and str(value).strip()
    }


def attempt(request: Request, form: BaseForm, act: Callable[[], T]) -> tuple[T | None, list[Objection]]:
    """Do it; where that was not possible, None, with the form saying why, or the objections."""
    try:
        return act(), []
    except Refused as refused:
        return None, objections(refused.decision, request)
    except (BadValue, BadField) as bad:
        form.add_error(bad.field if bad.field in form.fields else None, words.of_problem(bad.problem))
    except NeedsMore as more:
        form.add_error(None, words.of_need(more.action))
    except OutOfOrder as wrong:
        form.add_error(None, words.of_disorder(str(wrong.state)))
    return None, []
