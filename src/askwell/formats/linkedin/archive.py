"""Which file of the archive is which, and their readings joined.  See the package's docstring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.formats.linkedin import connections, invitations, messages, own, people
from askwell.formats.linkedin.gathered import Gathered
from askwell.formats.opening import csv_of
from askwell.formats.problems import Log
from askwell.formats.records import OwnProfile, Reading
from askwell.formats.tables import Progress, Table, find_table, no_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from askwell.formats.members import Member

HEADERS: dict[str, tuple[set[str], ...]] = {
    # kind: the folded column names of which one set must be there
    "connections": (
        {"firstname", "lastname", "connectedon"},
        {"firstname", "lastname", "url", "company", "position"},
        {"firstname", "lastname", "emailaddress", "company", "position"},
        {"name", "url", "connectedon"},
    ),
    "messages": ({"conversationid", "from", "content"}, {"from", "to", "date", "content"}),
    "invitations": ({"from", "to", "sentat"},),
    "notes": ({"connectionfirstname", "note"}, {"connectionprofileurl", "note"}),
    "contacts": ({"firstname", "lastname", "emails"}, {"fullname", "emails", "phonenumbers"}),
    "profile": ({"firstname", "lastname", "headline"},),
    "positions": ({"companyname", "title", "startedon"},),
    "education": ({"schoolname", "degreename"}, {"schoolname", "startdate"}),
    "events": ({"eventname", "eventtime"},),
    "email_addresses": ({"emailaddress", "confirmed"}, {"emailaddress", "primary"}),
    "recommendations": ({"firstname", "lastname", "text", "creationdate"},),
}

# Files of the archive that say nothing about other people; their columns could be taken for contacts.
NOT_PEOPLE = frozenset(
    f"{name}.csv"
    for name in (
        *("guide_messages", "learning_role_play_messages", "learning_coach_messages", "skills", "languages"),
        *("ad_targeting", "ads clicked", "articles", "comments", "company follows", "causes you care about"),
        *("certifications", "courses", "endorsement_given_info", "endorsement_received_info", "groups"),
        *(
            "honors",
            "inferences_about_you",
            "instantreposts",
            "job applications",
            "saved jobs",
            "savedjobalerts",
        ),
        *(
            "job applicant saved answers",
            "job applicant saved screening question responses",
            "job seeker preferences",
        ),
        *(
            "learning",
            "lan ads engagement",
            "logins",
            "security challenges",
            "member_follows",
            "organizations",
        ),
        *("patents", "phonenumbers", "private_identity_asset", "profile summary", "projects", "publications"),
        *(
            "reactions",
            "receipts",
            "receipts_v2",
            "registration",
            "rich_media",
            "saved_articles",
            "searchqueries",
        ),
        *(
            "search queries",
            "shares",
            "test scores",
            "verifications",
            "volunteering",
            "votes",
            "hashtag_follows",
        ),
        *("whatsapp phone numbers", "services marketplace engagement", "continuous", "event attendance"),
    )
)

READERS: tuple[tuple[str, Callable[[Table, Gathered, Log], None]], ...] = (
    # in this order: who the owner is must be known before messages are given a direction
    ("profile", own.read_profile),
    ("email_addresses", own.read_email_addresses),
    ("positions", own.read_positions),
    ("education", own.read_education),
    ("connections", connections.read_connections),
    ("contacts", people.read_contacts),
    ("invitations", invitations.read_invitations),
    ("messages", messages.read_messages),
    ("notes", people.read_notes),
    ("recommendations", people.read_recommendations),
    ("events", own.read_events),
)


def kind_of_header(names: set[str]) -> str:
    """Which LinkedIn file has these folded column names, or ``""``."""
    for kind, headers in HEADERS.items():
        if any(header <= names for header in headers):
            return kind
    return ""


def read(
    members: Sequence[tuple[str, Member]], *, default_country: str = "", progress: Progress | None = None
) -> Reading:
    """Everything in these files, each given with its kind (see ``kind_of_header``)."""
    gathered = Gathered(default_country=default_country, progress=progress or no_progress)
    for kind, reader in READERS:
        for member_kind, member in members:
            if member_kind == kind:
                _read_one(kind, member, reader, gathered)
    messages.resolve(gathered)
    if gathered.is_empty():
        gathered.logs[0].add("no-rows", 1)
    return _joined(gathered)


def _read_one(
    kind: str, member: Member, reader: Callable[[Table, Gathered, Log], None], gathered: Gathered
) -> None:
    log = Log(member.name)
    gathered.logs.append(log)
    with csv_of(member, log) as rows:
        table = find_table(rows, lambda names: kind_of_header(names) == kind)
        if table is not None:
            reader(table, gathered, log)


def _joined(gathered: Gathered) -> Reading:
    skipped: dict[str, int] = {}
    for log in gathered.logs:
        for reason, count in log.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + count
    return Reading(
        format="linkedin",
        people=tuple(gathered.people),
        touches=tuple(gathered.touches),
        events=tuple(gathered.events),
        own=_own(gathered),
        problems=tuple(problem for log in gathered.logs for problem in log.problems()),
        skipped=skipped,
    )


def _own(gathered: Gathered) -> OwnProfile | None:
    facts = gathered.own
    if facts.source is None:
        return None
    return OwnProfile(
        name=facts.name,
        source=facts.source,
        headline=facts.headline,
        summary=facts.summary,
        industry=facts.industry,
        place=facts.place,
        profile_url=gathered.owner.url,
        emails=tuple(facts.emails),
        positions=tuple(facts.positions),
    )
