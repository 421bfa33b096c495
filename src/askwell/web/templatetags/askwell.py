"""Icons, avatars, moments in human words, and small questions templates ask."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.forms import CheckboxInput
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from askwell.outreach.calendars import countries
from askwell.rules.facts import Channel, Leave
from askwell.web import drawn, moments, style, uploads
from askwell.web.words import CHANNELS, LEAVES, of_source

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.messages.storage.base import Message
    from django.forms import BoundField

    from askwell.outreach.queries.lines import StepLine
    from askwell.people.models import Contact
    from askwell.web.steps import Act

register = template.Library()
_ICONS = Path(__file__).resolve().parent.parent / "static" / "web" / "vendor" / "lucide"
_TINTS = 6


@cache
def _drawing(name: str) -> str:
    svg = (_ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return re.sub(r"\s*\n\s*", "", inner).strip()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Write a Lucide icon into the page; it says nothing to a screen reader."""
    return mark_safe(  # noqa: S308 - our own files
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{_drawing(name)}</svg>"
    )


@register.filter(expects_localtime=True)
def dated(at: datetime | date, form: str) -> str:
    """Write a day in one of the forms of ``moments.DATED``, as the reader's language does."""
    return moments.dated(at, form)


def initials(name: str) -> str:
    """Give one or two letters: the first of the first word and of the last."""
    words = [word for word in re.split(r"[\s,]+", name) if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "·"


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Draw a circle with initials; its tint is the name's own and means nothing."""
    tint = sum(map(ord, name)) % _TINTS
    look = f" avatar--{size}" if size else ""
    return format_html(
        '<span class="avatar{} tint-{}" aria-hidden="true">{}</span>', look, tint, initials(name)
    )


@register.simple_tag
def undo_of(message: Message) -> str:
    """Give the number of the change this message offers to take back."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.filter
def is_check(field: BoundField) -> bool:
    """Say whether the control is a single check box, which stands before its label."""
    return type(field.field.widget) is CheckboxInput


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look a key up."""
    return mapping.get(key) if mapping else None


@register.filter
def isolated(text: str) -> str:
    """Somebody's own words within a sentence: they run their own way, and the sentence its own."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


@register.filter
def startswith(text: str, start: str) -> bool:
    """Say whether the text begins so."""
    return str(text).startswith(start)


@register.simple_tag(takes_context=True)
def step_card(context: dict[str, Any], step: StepLine, act: Act, first: object) -> SafeString:
    """Draw the card of a step."""
    return drawn.step_card(step, act, first=bool(first), token=str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def frame_part(context: dict[str, Any], template: str) -> SafeString:
    """Draw a part of the frame around the page."""
    token, path = str(context.get("csrf_token", "")), context["full_path"]
    return drawn.frame_part(template, context["frame"], token=token, path=path)


@register.simple_tag(takes_context=True)
def when(context: dict[str, Any], at: datetime | None) -> str:
    """Say a moment near now: today 14:30, tomorrow, Friday 10:00, 3 December."""
    return moments.when(at, now=context["request"].now) if at else ""


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], at: datetime | date | None) -> str:
    """Say a day: today, yesterday, Monday, 16 November, 14 October 2024."""
    return moments.day(at, now=context["request"].now) if at else ""


@register.simple_tag(takes_context=True)
def ago(context: dict[str, Any], at: datetime | None) -> str:
    """Say how long ago: 3 days ago."""
    return moments.ago(at, now=context["request"].now) if at else ""


@register.simple_tag(takes_context=True)
def today_words(context: dict[str, Any]) -> str:
    """Say the day of the page: Sunday, 22 November."""
    return date_format(timezone.localtime(context["request"].now), _("l, j F"))


@register.filter
def card(contact: Contact) -> str:
    """Say in one line who someone is: title and organization, else the headline."""
    job = next((row for row in contact.positions.all() if row.current and not row.school), None)
    words = [job.title, job.organization.name if job.organization else ""] if job else []
    return ", ".join(word for word in words if word) or contact.headline


@register.filter
def web(address: str) -> str:
    """Give a link that goes to the web and nowhere else, whatever was typed."""
    return address if address.lower().startswith(("https://", "http://")) else f"https://{address}"


@register.filter
def channel(code: str) -> str:
    """Say how a message or talk travels: by phone."""
    return str(CHANNELS.get(Channel(code), code)) if code in set(Channel) else code


@register.filter
def country(code: str) -> str:
    """Name a country."""
    return countries().get(code, code)


@register.filter
def source(code: str) -> str:
    """Say who says so, in a word or two."""
    return of_source(str(code))


@register.filter
def leave(code: str) -> str:
    """Say whether a name may be used."""
    return str(LEAVES[Leave(code)]) if code in set(Leave) else code


@register.simple_tag(takes_context=True)
def turn(context: dict[str, Any], number: int) -> str:
    """Write the query of another page of the same list."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return str(query.urlencode())


@register.simple_tag
def upload_bounds() -> SafeString:
    """Give the form what its script needs to say at once that files are too large."""
    return format_html('data-most="{}" data-too-large="{}"', settings.UPLOAD_MAX_BYTES, uploads.too_large())


@register.simple_tag
def style_url() -> str:
    """Give the address of the joined style sheets as they are now."""
    return f"{reverse('style')}?v={style.version()}"
