"""What an IMAP server's refusal means: by its response code (RFC 5530), else by its words."""

from __future__ import annotations

import re

from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble
from askwell.gateways.smtp_answers import APP_PASSWORD_WORDS

CODE = re.compile(r"\[([A-Z][A-Z0-9-]*)")
TROUBLES = {
    "UNAVAILABLE": Trouble.BUSY,
    "INUSE": Trouble.BUSY,
    "SERVERBUG": Trouble.BUSY,
    "LIMIT": Trouble.TOO_MANY,
    "THROTTLED": Trouble.TOO_MANY,
    "OVERQUOTA": Trouble.TOO_LARGE,
    "TOOBIG": Trouble.TOO_LARGE,
    "NONEXISTENT": Trouble.FOLDER,
    "TRYCREATE": Trouble.FOLDER,
    "CANNOT": Trouble.FOLDER,
    "NOPERM": Trouble.FORBIDDEN,
    "AUTHENTICATIONFAILED": Trouble.PASSWORD,
    "AUTHORIZATIONFAILED": Trouble.PASSWORD,
    "EXPIRED": Trouble.PASSWORD,
    "PRIVACYREQUIRED": Trouble.NO_TLS,
    "WEBALERT": Trouble.APP_PASSWORD,
}
TRANSIENT = {Trouble.BUSY, Trouble.TOO_MANY}
TOO_MANY_WORDS = re.compile(
    r"too many|simultaneous|exceeded.{0,30}(?:bandwidth|limit)|rate limit", re.IGNORECASE
)
BUSY_WORDS = re.compile(r"temporar|try again|unavailable", re.IGNORECASE)
AFTER_A_VERB = {"login": Trouble.PASSWORD, "folder": Trouble.FOLDER, "append": Trouble.FOLDER}


def refusal(verb: str, text: str, *, token: bool = False) -> GatewayError:
    """Give the error for a NO or BAD.  ``verb``: login, folder, append or other; ``token``: XOAUTH2."""
    trouble = _trouble(verb, text)
    if trouble == Trouble.PASSWORD and token:
        trouble = Trouble.TOKEN
    return (Transient if trouble in TRANSIENT else Permanent)(trouble, said=text)


def _trouble(verb: str, text: str) -> Trouble:
    if verb == "login" and APP_PASSWORD_WORDS.search(text):
        return Trouble.APP_PASSWORD
    codes = [TROUBLES[code] for code in CODE.findall(text) if code in TROUBLES]
    if codes:
        return codes[0]
    if TOO_MANY_WORDS.search(text):
        return Trouble.TOO_MANY
    if BUSY_WORDS.search(text):
        return Trouble.BUSY
    return AFTER_A_VERB.get(verb, Trouble.REFUSED)
