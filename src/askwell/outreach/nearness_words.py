"""How someone is near to the employer, in words."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from askwell.outreach.facts.nearness import Near

_SAID = {
    Near.WORKS: _("they work there"),
    Near.AFFILIATE: _("they work at a place that belongs to it"),
    Near.MAIL: _("their e-mail is of that house"),
    Near.WORKED: _("they worked there"),
    Near.SHARES: _("you share several people there"),
}


def said_of(near: Near) -> str:
    """Say it, as it goes on after a colon."""
    return gettext(_SAID[near])
