"""The rules, each on a page of its own, with its sources and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from askwell.outreach.facts.world import preset_of
from askwell.rules.evidence import EVIDENCE
from askwell.rules.presets import FIELDS, SOURCE_NAMES, Source, source_of
from askwell.rules.reference import all_rules
from askwell.web.answers import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.rules.presets import Preset
    from askwell.web.requests import Request


@require_GET
def index(request: Request) -> HttpResponse:
    """Every rule by its letter."""
    families: dict[str, list[Any]] = {}
    for code, rule in sorted(all_rules().items()):
        families.setdefault(code[:1], []).append(rule)
    named = [(_FAMILIES.get(letter, letter), rules) for letter, rules in families.items()]
    return page(request, "web/rules/index.html", {"families": named})


@require_GET
def rule(request: Request, code: str) -> HttpResponse:
    """One rule: what it says, why, its numbers in the preset in use, who says so."""
    found = all_rules().get(code.upper())
    if found is None:
        raise Http404
    context = {
        "rule": found,
        "title": _(found.title),
        "statement": _(found.statement),
        "explanation": _(getattr(found, "explanation", "")) if getattr(found, "explanation", "") else "",
        "numbers": _numbers(found, preset_of(request.seeker), request.seeker.overrides),
        "sources": [_source(str(source)) for source in getattr(found, "sources", ())],
        "evidence": [EVIDENCE[key] for key in getattr(found, "evidence", ()) if key in EVIDENCE],
        "bad": _example(found, "bad"),
        "good": _example(found, "good"),
    }
    return page(request, "web/rules/rule.html", context)


def _example(rule: Any, which: str) -> str:
    """Give the text of an example message; rules that read no message have none."""
    return getattr(rule, which).text.strip() if hasattr(rule, which) else ""


def _numbers(rule: Any, preset: Preset, own: dict[str, Any]) -> list[tuple[str, Any, str]]:
    """Name each parameter, its value now, and who chose it."""
    given = getattr(rule, "parameters", ())
    if isinstance(given, dict):
        return [(name.replace("_", " "), value, "") for name, value in given.items()]
    return [
        (
            name.replace("_", " "),
            _plain(getattr(preset, name)),
            _("yours") if name in own else _source(source_of(preset.name, name).value),
        )
        for name in given
        if name in FIELDS
    ]


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(each).replace("_", " ") for each in value) or _("any")
    return str(value)


def _source(source: str) -> str:
    return SOURCE_NAMES[Source(source)] if source in set(Source) else source


_FAMILIES = {
    "C": gettext_lazy("The talk"),
    "D": gettext_lazy("Cards and resume"),
    "F": gettext_lazy("Thanks and following up"),
    "G": gettext_lazy("Volunteers of a directory"),
    "I": gettext_lazy("Introductions"),
    "K": gettext_lazy("Keeping in touch"),
    "L": gettext_lazy("Leads"),
    "M": gettext_lazy("Letters"),
    "P": gettext_lazy("Preparing"),
    "Q": gettext_lazy("Confidence"),
    "R": gettext_lazy("Give and take"),
    "T": gettext_lazy("Time"),
    "V": gettext_lazy("Events"),
}
