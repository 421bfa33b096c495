"""The QR code of a card: a vCard a telephone takes up.

Theory of operation.  The vCard is written by our own writer, in version 3.0, which every telephone reads,
and holds only what stands on the card; so the code stays coarse enough to be read across a table.
"""

from __future__ import annotations

import io

import segno

from askwell.formats.records import Email, Name, PersonRecord, Phone, Source, Url
from askwell.formats.vcard.writer import write


def vcard_of(*, name: Name, role: str = "", email: str = "", phone: str = "", profile: str = "") -> bytes:
    """Write what stands on a card as a vCard; a profile without its scheme gets one."""
    url = profile if "://" in profile or not profile else f"https://{profile}"
    record = PersonRecord(
        name=name,
        source=Source(file=""),
        title=role,
        emails=(Email(value=email),) if email else (),
        phones=(Phone(value=phone),) if phone else (),
        urls=(Url(value=url),) if url else (),
    )
    return b"".join(write([record], version="3.0"))


def qr_svg(data: bytes) -> bytes:
    """Draw a QR code as SVG, black on white with its quiet zone, as large as its place."""
    try:
        code = segno.make(data.decode(), error="m", micro=False, encoding="utf-8")
    except segno.DataOverflowError:  # with less to mend a scratch by, more goes in
        code = segno.make(data.decode(), error="l", micro=False, encoding="utf-8")
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, light="white", dark="black", omitsize=True, xmldecl=False)
    return out.getvalue()
