"""Cards of steps, drawn once.

Theory of operation.  A card says nothing but what its step and its act say, so one drawn before serves
again as long as they are the same: Today is looked at after every act, and nearly all of its cards
are those of the last look.  Only the token of the forms belongs to the request; it is put in last.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from askwell.outreach.queries.lines import StepLine
    from askwell.web.steps import Act

_KEPT = 1024
_TOKEN = "token-of-the-request"  # noqa: S105 - where the token goes


def step_card(step: StepLine, act: Act, *, first: bool, token: str) -> SafeString:
    """Draw the card of a step with its forms."""
    draw = _draw.__wrapped__ if settings.DEBUG else _draw
    card = draw(step, act, first=first, language=get_language())
    return mark_safe(card.replace(_TOKEN, token))  # noqa: S308 - a template's own words and a token


@lru_cache(maxsize=_KEPT)
def _draw(step: StepLine, act: Act, *, first: bool, language: str | None) -> str:  # noqa: ARG001 - of the key
    context = {"step": step, "act": act, "first": first, "csrf_token": _TOKEN}
    return render_to_string("web/today/card.html", context)
