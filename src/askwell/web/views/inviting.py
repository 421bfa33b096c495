"""The invitation to a talk, approved with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askwell.formats.eml import LetterError
from askwell.mailroom.queries import senders
from askwell.outreach import actions
from askwell.outreach.models import Talk
from askwell.web.answers import done, own, tell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from askwell.web.requests import Request


@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Let the other side be told of the talk as it stands.  What the rules forbid is said by ``Kindly``."""
    talk: Talk = own(Talk.objects.select_related("contact", "outreach", "owner"), request.user, pk=pk)
    accounts = senders(request.user)
    chosen = [each for each in accounts if str(each.pk) == request.POST.get("account", "")]
    if not accounts:
        return tell(request, _("Connect your mailbox first: the mail is sent by it."), "talk", pk)
    try:
        actions.queue_invitation(talk, (chosen or accounts)[0], now=request.now)
    except LetterError:
        said = _("Their e-mail is missing, or cannot stand in a letter as it is written.")
        return tell(request, said, "talk", pk)
    return done(request, _("On its way to %(name)s.") % {"name": talk.contact.name}, "talk", pk)
