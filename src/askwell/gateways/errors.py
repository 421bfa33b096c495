"""What goes wrong with another server, split by whether trying again may help.

Theory of operation.  Whoever calls a gateway decides by the class alone: ``Transient`` is tried again
later, ``Permanent`` is not tried again with the same letter, password or setting.  ``code`` names what is
wrong, for the sentence a person reads (the connection doctor has one for each); ``said`` is what the server
answered, cut to a line, without the password.  What stands between the two, a letter that may have gone out,
is ``Unknown``: it is neither.
"""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What is wrong, as far as a program can tell."""

    NO_SUCH_SERVER = "no_such_server"  # the name has no address
    NO_ANSWER = "no_answer"  # refused, or timed out
    NOT_THIS_PROTOCOL = "not_this_protocol"  # answered, but not as such a server does
    CUT_OFF = "cut_off"  # the connection ended in the middle
    TLS = "tls"  # certificate or handshake
    NO_TLS = "no_tls"  # the server offers none: nothing secret is sent
    PASSWORD = "password"  # noqa: S105 - refused
    APP_PASSWORD = "app_password"  # noqa: S105 - refused: an app password or a sign-in page is asked for
    TOKEN = "token"  # noqa: S105 - an OAuth token has run out or been taken back
    SIGN_IN = "sign_in"  # the provider wants the user to sign in again on its page (OAuth)
    CLIENT = "client"  # the provider does not know this program, or does not let it in (OAuth)
    SENDING_OFF = "sending_off"  # an administrator lets no program send for this mailbox
    FOLDER = "folder"  # there is no such folder, or it may not be read
    SENDER = "sender"  # it does not send for this address
    RECIPIENT = "recipient"  # it does not know, or will not take, this address
    MESSAGE = "message"  # it will not take this message
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"  # a limit of so many a day or at once
    BUSY = "busy"  # try again later, it says
    CONFLICT = "conflict"  # it was changed there since it was read
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"  # anything else


class GatewayError(Exception):
    """Something went wrong with a server: ``code``, ``server`` (host:port) and what it ``said``."""

    def __init__(self, code: Trouble, *, server: str = "", said: str = "") -> None:
        super().__init__(": ".join(filter(None, (code.value, server, said))))
        self.code, self.server, self.said = code, server, said


class Transient(GatewayError):
    """It may work later as it is."""


class Permanent(GatewayError):
    """It will not work as it is."""


class Unknown(GatewayError):
    """The letter was handed over and no answer came: it may have gone out."""
