"""One door for every foreign file: what it is, and what is in it.

Theory of operation.  What is handed over is taken apart into members (files inside
folders and archives), each is recognised by its first bytes and its header, never by its
extension alone, and given to the reader of its format.  Files of one LinkedIn archive are
read together.  A file of the wrong kind becomes an error-level problem that says what it
looks like and what to do.  Nothing here raises for what is in a file; only the caller's
own progress hook may, to cancel.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from askwell.formats import google_csv, linkedin, mapped_csv, monica, outlook_csv, prose, vcard
from askwell.formats.csv_rows import rows_of_text
from askwell.formats.encodings import decode
from askwell.formats.errors import FormatError
from askwell.formats.kinds import NOT_CONTACTS, kind_of_bytes
from askwell.formats.limits import DEFAULT_LIMITS, Limits
from askwell.formats.mail.archives import box_of_member, boxes_in, head_of, is_mail, is_mail_folder
from askwell.formats.mail.past import read_boxes
from askwell.formats.members import Found, Member, SourceFile, files_in_folder, find_members
from askwell.formats.problems import Log, problem, problem_of
from askwell.formats.records import Problem, Reading, merge_readings
from askwell.formats.tables import Progress, find_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from askwell.formats.mail.past import Box, Wanted

ROWS_LOOKED_AT = 100
CSV_FORMATS = {"linkedin", "google_csv", "outlook_csv", "mapped_csv"}

__all__ = ["SourceFile", "read_bytes", "read_files", "read_path", "sniff"]


class _Seen(NamedTuple):
    member: Member
    format: str
    part: str  # which file of a LinkedIn archive
    inside: bool  # of a folder or archive


class _Options(NamedTuple):
    default_country: str
    mapping: Mapping[str, str] | None
    progress: Progress | None
    mail: Wanted | None = None


def sniff(name: str, head: bytes) -> str:
    """The format of a file that begins with ``head`` (a few KB are enough).

    One of ``linkedin``, ``google_csv``, ``outlook_csv``, ``mapped_csv``, ``vcard``, ``monica``, ``mail``,
    ``zip``, or what it looks like instead: ``empty``, ``pdf``, ``image``, ``xlsx``, ``docx``,
    ``html``, ``ics``, ``eml``, ``json``, ``archive``, ``text``, ``unknown``.
    """
    return _sniff(name, head)[0]


def _sniff(name: str, head: bytes) -> tuple[str, str]:
    """The format, and for LinkedIn which file of the archive."""
    if is_mail(head):
        return "mail", ""
    kind = kind_of_bytes(name, head)
    if kind == "csv" and name.lower().endswith(".vcf"):
        return "vcard", ""
    return _csv_format(name, head) if kind == "csv" else (kind, "")


def _csv_format(name: str, head: bytes) -> tuple[str, str]:
    whole = head[: head.rfind(b"\n") + 1] or head
    text, _ = decode(whole, file=name)
    found: list[tuple[str, str]] = []

    def is_header(names: set[str]) -> bool:
        if part := linkedin.kind_of_header(names):
            found.append(("linkedin", part))
        elif google_csv.is_header(names):
            found.append(("google_csv", ""))
        elif outlook_csv.is_header(names):
            found.append(("outlook_csv", ""))
        return bool(found)

    table = find_table(rows_of_text(text, Log(name)), is_header)
    if table is not None:
        under = (record.cells for record in islice(table, ROWS_LOOKED_AT))
        return ("text", "") if prose.hides_a_header(len(table.header), under) else found[0]
    return ("mapped_csv" if mapped_csv.is_table(whole, file=name) else "text"), ""


def read_path(
    path: Path,
    *,
    default_country: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    mail: Wanted | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Read a file, an archive or a folder.  Never raises for what is in it."""
    options = _Options(default_country, mapping, progress, mail)
    if not path.is_dir():
        return _read([SourceFile(path.name, path)], options, limits, inside=False)
    if is_mail_folder(path):
        return _read_mail(boxes_in(path), options)
    try:
        sources = files_in_folder(path, limits)
    except FormatError as error:
        return Reading(format="unknown", problems=(problem_of(error),))
    if not sources:
        return Reading(format="unknown", problems=(problem("no-files", file=path.name),))
    return _read(sources, options, limits, inside=True)


