"""Letters being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.mailroom.lifecycle import OPEN
from askwell.mailroom.outbox import of_letter
from askwell.outreach.actions._doing import can, fresh, move_if_possible, one_of, towards
from askwell.outreach.actions._joining import join_with_last
from askwell.outreach.actions._touching import own_outreach
from askwell.outreach.errors import BadValue, Refused
from askwell.outreach.judging import judge_person
from askwell.outreach.letters import correspondence, lint_errors, write
from askwell.outreach.shelf import carried
from askwell.rules.facts import Happening, Occasion
from askwell.rules.goal import check_goal
from askwell.rules.modes import FIRST_LETTER_MODES

if TYPE_CHECKING:
    from askwell.people.journal import Journal
from typing import TYPE_CHECKING

from askwell.outreach.models import Draft
from askwell.rules.facts import Channel, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from askwell.outreach.models import Outreach, Talk
    from askwell.people.models import Contact


def new_draft(  # noqa: PLR0913 - each is a fact of its own
    contact: Contact,
    *,
    mode: Mode | str,
    now: datetime,
    channel: Channel | str = Channel.EMAIL,
    outreach: Outreach | None = None,
    talk: Talk | None = None,
    variant: int = 0,
    occasion: Occasion | str = "",
    given: Mapping[str, str] | None = None,
) -> Draft:
    """Write a draft from what is known (who, why them, how connected, twenty minutes).

    ``given`` are facts of ``rules.letters.LetterFacts`` for this letter alone.  A request for an
    introduction is about someone else, and belongs to no outreach towards whoever is asked for it.
    Raises Refused: at the guarded employer.
    """
    how, way = one_of(Mode, "mode", mode), one_of(Channel, "channel", channel)
    special = one_of(Occasion, "occasion", occasion).value if occasion else ""
    with towards(contact, "draft_made", now=now, mode=how.value) as log:
        chosen = own_outreach(how, outreach or (talk.outreach if talk else None))
        about = correspondence(contact, now=now, outreach=chosen, talk=talk)
        if about.known.at_guarded_employer:
            raise Refused(judge_person(contact, now=now))
        written = write(about, mode=how, channel=way, variant=variant, occasion=special, given=given)
        draft = log.create(
            Draft(
                owner_id=contact.owner_id,
                contact=contact,
                outreach=chosen,
                talk=talk,
                mode=how,
                occasion=special,
                channel=way,
                subject=written.subject[:300],
                body=written.body,
                variant=variant,
                updated_at=now,
            )
        )
        _weigh(log, draft, now=now)
    return draft


def save_draft(
    draft: Draft, *, subject: str, body: str, now: datetime, channel: Channel | str | None = None
) -> Draft:
    """Keep the text as typed.  Saves of one draft in a row are one step back for undo."""
    with towards(draft.contact, "draft_saved", now=now, draft=draft.pk) as log:
        _unsent(fresh(draft))
        way = draft.channel if channel is None else one_of(Channel, "channel", channel).value
        kept = {"subject": subject[:300], "body": body, "channel": way}
        if any(getattr(draft, name) != value for name, value in kept.items()):
            log.change(draft, **kept, updated_at=now)
            _weigh(log, draft, now=now)
    join_with_last(log)
    return draft


def mend_draft(draft: Draft, *, subject: str, body: str, now: datetime) -> Draft:
    """Put another text in its place, as one step of its own for undo: a fix, a letter written anew."""
    with towards(draft.contact, "draft_mended", now=now) as log:
        _unsent(fresh(draft))
        if (draft.subject, draft.body) != (subject[:300], body):
            log.change(draft, subject=subject[:300], body=body, updated_at=now)
            _weigh(log, draft, now=now)
    return draft


def next_variant(draft: Draft, *, now: datetime) -> Draft:
    """Write it again in other words; the text before comes back with undo."""
    with towards(draft.contact, "draft_varied", now=now) as log:
        _unsent(fresh(draft))
        about = correspondence(draft.contact, now=now, outreach=draft.outreach, talk=draft.talk)
        written = write(
            about,
            mode=Mode(draft.mode),
            channel=Channel(draft.channel),
            variant=draft.variant + 1,
            occasion=draft.occasion,
            given=carried(draft),
        )
        log.change(
            draft,
            subject=written.subject[:300],
            body=written.body,
            variant=draft.variant + 1,
            updated_at=now,
        )
        _weigh(log, draft, now=now)
    return draft


def discard_draft(draft: Draft, *, now: datetime) -> None:
    """Throw an unsent draft away."""
    with towards(draft.contact, "draft_discarded", now=now) as log:
        _unsent(fresh(draft))
        outreach = draft.outreach
        log.delete(draft)
        if outreach is not None and not _has_clean_letter(outreach, now=now):
            move_if_possible(log, outreach, Happening.MADE_UNREADY, at=now)


def _unsent(draft: Draft) -> None:
    if draft.sent_at is not None:
        raise BadValue("draft", "sent-already")
    if of_letter(draft.owner_id, draft.pk, *OPEN) is not None:
        raise BadValue("draft", "waits-to-go")


def _weigh(log: Journal, draft: Draft, *, now: datetime) -> None:
    """An outreach is ready when the goal is clear and a first letter of it has no error left."""
    outreach = draft.outreach
    if outreach is None or Mode(draft.mode) not in FIRST_LETTER_MODES:
        return
    ready = _has_clean_letter(outreach, now=now)
    happening = Happening.MADE_READY if ready else Happening.MADE_UNREADY
    if can(outreach, happening):
        move_if_possible(log, outreach, happening, at=now)


def _has_clean_letter(outreach: Outreach, *, now: datetime) -> bool:
    about = correspondence(outreach.contact, now=now, outreach=outreach)
    goal = about.around.goal
    if not check_goal(goal.text if goal else "", preset=about.around.preset).clear:
        return False
    drafts = outreach.drafts.filter(sent_at=None, mode__in=FIRST_LETTER_MODES).order_by("-updated_at", "-pk")
    return any(
        not lint_errors(
            about, mode=Mode(one.mode), channel=Channel(one.channel), subject=one.subject, body=one.body
        )
        for one in drafts
    )
