"""What connects the seeker and someone, as it continues "I often think of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext

from askwell.outreach.models import Encounter, Talk
from askwell.people.models import Position
from askwell.rules.facts import TalkState
from askwell.rules.letters.said import after_about

if TYPE_CHECKING:
    from askwell.outreach.letters import Correspondence
    from askwell.people.models import Contact


def shared_past(about: Correspondence) -> str:
    """Say it in the order of what is nearest: a talk, an event, a school, an employer; else nothing."""
    return _talk(about) or _event(about.contact) or _place(about)


def _talk(about: Correspondence) -> str:
    talk = (
        Talk.objects.filter(contact=about.contact, state=TalkState.HELD, starts_at__lt=about.now)
        .order_by("-starts_at")
        .first()
    )
    if talk is None:
        return ""
    month = formats.date_format(talk.starts_at, "F")
    return gettext("our talk in %(month)s") % {"month": month}


def _event(contact: Contact) -> str:
    met = (
        Encounter.objects.filter(contact=contact)
        .select_related("event")
        .order_by("-event__starts_at")
        .first()
    )
    if met is None:
        return ""
    if said := after_about(met.said):
        return gettext("what you said at %(event)s about %(what)s") % {"event": met.event.name, "what": said}
    return gettext("our meeting at %(event)s") % {"event": met.event.name}


def _place(about: Correspondence) -> str:
    own = about.around.own
    shared = (
        Position.objects.filter(contact=about.contact, organization_id__in=own.schools | own.employers)
        .select_related("organization")
        .order_by("-school", "id")
        .first()
    )
    if shared is None or shared.organization is None:
        return ""
    return gettext("our time at %(place)s") % {"place": shared.organization.name}
