"""What the page of a letter shows beside the text: findings, missing facts, ways to send."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from askwell.formats.eml import LetterError, mailto_url
from askwell.outreach import letters
from askwell.outreach.kept_files import kept_file
from askwell.outreach.letter_files import address_of, resume_of
from askwell.outreach.queries import may_send, version_hint
from askwell.outreach.queries.shelf import shelf, whom_it_helps
from askwell.outreach.shelf import carried, named
from askwell.rules.facts import Channel, Connection, Mode
from askwell.rules.letters import LetterFacts, question
from askwell.rules.lint import Severity, explain, explain_fix
from askwell.rules.lint.letter import count_words
from askwell.web.forms.asking import CONNECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.outreach.kept_files import KeptFile
    from askwell.outreach.models import Draft, Resume
    from askwell.outreach.queries.lines import ReasonLine
    from askwell.rules import letters as drafting
    from askwell.rules.decisions import Decision
    from askwell.rules.lint import Finding

_OF_THE_SHELF = 20  # the newest things are looked through
_LOUDNESS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_NOT_ASKED = {"leave", "minutes", "windows", "last_date", "earlier_subject"}  # not facts to type


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in words; ``number`` is its place in reading order, by which its fix is asked for."""

    number: int
    code: str
    severity: str
    part: str
    offset: int
    length: int
    sentence: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact the draft could still use, asked in plain words."""

    key: str
    text: str
    choices: tuple[tuple[str, Any], ...] = ()


class Desk:
    """One letter on the desk: everything about it gathered once."""

    def __init__(self, draft: Draft, *, now: datetime) -> None:
        self.draft, self.now = draft, now
        self.mode, self.channel = Mode(draft.mode), Channel(draft.channel)
        self.about = letters.correspondence(draft.contact, now=now, outreach=draft.outreach, talk=draft.talk)

    @cached_property
    def found(self) -> list[Finding]:
        """Findings in reading order."""
        draft = self.draft
        return letters.lint_letter(
            self.about, mode=self.mode, channel=self.channel, subject=draft.subject, body=draft.body
        )

    @property
    def findings(self) -> list[FindingLine]:
        """Findings in words, the loudest first."""
        lines = [_in_words(number, each) for number, each in enumerate(self.found)]
        return sorted(lines, key=lambda line: (_LOUDNESS[Severity(line.severity)], line.number))

    @cached_property
    def resume(self) -> Resume | None:
        """The version that goes with the letter; None for a letter that carries none."""
        return resume_of(self.draft)

    @cached_property
    def file(self) -> KeptFile | None:
        """The file of that version, which the .eml carries; None where only its place is known."""
        return kept_file(self.resume.owner_id, self.resume.where) if self.resume else None

    @property
    def resume_hint(self) -> ReasonLine | None:
        """Say that this version has grown old."""
        return version_hint(self.resume, now=self.now) if self.resume else None

    @property
    def words(self) -> int:
        return count_words(self.draft.body)

    @cached_property
    def fresh(self) -> drafting.Draft:
        """The letter as it would be written now."""
        return self.build({})

    def build(self, answers: Mapping[str, str]) -> drafting.Draft:
        """Write it of what is known and what was answered."""
        known = {field.name for field in dataclasses.fields(LetterFacts)} - _NOT_ASKED
        given: dict[str, Any] = carried(self.draft) | {
            key: text.strip() for key, text in answers.items() if key in known and text.strip()
        }
        if "connection" in given:
            given["connection"] = (
                Connection(given["connection"]) if given["connection"] in set(Connection) else None
            )
        return letters.write(
            self.about,
            mode=self.mode,
            channel=self.channel,
            variant=self.draft.variant,
            occasion=self.draft.occasion,
            given=given,
        )

    @property
    def questions(self) -> list[Question]:
        """What the draft could still use."""
        return [
            Question(
                key=key,
                text=question(key, _),
                choices=tuple(CONNECTIONS.items()) if key == "connection" else (),
            )
            for key in self.fresh.missing
            if key not in _NOT_ASKED
        ]

    @cached_property
    def from_the_shelf(self) -> tuple[tuple[str, str], ...]:
        """What of the shelf would help them: how a letter names it, and why; only where it asks for one."""
        if "resource" not in self.fresh.missing:
            return ()
        links = list(shelf(self.draft.owner)[:_OF_THE_SHELF])
        found = (
            whom_it_helps(self.draft.owner, links, now=self.now, most=1, only=self.draft.contact)
            if links
            else {}
        )
        return tuple((named(link), found[link.pk][0].reason.sentence) for link in links if found[link.pk])

    @property
    def is_untouched(self) -> bool:
        """The text is still what was drafted."""
        if self.draft.body != self.fresh.body:
            return False
        # What is said by telephone or in a note has no subject: the one kept is that of the way before.
        return self.fresh.subject[:300] in {self.draft.subject, ""}

    @cached_property
    def decision(self) -> Decision:
        """Whether it may go out now."""
        return may_send(
            self.draft.contact, mode=self.mode, channel=self.channel, draft=self.draft, now=self.now
        )

    @cached_property
    def address(self) -> str:
        """Their e-mail to write to, the preferred one first; dead ones never."""
        return address_of(self.draft.contact)

    @property
    def barred(self) -> bool:
        """Nothing may go to them at all: no way out of the notebook is offered."""
        return any(one.hard and one.reason.rule in {"Q01", "Q04"} for one in self.decision.refusals)

    @property
    def mailto(self) -> str:
        """A link for the seeker's own mail program; empty where it cannot be made or must not be."""
        if self.barred:
            return ""
        try:
            return mailto_url(self.address, self.draft.subject, self.draft.body)
        except LetterError:
            return ""


def _in_words(number: int, finding: Finding) -> FindingLine:
    return FindingLine(
        number=number,
        code=finding.code,
        severity=finding.severity.value,
        part=finding.part.value,
        offset=finding.offset,
        length=finding.length,
        sentence=explain(finding, _),
        fix=explain_fix(finding.fix, _) if finding.fix else "",
    )
