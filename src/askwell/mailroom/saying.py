"""What is wrong with a mailbox, and what to do about it, in plain words; the same for every door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from askwell.gateways.discovery import How
from askwell.gateways.errors import Trouble
from askwell.gateways.providers import SignIn
from askwell.mailroom.examining import NO_FOLDER, NO_PASSWORD, Step
from askwell.mailroom.restoring import RESTORED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from askwell.mailroom.discovering import Likely
    from askwell.mailroom.examining import Finding

STEPS = {
    Step.READING: gettext_lazy("Sign in to read mail"),
    Step.INBOX: gettext_lazy("Open the inbox"),
    Step.SENT: gettext_lazy("Find the folder for copies of what was sent"),
    Step.SENDING: gettext_lazy("Sign in to send mail"),
    Step.SENDER: gettext_lazy("Send under this address"),
}
_WRONG = {
    Trouble.NO_SUCH_SERVER: gettext_lazy(
        "There is no server by the name %(server)s. Look for a missing letter."
    ),
    Trouble.NO_ANSWER: gettext_lazy(
        "%(server)s does not answer. Look whether this machine is on the network, and whether name and port "
        "are right."
    ),
    Trouble.NOT_THIS_PROTOCOL: gettext_lazy(
        "%(server)s answers, but not as a mail server does. The port is probably another one."
    ),
    Trouble.CUT_OFF: gettext_lazy("%(server)s broke off in the middle. Try again in a minute."),
    Trouble.TLS: gettext_lazy(
        "%(server)s could not prove who it is, so no password was sent to it. Look at its name, at the "
        "choice between TLS and STARTTLS, and at this machine’s clock; in a school or company, ask whoever "
        "runs it."
    ),
    Trouble.NO_TLS: gettext_lazy(
        "%(server)s offers no encryption, so no password was sent to it. Try TLS from the start on another "
        "port: 993 to read, 465 to send."
    ),
    Trouble.PASSWORD: gettext_lazy(
        "%(server)s did not take the password. Type it again. Where you sign in with a second step, or by a "
        "page of the provider, an app password is needed here instead."
    ),
    Trouble.APP_PASSWORD: gettext_lazy(
        "%(server)s asks for an app password: one that the provider makes for a single program, not the one "
        "you sign in with on its pages."
    ),
    Trouble.TOKEN: gettext_lazy(
        "%(server)s did not take the token: it has run out, or was taken back. Get a new one and paste it."
    ),
    Trouble.SIGN_IN: gettext_lazy(
        "Sign in again: %(server)s does not take what you allowed on your provider’s page any more. It has "
        "run out, was taken back, or is for another address. Until then nothing is read, and what is "
        "approved waits."
    ),
    Trouble.CLIENT: gettext_lazy(
        "%(server)s does not let Askwell in under the client ID given. Look at it, at its secret, and at "
        "what was set there when it was made; then sign in again."
    ),
    Trouble.SENDING_OFF: gettext_lazy(
        "%(server)s lets no mail program send for this mailbox (SMTP AUTH is off). Only an administrator "
        "there can allow it."
    ),
    Trouble.FOLDER: gettext_lazy("There is no such folder, or it may not be opened. Name it by hand."),
    Trouble.SENDER: gettext_lazy(
        "%(server)s does not send for this address under this name to sign in with. Look at both."
    ),
    Trouble.RECIPIENT: gettext_lazy("%(server)s does not know this address, or takes no mail for it."),
    Trouble.MESSAGE: gettext_lazy("%(server)s does not take this message."),
    Trouble.TOO_LARGE: gettext_lazy("This is larger than %(server)s takes."),
    Trouble.TOO_MANY: gettext_lazy(
        "%(server)s takes no more for now: a limit of the provider’s. Wait a while."
    ),
    Trouble.BUSY: gettext_lazy("%(server)s asks to be tried again later."),
    Trouble.REFUSED: gettext_lazy("%(server)s said no."),
    NO_PASSWORD: gettext_lazy("There is no password for this mailbox here. Give it again."),
    RESTORED: gettext_lazy("This notebook was put back from a copy, so nothing is sent until you resume."),
}

_FOUND = {
    How.KNOWN: gettext_lazy("This is a mailbox of %(provider)s."),
    How.SRV: gettext_lazy("The domain names its servers itself."),
    How.MX: gettext_lazy("The mail of this domain lies with %(provider)s."),
    How.GUESS: gettext_lazy("Servers answer at the names that are usual."),
}
_FIRST = {
    SignIn.APP_PASSWORD: gettext_lazy(
        "%(provider)s wants an app password: one made for a single program, in your account there. Type that "
        "one below, not the one you sign in with. Sign-in in two steps has to be on there first."
    ),
    SignIn.APP_PASSWORD_AFTER_TWO_STEPS: gettext_lazy(
        "Where you sign in to %(provider)s in two steps, make an app password in your account there and type "
        "that one below. Otherwise your usual password serves."
    ),
    SignIn.MAIL_PASSWORD: gettext_lazy(
        "%(provider)s wants a password of its own for mail programs, not the one of its pages. It is made in "
        "your account there."
    ),
    SignIn.TOKEN: gettext_lazy(
        "%(provider)s takes no password any more: you sign in on its own page, and allow Askwell to read and "
        "send your mail."
    ),
    SignIn.BRIDGE: gettext_lazy(
        "%(provider)s is reached by a program of its own, which has to run on this machine. Type the name "
        "and the password that it shows."
    ),
}


def of_likely(likely: Likely) -> str:
    """Say how the servers were found; nothing where none were."""
    return str(_FOUND[How(likely.how)]) % {"provider": likely.provider} if likely.how else ""


def what_first(likely: Likely) -> str:
    """Say what to do at the provider before a password is typed; nothing where the usual one serves."""
    text = _FIRST.get(SignIn(likely.sign_in)) if likely.sign_in else None
    return str(text) % {"provider": likely.provider} if text else ""


def of_trouble(trouble: Mapping[str, Any]) -> str:
    """Say what was kept as the trouble of an account or a letter: ``{"code", "server", ...}``."""
    code, server = trouble.get("code", ""), trouble.get("server", "")
    if code == Trouble.NO_SUCH_SERVER:
        server = server.rpartition(":")[0] or server  # the name is what is wrong, not the port
    return str(_WRONG.get(code, _WRONG[Trouble.REFUSED])) % {"server": server or _("The server")}


def of_finding(finding: Finding) -> str:
    """Say what came of a step; a folder that was found is named."""
    if finding.code == NO_FOLDER:
        return _("The server names none, so no copy is put there, unless you say what yours is called.")
    if finding.ok:
        return finding.detail
    return of_trouble({"code": finding.code, "server": finding.server})
