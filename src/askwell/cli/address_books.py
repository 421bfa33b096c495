"""Address books on a server: connected, brought in step, and what both sides say differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from askwell.cli.failures import REFUSED, BadUse, Failure, NotFound
from askwell.cli.options import Json, Now
from askwell.cli.passwords import Agree, PasswordStdin, User, read_secret
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Callable

    from askwell.cli.desk import Desk
    from askwell.gateways.dav_collections import Collection
    from askwell.people.address_book_sync import Open, Report
    from askwell.people.models import AddressBook

WHAT = "connect, sync, conflicts, settle, set or disconnect"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What was said beside the words."""

    user: str = ""
    password_stdin: bool = False
    agree: tuple[str, ...] = ()
    book: str = ""
    send: str = ""
    tag: str = ""
    private: bool | None = None
    dry_run: bool = False
    bring_in: bool = False
    remove_there: bool = False
    keep: str = ""


def address_book(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help=f"{WHAT}; nothing: the list.")] = "",
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...", help="connect: where it is; settle: whom, and which field, or all."
        ),
    ] = None,
    user: User = "",
    password_stdin: PasswordStdin = False,
    agree: Agree = None,
    book: Annotated[
        str, typer.Option(metavar="NAME", help="Which address book, where there are several.")
    ] = "",
    send: Annotated[
        str, typer.Option(metavar="WHO", help="connect, set: who goes there: nobody, tagged, everybody.")
    ] = "",
    tag: Annotated[str, typer.Option(help="connect, set: send those with this tag.")] = "",
    private: Annotated[
        bool | None, typer.Option("--private/--no-private", help="connect, set: notes and tags too.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="sync: say what it would do.")] = False,
    bring_in: Annotated[bool, typer.Option("--bring-in", help="sync: bring in whom only they have.")] = False,
    remove_there: Annotated[
        bool, typer.Option("--remove-there", help="sync: remove the cards of people you removed here.")
    ] = False,
    keep: Annotated[str, typer.Option(metavar="SIDE", help="settle: here, there, or both.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Keep the address book of your phone or mail program in step with the people here."""
    from askwell.cli.desk import sit_down

    given = _Options(
        user=user,
        password_stdin=password_stdin,
        agree=tuple(agree or ()),
        book=book,
        send="tagged" if tag and not send else send,
        tag=tag,
        private=private,
        dry_run=dry_run,
        bring_in=bring_in,
        remove_there=remove_there,
        keep=keep,
    )
    if what not in _DO:
        raise BadUse(_("%(what)s is none of %(all)s.") % {"what": what, "all": WHAT})
    _DO[what](sit_down(now=now, json=json), list(words or []), given)


def _show(desk: Desk, _words: list[str], _given: _Options) -> None:
    empty = _("No address book yet: askwell address-book connect https://… --user NAME")
    desk.list(map(_row, _books(desk)), _line, empty=empty)


def _books(desk: Desk) -> list[AddressBook]:
    from askwell.people.models import AddressBook

    return list(AddressBook.objects.for_owner(desk.owner).select_related("owner").order_by("pk"))


def _row(book: AddressBook) -> dict[str, Any]:
    names = ("name", "url", "user", "read_only", "sends", "tag", "private_too", "synced_at", "trouble")
    return {"book": book.pk, **{name: getattr(book, name) for name in names}}


def _line(row: dict[str, Any]) -> str:
    return f"#{row['book']}  {row['name']}  {row['url']}"


def _one(desk: Desk, given: _Options) -> AddressBook:
    """Give the address book meant, or the only one."""
    books = _books(desk)
    wanted = given.book.casefold()
    named = [book for book in books if wanted in {book.name.casefold(), str(book.pk), f"#{book.pk}"}]
    found = named if wanted else books
    if not found:
        raise NotFound(_("There is no such address book: askwell address-book shows them."))
    if len(found) > 1:
        raise BadUse(_("Say which one: --book NAME."), books=[book.name for book in found])
    return found[0]


# -- connect, set, disconnect


def _connect(desk: Desk, words: list[str], given: _Options) -> None:
    from askwell.mailroom import address_books

    if len(words) != 1:
        raise BadUse(_("Say where it is: https://…, or the domain of your address."))
    _check(given)
    secret = read_secret(from_stdin=given.password_stdin)
    found = _said(
        lambda: address_books.look(words[0], user=given.user, secret=secret, agreed=given.agree), connect=True
    )
    chosen = _chosen(found, given)
    book = address_books.take_up(desk.owner, chosen, user=given.user, secret=secret)
    _sending(book, given)
    desk.answer(_("Connected: %(name)s. Next: askwell address-book sync") % {"name": book.name}, _row(book))


def _chosen(found: tuple[Collection, ...], given: _Options) -> Collection:
    wanted = [one for one in found if given.book.casefold() in {one.name.casefold(), one.url.casefold()}]
    left = wanted if given.book else list(found)
    if len(left) == 1:
        return left[0]
    names = ", ".join(one.name for one in found)
    sentence = _("There are several; say which one: --book NAME (%(names)s)") % {"names": names}
    raise BadUse(sentence, books=[{"name": one.name, "url": one.url} for one in found])


def _check(given: _Options) -> None:
    from askwell.people.models import Sending

    if given.send and given.send not in Sending.values:
        raise BadUse(_("--send is one of %(all)s.") % {"all": ", ".join(Sending.values)})
    if given.send == Sending.TAGGED and not given.tag.strip(" #"):
        raise BadUse(_("Say which tag: --tag TAG."))


def _sending(book: AddressBook, given: _Options) -> None:
    from askwell.people import address_book_sync as syncing

    private = book.private_too if given.private is None else given.private
    syncing.set_sending(book, given.send or book.sends, tag=given.tag or book.tag, private_too=private)


def _set(desk: Desk, _words: list[str], given: _Options) -> None:
    _check(given)
    book = _one(desk, given)
    _sending(book, given)
    desk.answer(_("Kept."), _row(book))


def _disconnect(desk: Desk, words: list[str], given: _Options) -> None:
    from dataclasses import replace

    from askwell.mailroom import address_books

    book = _one(desk, replace(given, book=words[0]) if words else given)
    row = _row(book)
    address_books.let_go(book)
    sentence = _("%(name)s is let go: people stay here, cards stay there.") % {"name": book.name}
    desk.answer(sentence, row)


# -- sync


def _sync(desk: Desk, _words: list[str], given: _Options) -> None:
    from askwell.cli.progress import progress
    from askwell.mailroom import address_books
    from askwell.people.address_book_sync import Wishes

    book = _one(desk, given)
    wishes = Wishes(
        country=_country(desk),
        dry_run=given.dry_run,
        bring_in=given.bring_in,
        remove_there=given.remove_there,
    )
    with progress(_("Bringing both in step")) as tell:
        report = _said(
            lambda: address_books.bring_in_step(
                book, wishes, now=desk.now, progress=lambda _s, done, of: tell(done, of or 0)
            )
        )
    desk.answer("\n".join(_told(report)), report.to_json())
    if report.refused or report.waiting:
        raise typer.Exit(REFUSED)


def _country(desk: Desk) -> str:
    from askwell.outreach.queries import seeker_of

    return seeker_of(desk.owner).country


def _told(report: Report) -> list[str]:
    lines = [
        *(_("Here: %(who)s (%(what)s)") % _who(one.name, one.keys) for one in report.changed_here),
        *(_("There: %(who)s (%(what)s)") % _who(one.name, one.keys) for one in report.changed_there),
        *(_("New there: %(who)s") % {"who": one.name} for one in report.added_there),
        *(_("Removed there, kept here: %(who)s") % {"who": name} for name in report.removed_there),
        *(_("Removed there: %(who)s") % {"who": name} for name in report.taken_away_there),
        *(_("The server will not take: %(who)s") % {"who": name} for name in report.refused),
    ]
    lines += [sentence for count, sentence in _counts(report) if count]
    return lines or [_("In step: nothing to do.")]


def _who(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    from askwell.mailroom.address_books import field_name

    return {"who": name, "what": ", ".join(dict.fromkeys(map(field_name, keys)))}


def _counts(report: Report) -> list[tuple[int, str]]:
    left = len(report.removed_here) - len(report.taken_away_there)
    brought = report.new_there if report.brought_in else 0
    new, ask, unread = report.new_there - brought, report.questions, report.unread
    wait, only = report.waiting, report.not_written
    return [
        (brought, _n("%(n)s card brought in.", "%(n)s cards brought in.", brought, n=brought)),
        (
            new,
            _n(
                "%(n)s card there is of nobody here: --bring-in brings it in.",
                "%(n)s cards there are of nobody here: --bring-in brings them in.",
                new,
                n=new,
            ),
        ),
        (
            left,
            _n(
                "%(n)s card is of somebody you removed here: --remove-there removes it.",
                "%(n)s cards are of people you removed here: --remove-there removes them.",
                left,
                n=left,
            ),
        ),
        (
            ask,
            _n(
                "%(n)s field to settle: askwell address-book conflicts",
                "%(n)s fields to settle: askwell address-book conflicts",
                ask,
                n=ask,
            ),
        ),
        (unread, _n("%(n)s card is of no person.", "%(n)s cards are of no person.", unread, n=unread)),
        (
            wait,
            _n("%(n)s card waits for the next sync.", "%(n)s cards wait for the next sync.", wait, n=wait),
        ),
        (
            only,
            _n(
                "%(n)s card was not written: the address book may only be read.",
                "%(n)s cards were not written: the address book may only be read.",
                only,
                n=only,
            ),
        ),
    ]


# -- conflicts, settle


def _conflicts(desk: Desk, _words: list[str], _given: _Options) -> None:
    from askwell.people import address_book_sync as syncing

    found = syncing.open_questions(desk.owner, country=_country(desk))
    rows = [row for one in found for row in _questions(one)]
    desk.list(rows, _question_line, empty=_("Nothing to settle."))


def _questions(one: Open) -> list[dict[str, Any]]:
    from askwell.people.address_book_sync import can_be_both

    return [
        {
            "contact": one.contact.pk,
            "name": one.contact.name,
            "book": one.card.book.name,
            "field": _field(question.key),
            "why": question.why.value,
            "here": question.here.shown if question.here else None,
            "there": question.there.shown if question.there else None,
            "both": can_be_both(question),
        }
        for question in one.questions
    ]


def _field(key: str) -> str:
    """Give a field's key as one can type it: the parts of a postal address stand apart in it."""
    return " ".join(key.replace("\x1f", " ").split())


def _question_line(row: dict[str, Any]) -> str:
    nothing = _("nothing")
    sides = _("here: %(here)s; there: %(there)s") % {
        "here": row["here"] or nothing,
        "there": row["there"] or nothing,
    }
    return f"#{row['contact']}  {row['name']}  {row['field']}  {sides}"


def _settle(desk: Desk, words: list[str], given: _Options) -> None:
    from askwell.people import address_book_sync as syncing
    from askwell.people.journal import as_one

    if given.keep not in list(syncing.Choice):
        raise BadUse(_("Say which side is right: --keep here, there or both."))
    if not words:
        raise BadUse(_("Say whom, or all."))
    country = _country(desk)
    wanted = None if words == ["all"] else desk.person(words[0]).pk
    field = words[1] if len(words) > 1 else None
    chosen = [
        (one.card, question.key)
        for one in syncing.open_questions(desk.owner, country=country)
        for question in one.questions
        if wanted in {None, one.contact.pk} and field in {None, _field(question.key)}
    ]
    if not chosen:
        raise NotFound(_("There is nothing of that to settle: askwell address-book conflicts"))
    try:
        with as_one(desk.owner):
            for card, key in chosen:
                syncing.settle(card, key, syncing.Choice(given.keep), now=desk.now, country=country)
    except syncing.NotAsked as error:
        raise BadUse(_("That field cannot be both. Say --keep here or there.")) from error
    count = len(chosen)
    sentence = _n("%(n)s field settled.", "%(n)s fields settled.", count, n=count)
    desk.answer(sentence + " " + _("askwell undo takes it back."), {"settled": count})


def _said(act: Callable[[], Any], *, connect: bool = False) -> Any:
    """Do it; say in plain words what the server said no with."""
    from askwell.gateways.errors import GatewayError
    from askwell.gateways.webdav import Elsewhere
    from askwell.mailroom import address_books
    from askwell.people.address_book_sync import SyncBusy

    try:
        return act()
    except Elsewhere as error:
        how = _("If so: --agree %(host)s") % {"host": error.host} if connect else ""
        raise Failure(
            f"{address_books.said(error)} {how}".strip(), problem="elsewhere", host=error.host
        ) from error
    except GatewayError as error:
        raise Failure(address_books.said(error), problem=error.code.value, server=error.server) from error
    except SyncBusy as error:
        text = _("This address book is being brought in step already. Try again in a few minutes.")
        raise Failure(text, problem=error.code) from error


_DO: dict[str, Callable[[Desk, list[str], _Options], None]] = {
    "": _show,
    "connect": _connect,
    "sync": _sync,
    "conflicts": _conflicts,
    "settle": _settle,
    "set": _set,
    "disconnect": _disconnect,
}
