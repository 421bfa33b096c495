"""Which folder is which: by its mark (RFC 6154), else by the names that providers and programs give it.

Theory of operation.  A mark is believed before a name.  Of names only the last part counts (``INBOX.Sent``,
``[Gmail]/Gesendet``), folded; the first of the list that is there wins, so that a folder of one's own named
``Sent`` is not taken for the provider's where both exist and one is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imapclient.imap_utf7 import decode as decode_utf7

if TYPE_CHECKING:
    from collections.abc import Iterable

SENT, ALL, DRAFTS, JUNK, TRASH = "\\Sent", "\\All", "\\Drafts", "\\Junk", "\\Trash"
UNREADABLE = {"\\noselect", "\\nonexistent"}
# English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech, Swedish, Danish, Norwegian,
# Finnish, Turkish, Greek, Hungarian, Romanian, Russian, Ukrainian, Arabic, Hebrew, Chinese, Japanese, Korean:
# as Gmail, Outlook, Thunderbird, Apple Mail and the providers of those countries call it.
SENT_NAMES = (
    "sent", "sent messages", "sent items", "sent mail", "sent-mail", "sentbox", "outbox sent",
    "gesendet", "gesendete objekte", "gesendete elemente", "gesendete nachrichten", "postausgang gesendet",
    "envoyés", "messages envoyés", "éléments envoyés", "courrier envoyé", "objets envoyés",
    "enviados", "elementos enviados", "mensajes enviados", "correo enviado",
    "itens enviados", "e-mails enviados", "e-mail enviados", "mensagens enviadas", "enviadas",
    "inviata", "posta inviata", "inviati", "messaggi inviati",
    "verzonden", "verzonden items", "verzonden berichten", "verzonden objecten",
    "wysłane", "elementy wysłane", "wysłane wiadomości", "odeslané", "odeslaná pošta", "odoslané",
    "skickat", "skickade", "skickade objekt", "sendt", "sendte elementer", "sendt post", "sendte",
    "lähetetyt", "lähetetyt viestit",
    "gönderilmiş", "gönderilenler", "gönderilmiş öğeler", "gönderilmiş postalar",
    "απεσταλμένα", "στοιχεία απεσταλμένων", "elküldött", "elküldött elemek", "elküldött üzenetek",
    "trimise", "elemente trimise", "отправленные", "отправленные письма", "надіслані",
    "البريد المرسل", "العناصر المرسلة", "المرسل", "الرسائل المرسلة", "נשלח", "דואר שנשלח", "פריטים שנשלחו",
    "已发送", "已发邮件", "已发送邮件", "寄件備份", "送信済み", "送信済みメール", "送信済みアイテム",
    "보낸 메일함", "보낸편지함", "보낸 편지함",
)  # fmt: skip
ALL_NAMES = ("all mail", "alle nachrichten", "tous les messages", "todos", "كل البريد")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder as the server names it; ``marks``: its flags, ``delimiter``: between levels of its name."""

    name: str
    marks: frozenset[str] = frozenset()
    delimiter: str = "/"

    @property
    def readable(self) -> bool:
        """Whether it can hold mail at all; some only hold other folders."""
        return not any(mark.lower() in UNREADABLE for mark in self.marks)

    @property
    def last_part(self) -> str:
        """Its name without the folders it lies in."""
        return self.name.rpartition(self.delimiter)[2] if self.delimiter else self.name


def folder_of(flags: Iterable[object], delimiter: object, name: object) -> Folder:
    """Make a Folder of a line of LIST, whatever the server wrote there."""
    return Folder(
        name=decode_utf7(name) if isinstance(name, bytes) else str(name),
        marks=frozenset(map(_text, flags)),
        delimiter=_text(delimiter or b""),
    )


def _text(value: object) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)


def find(folders: Iterable[Folder], mark: str, names: tuple[str, ...] = ()) -> str:
    """Give the name of the folder so marked, else so called; "" where there is none."""
    readable = [folder for folder in folders if folder.readable]
    for folder in readable:
        if mark.lower() in {one.lower() for one in folder.marks}:
            return folder.name
    by_name = {folder.last_part.casefold(): folder.name for folder in reversed(readable)}
    return next((by_name[name] for name in names if name in by_name), "")
