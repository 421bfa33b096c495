"""Parts of pages that are drawn once: the cards of steps, and the frame around every page.

Theory of operation.  Such a part says nothing but what its arguments say, so one drawn before serves
again as long as they are the same: Today is looked at after every act, and nearly all of its cards
are those of the last look.  Only the token of the forms and the path to come back to belong to the
request; they are put in last.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from askwell.outreach.queries.lines import StepLine
    from askwell.web.context import Frame
    from askwell.web.steps import Act

_TOKEN = "token-of-the-request"  # noqa: S105 - where the token goes
_PATH = "path-of-the-request"


def step_card(step: StepLine, act: Act, *, first: bool, token: str) -> SafeString:
    """Draw the card of a step with its forms."""
    draw = _card.__wrapped__ if settings.DEBUG else _card
    return _finish(draw(step, act, first=first, language=get_language()), token=token, path="")


def frame_part(template: str, frame: Frame, *, token: str, path: str) -> SafeString:
    """Draw a part of the frame; ``path`` is the page its forms come back to."""
    draw = _frame_part.__wrapped__ if settings.DEBUG else _frame_part
    return _finish(draw(template, frame, language=get_language()), token=token, path=path)


def _finish(drawn: str, *, token: str, path: str) -> SafeString:
    return mark_safe(drawn.replace(_TOKEN, token).replace(_PATH, escape(path)))  # noqa: S308 - our own words


@lru_cache(maxsize=1024)
def _card(step: StepLine, act: Act, *, first: bool, language: str | None) -> str:  # noqa: ARG001 - of the key
    context = {"step": step, "act": act, "first": first, "csrf_token": _TOKEN}
    return render_to_string("web/today/card.html", context)


@lru_cache(maxsize=256)
def _frame_part(template: str, frame: Frame, *, language: str | None) -> str:  # noqa: ARG001 - of the key
    context = {**frame.shown(), "csrf_token": _TOKEN, "full_path": _PATH}
    return render_to_string(template, context)