def read_bytes(
    name: str,
    data: bytes,
    *,
    default_country: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read one file already in memory."""
    files = [SourceFile(name, None, data)]
    return read_files(files, default_country=default_country, mapping=mapping, progress=progress)


def read_files(
    files: Sequence[SourceFile],
    *,
    default_country: str = "",
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    mail: Wanted | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Read several files at once; those of one LinkedIn archive belong together.

    ``default_country`` (``DE``) is for phone numbers without a country code; ``mapping`` (field
    to column, see ``mapped_csv``) is used for every CSV when given; ``progress`` is called with
    stage, rows done and rows in all (or None) and may raise to cancel; ``mail`` says what is wanted of mail.
    """
    return _read(files, _Options(default_country, mapping, progress, mail), limits, inside=False)


def _read(sources: Sequence[SourceFile], options: _Options, limits: Limits, *, inside: bool) -> Reading:
    found = Found()
    with found.opened:
        for source in sources:
            if source.path is not None and is_mail(head_of(source.path)):  # however large: it is not held
                found.members.append(Member(source.name, source.size(), source.open))
            else:
                find_members(source, found, limits)
        direct = set() if inside else {source.name for source in sources}
        mapped = options.mapping is not None
        seen = [_see(one, inside=one.name not in direct, mapped=mapped) for one in found.members]
        parts = list(_readings(seen, options))
    told = tuple(found.problems)
    if not parts and not told:
        told = (problem("no-files", file=sources[0].name if sources else ""),)
    return _together(parts, told)


def _together(parts: list[Reading], told: tuple[Problem, ...]) -> Reading:
    known = [part for part in parts if part.format != "unknown"] or parts
    joined = merge_readings([*parts, Reading(format="unknown", problems=told)])
    formats = {part.format for part in known} or {"unknown"}
    return Reading(
        format=formats.pop() if len(formats) == 1 else "several",
        people=joined.people,
        touches=joined.touches,
        events=joined.events,
        own=joined.own,
        problems=joined.problems,
        skipped=joined.skipped,
        histories=joined.histories,
        own_addresses=joined.own_addresses,
    )


def _see(member: Member, *, inside: bool, mapped: bool) -> _Seen:
    head = member.head()
    if not head and member.size:
        return _Seen(member, "damaged", "", inside)
    kind, part = _sniff(member.name, head)
    beside = kind in {"linkedin", "text"} and member.base in linkedin.NOT_PEOPLE
    if beside or (kind == "text" and mapped):  # whoever names the columns knows that it is a table
        kind = "mapped_csv"
    return _Seen(member, kind, part, inside)


def _readings(seen: list[_Seen], options: _Options) -> Iterable[Reading]:
    by_folder: dict[str, list[_Seen]] = {}
    for one in seen:
        if one.format == "linkedin" and options.mapping is None:
            by_folder.setdefault(one.member.folder, []).append(one)
    for group in by_folder.values():
        yield _read_linkedin(group, options)
    if mails := [box_of_member(one.member) for one in seen if one.format == "mail"]:
        yield _read_mail(mails, options)
    others = [
        one
        for one in seen
        if one.format != "mail" and (one.format != "linkedin" or options.mapping is not None)
    ]
    used = [one for one in others if not _is_beside_the_point(one, by_folder)]
    for one in used:
        yield _read_one(one, options)
    if left := len(others) - len(used):
        yield Reading(format="unknown", skipped={"other_file": left})
        if not used and not by_folder and not mails:
            yield Reading(format="unknown", problems=(problem("no-files", file=others[0].member.folder),))


def _is_beside_the_point(one: _Seen, linkedin_folders: Mapping[str, object]) -> bool:
    """A file in a folder or archive that holds no contacts: counted, not a problem."""
    if one.format in NOT_CONTACTS:
        return one.inside and one.format != "damaged"
    if one.format != "mapped_csv":
        return False
    if linkedin_folders and (one.inside or one.member.base in linkedin.NOT_PEOPLE):
        return True
    return one.inside and not one.member.base.endswith((".csv", ".tsv", ".txt"))


def _read_mail(boxes: Iterable[Box], options: _Options) -> Reading:
    """All mail is one archive: which side is the owner shows in the folder of what they sent."""

    def progress(done: int) -> None:
        if options.progress is not None:
            options.progress("reading", done, None)

    return read_boxes(boxes, options.mail, progress)


def _read_linkedin(group: list[_Seen], options: _Options) -> Reading:
    faults = Reading(format="linkedin", problems=tuple(p for one in group for p in one.member.faults()))
    reading = linkedin.read(
        [(one.part, one.member) for one in group],
        default_country=options.default_country,
        progress=options.progress,
    )
    return merge_readings([faults, reading])


def _read_one(one: _Seen, options: _Options) -> Reading:
    member = one.member
    if one.format in NOT_CONTACTS:
        faults = member.faults() or [problem(NOT_CONTACTS[one.format], file=member.name)]
        return Reading(format="unknown", problems=tuple(faults))
    reading = _by_format(one, options)
    return merge_readings([Reading(format=reading.format, problems=tuple(member.faults())), reading])


def _by_format(one: _Seen, options: _Options) -> Reading:
    member, country, progress = one.member, options.default_country, options.progress
    if one.format in CSV_FORMATS and options.mapping is not None:
        return mapped_csv.read_member(member, options.mapping, default_country=country, progress=progress)
    if one.format == "vcard":
        return vcard.read(member.read(), file=member.name, default_country=country)
    if one.format == "monica":
        return monica.read(member.read(), file=member.name, default_country=country, progress=progress)
    if one.format == "google_csv":
        return google_csv.read_member(member, default_country=country, progress=progress)
    if one.format == "outlook_csv":
        return outlook_csv.read_member(member, default_country=country, progress=progress)
    return mapped_csv.read_member(member, None, default_country=country, progress=progress)
