"""What cannot be right about a mailbox, by the code of the problem; the same for every door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "connected-already": _("This address is connected already."),
    "not-an-address": _("This is not an address as it stands. Look for a missing letter."),
    "another-address": _("The address of a mailbox stays. Connect the other one beside it."),
    "give-again": _("Give the password again: it would be sent elsewhere, or in another way."),
    "no-server": _("Name a server: one to read from, one to send by, or both."),
    "not-a-host": _(
        "This is no name of a server. It is like imap.university.example, without http and port."
    ),
    "not-a-port": _("A port is a number from 1 to 65535."),
    "only-loopback": _("Without encryption only a server on this very machine is spoken to."),
    "not-from-here": _("From a shared server only mail servers on their usual ports are asked."),
    "no-client": _("Give the client ID that the provider gave out for Askwell."),
    "not-a-client": _("This cannot be right: it is one word, without spaces, as the provider shows it."),
    "not-a-line": _("This holds characters that cannot be kept."),
    "no-password": _("Give the password."),
    "no-password-as-it-stands": _("This is no password or token: it holds line ends, or is too long."),
    "sending-now": _("A letter is going out by it right now. Try again in a minute."),
}
