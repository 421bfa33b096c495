"""What is known, how well, and what it means for you."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from askwell.rules.evidence import HIDDEN_MARKET_CORRECTION, evidence
from askwell.rules.evidence_meaning import MEANING, by_grade
from askwell.web.answers import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_safe
def cards(request: Request) -> HttpResponse:
    """Every card by its grade; the claim of the hidden market, and what is known instead."""
    groups = [
        (grade, _(said), [(card, _(card.line), _(MEANING[card.key])) for card in found])
        for grade, said, found in by_grade()
    ]
    context = {
        "groups": groups,
        "claim": _(evidence("hidden_market").line),
        "claim_source": evidence("hidden_market").citation,
        "instead": HIDDEN_MARKET_CORRECTION,
        "instead_line": _(HIDDEN_MARKET_CORRECTION.line),
    }
    return page(request, "web/rules/evidence.html", context)
