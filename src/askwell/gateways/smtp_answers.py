"""What an SMTP server's refusal means: which trouble, and whether trying again may help.

Theory of operation.  The first digit says whether it is for good (RFC 5321), the enhanced status (RFC 3463)
what about, the moment whom it concerns; the words only where servers agree on them alone: limits
of a day are refused with 5xx by the large providers although they pass, and an app password is asked for in
words alone.
"""

from __future__ import annotations

import re

from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
LIMITS = {"4.5.3", "5.4.5", "4.7.28", "5.7.28", "5.1.90"}
LIMIT_WORDS = re.compile(
    r"too many|(?:daily|hourly|sending|rate|message|recipient)s? (?:user )?(?:sending )?(?:limit|quota)|"
    r"limit(?:ation)? (?:on|of) (?:the )?(?:number|messages|recipients)",
    re.IGNORECASE,
)
SIZE_STATUS = {"2.3", "3.4"}
SIZE_WORDS = re.compile(r"too (?:big|large)|size limit|maximum.{0,20}size", re.IGNORECASE)
APP_PASSWORD_STATUS = {"5.7.9", "5.7.14", "5.7.139"}
APP_PASSWORD_WORDS = re.compile(
    r"app(?:lication)?[- ]?specific|app[- ]password|web ?login|basic auth|less secure|two.?factor|2-?step|"
    r"authori[sz]ation code",
    re.IGNORECASE,
)
SENDING_OFF_WORDS = re.compile(r"SmtpClientAuthentication is disabled", re.IGNORECASE)
AT_MOMENT = {"mail": Trouble.SENDER, "data": Trouble.MESSAGE, "end": Trouble.MESSAGE}
SIGN_IN_FIRST = {530, 535, 538}


def refusal(moment: str, code: int, text: str, *, token: bool = False) -> GatewayError:
    """Give the error for an answer.  ``moment``: greeting, auth, mail, rcpt, data, end."""
    said = f"{code} {text}"
    trouble = _trouble(moment, code, text, token=token)
    if not 400 <= code <= 599:  # noqa: PLR2004 - RFC 5321's two kinds of refusal
        return Transient(Trouble.NOT_THIS_PROTOCOL, said=said)
    passes = code < 500 or trouble == Trouble.TOO_MANY  # noqa: PLR2004
    return (Transient if passes else Permanent)(trouble, said=said)


def _trouble(moment: str, code: int, text: str, *, token: bool) -> Trouble:
    status = match[0] if (match := STATUS.search(text)) else ""
    about = status.partition(".")[2]
    if about in SIZE_STATUS or SIZE_WORDS.search(text) or (code == 552 and about != "2.2"):  # noqa: PLR2004
        return Trouble.TOO_LARGE
    if status in LIMITS or LIMIT_WORDS.search(text):
        return Trouble.TOO_MANY
    if moment == "auth":
        return _sign_in(code, status, text, token=token)
    if code in SIGN_IN_FIRST:
        return Trouble.NO_TLS if "tls" in text.lower() else Trouble.PASSWORD
    if moment == "rcpt":
        return _recipient(code, about, text)
    if code < 500:  # noqa: PLR2004
        return Trouble.BUSY
    return AT_MOMENT.get(moment, Trouble.REFUSED)


def _sign_in(code: int, status: str, text: str, *, token: bool) -> Trouble:
    if token and SENDING_OFF_WORDS.search(text):
        return Trouble.SENDING_OFF
    if status in APP_PASSWORD_STATUS or APP_PASSWORD_WORDS.search(text):
        return Trouble.APP_PASSWORD
    if code < 500:  # noqa: PLR2004
        return Trouble.BUSY
    return Trouble.TOKEN if token else Trouble.PASSWORD


def _recipient(code: int, about: str, text: str) -> Trouble:
    subject = about.partition(".")[0]
    if re.search(r"\brelay", text, re.IGNORECASE) or (subject == "7" and "sender" in text.lower()):
        return Trouble.SENDER
    if subject in {"1", "2"}:
        return Trouble.RECIPIENT
    if code < 500:  # noqa: PLR2004
        return Trouble.BUSY
    return Trouble.REFUSED if subject else Trouble.RECIPIENT
