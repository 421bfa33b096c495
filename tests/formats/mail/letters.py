"""Messages of invented people, made from their headers and a text."""

from __future__ import annotations

LINA = "Lina Weiss <lina@example.org>"
ANNA = "Anna Berg <anna@harbour.example>"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.org>"


def raw(text: str = "Hello\n", /, **headers: str | list[str]) -> bytes:
    """A message; ``in_reply_to="..."`` is the header In-Reply-To, a list is several of one name."""
    given = {
        "from_": ANNA,
        "to": LINA,
        "date": "Mon, 23 Nov 2026 10:00:00 +0100",
        "subject": "Hello",
        **headers,
    }
    lines = []
    for name, value in given.items():
        title = name.strip("_").replace("_", "-").title()
        lines += [f"{title}: {one}" for one in ([value] if isinstance(value, str) else value)]
    return ("\n".join(lines) + "\n\n" + text).encode()


def parts(*bodies: str, kind: str = "multipart/mixed", more: str = "", **headers: str) -> bytes:
    """A message of several parts, each with its own head."""
    inside = "".join(f"--=b\n{body}\n" for body in bodies)
    return raw(f"{inside}--=b--\n", content_type=f'{kind}; boundary="=b"{more}', **headers)


def report(
    status: str,
    text: str = "Your message was not delivered.\n",
    original: str = "Message-ID: <1@example.org>\n",
    **headers: str,
) -> bytes:
    """A notice of delivery as RFC 3464 has it."""
    given = {
        "from_": DAEMON,
        "subject": "Undelivered Mail Returned to Sender",
        "return_path": "<>",
        **headers,
    }
    return parts(
        f"Content-Type: text/plain\n\n{text}",
        f"Content-Type: message/delivery-status\n\n{status}",
        f"Content-Type: text/rfc822-headers\n\n{original}",
        kind="multipart/report",
        more="; report-type=delivery-status",
        **given,
    )


def calendar(method: str, body: str = "", kind: str = "text/calendar", parameter: str = "") -> str:
    """A calendar as a part of a message."""
    event = body or (
        "BEGIN:VEVENT\nUID:talk-1@example.org\nSEQUENCE:2\nORGANIZER:mailto:lina@example.org\n"
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Anna Berg:mailto:anna@harbour.example\nEND:VEVENT\n"
    )
    lines = f"METHOD:{method}\n" if method else ""
    return f"Content-Type: {kind}{parameter}\n\nBEGIN:VCALENDAR\nVERSION:2.0\n{lines}{event}END:VCALENDAR\n"
