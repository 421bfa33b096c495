"""What address books and calendars on a server have in common: signing in, and saying what went wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.gateways.errors import Permanent, Trouble
from askwell.gateways.webdav import Bounds, DavLogin, Elsewhere, WebDav
from askwell.mailroom import secrets

if TYPE_CHECKING:
    from collections.abc import Collection as AnyOf
    from collections.abc import Iterator, Mapping
    from typing import Any

    from askwell.gateways.errors import GatewayError

    Words = Mapping[Trouble, Any]

AT_ONCE = Bounds(seconds=8, wait=4)  # while somebody waits for a page
_WRONG: Words = {
    Trouble.NO_SUCH_SERVER: gettext_lazy("There is no server %(server)s. Look for a missing letter."),
    Trouble.NO_ANSWER: gettext_lazy(
        "%(server)s does not answer. Look whether this machine is on the network."
    ),
    Trouble.CUT_OFF: gettext_lazy("%(server)s broke off in the middle. Nothing is lost: try again."),
    Trouble.TLS: gettext_lazy(
        "%(server)s could not prove who it is, so no password was sent to it. Look at its name and at this "
        "machine’s clock; in a school or company, ask whoever runs it."
    ),
    Trouble.NO_TLS: gettext_lazy(
        "%(server)s would be asked without encryption, so no password was sent to it. The address must begin "
        "with https://."
    ),
    Trouble.PASSWORD: gettext_lazy(
        "%(server)s did not take the name and password. Where you sign in with a second step, an app "
        "password is needed here."
    ),
    Trouble.TOKEN: gettext_lazy("%(server)s did not take the token: it has run out, or was taken back."),
    Trouble.TOO_LARGE: gettext_lazy("%(server)s sent, or was sent, more than is taken at once."),
    Trouble.TOO_MANY: gettext_lazy(
        "%(server)s takes no more for now: a limit of the provider’s. Wait a while."
    ),
    Trouble.BUSY: gettext_lazy("%(server)s asks to be tried again later."),
    Trouble.CONFLICT: gettext_lazy("It was changed at %(server)s at the same moment. Try again."),
    Trouble.REFUSED: gettext_lazy("%(server)s said no."),
}


def signing_in(user: str, secret: str, *, agreed: AnyOf[str] = (), bounds: Bounds | None = None) -> WebDav:
    """Give a server to be asked as somebody; without a ``user`` the secret is a token (OAuth)."""
    login = DavLogin(user=user, secret=secret) if user else DavLogin(token=secret)
    return WebDav(login, also=agreed, bounds=bounds, own_network=settings.LOCAL)


@contextmanager
def signed_in(row: Any, *, bounds: Bounds | None = None) -> Iterator[WebDav]:
    """Open the server of a row with ``owner``, ``user`` and ``handle``.

    Raises Permanent PASSWORD where no secret is kept any more.
    """
    try:
        secret = secrets.secret_of(row.owner, row.handle)
    except secrets.NoSecret as error:
        raise Permanent(Trouble.PASSWORD, server=str(row)) from error
    with signing_in(row.user, secret, bounds=bounds) as dav:
        yield dav


def said(error: GatewayError, words: Words) -> str:
    """Say what is wrong, and what to do about it.  ``words``: what this kind of server is told otherwise."""
    if isinstance(error, Elsewhere):
        return _("%(server)s sends us on to another server, %(host)s. Is it your provider’s?") % {
            "server": error.server,
            "host": error.host,
        }
    return of_code(error.code, error.server, words)


def of_code(code: str, server: str, words: Words) -> str:
    """Say what was kept as the last trouble."""
    known = {**_WRONG, **words}
    text = known.get(Trouble(code), known[Trouble.REFUSED])
    return str(text) % {"server": server or _("The server")}
