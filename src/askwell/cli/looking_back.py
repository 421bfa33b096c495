"""Looking back: the week, and the record over the weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from askwell.cli.failures import BadUse
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n

if TYPE_CHECKING:
    from datetime import date

    from askwell.cli.desk import Desk
    from askwell.outreach.queries.reviews import ReviewPage

HAPPENED = {
    "first_messages": ("%(count)s first message sent", "%(count)s first messages sent"),
    "follow_ups": ("%(count)s follow-up", "%(count)s follow-ups"),
    "answers": ("%(count)s answer came", "%(count)s answers came"),
    "talks": ("%(count)s talk held", "%(count)s talks held"),
    "thanks": ("%(count)s note of thanks", "%(count)s notes of thanks"),
    "promises_kept": ("%(count)s promise kept", "%(count)s promises kept"),
    "gives": ("%(count)s time you gave something", "%(count)s times you gave something"),
    "told": ("%(count)s person told that you are looking", "%(count)s people told that you are looking"),
}


def review(
    well: Annotated[str | None, typer.Option(metavar="TEXT", help="What went well.")] = None,
    learnt: Annotated[str | None, typer.Option(metavar="TEXT", help="What you learnt.")] = None,
    next_: Annotated[
        str | None, typer.Option("--next", metavar="TEXT", help="What to try next week.")
    ] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option(
            "--ask", metavar="PERSON", help="Choose whom to ask in the week after; as often as you like."
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None, typer.Option("--leave-out", metavar="PERSON", help="Choose them no longer.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(min=0, max=2400, help="Minutes a week from now on; ends the review.")
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="The week is looked back on.")] = False,
    week: Annotated[str, typer.Option(metavar="DAY", help="Another week: any day of it (ISO).")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Look back on the week: what happened, what is owed, what you learnt, whom to ask next."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    monday = _monday(week)
    found = queries.review(desk.owner, now=desk.now, week=monday)
    said: dict[str, object] = {
        key: text for key, text in {"well": well, "learnt": learnt, "next": next_}.items() if text is not None
    }
    if ask or leave_out:
        said["people"] = _people(desk, found, ask or [], leave_out or [])
    if said:
        actions.keep_review(desk.owner, week=found.week, answers=said, now=desk.now)
    if done or minutes is not None:
        actions.finish_review(desk.owner, week=found.week, weekly_minutes=minutes, now=desk.now)
    if said or done or minutes is not None:
        found = queries.review(desk.owner, now=desk.now, week=found.week)
    desk.answer(_told(found), _plain(found))


def _people(desk: Desk, found: ReviewPage, ask: list[str], leave_out: list[str]) -> list[int]:
    """Give whom the review chooses now.  Raises NotFound, Ambiguous."""
    before = [pk for pk, _name in found.people]
    chosen = dict.fromkeys([*before, *(desk.person(text).pk for text in ask)])
    without = {desk.person(text).pk for text in leave_out}
    return [pk for pk in chosen if pk not in without]


def _monday(week: str) -> date | None:
    from datetime import date

    from askwell.rules.looking_back import monday_of

    if not week:
        return None
    try:
        return monday_of(date.fromisoformat(week))
    except ValueError:
        raise BadUse(_("%(day)s is no day: write it as 2026-11-23.") % {"day": week}) from None


def _plain(found: ReviewPage) -> dict[str, object]:
    return {
        "week": found.week,
        "done": found.done,
        "counts": found.counts,
        "answers": {key: found.answers.get(key, "") for key in ("well", "learnt", "next")},
        "owed": [step.key for step in found.owed],
        "people": [pk for pk, _name in found.people],
        "suggested": [one.contact for one in found.suggested],
        "weekly_minutes": found.weekly_minutes,
    }


def _told(found: ReviewPage) -> str:
    from askwell.rules.looking_back import QUESTIONS

    lines = [_("The week from %(day)s") % {"day": found.week.isoformat()}]
    lines += [f"  {_n(*HAPPENED[name], n)}" for name, n in found.counts.items() if n]
    lines += ["", _("Owed")] if found.owed else []
    lines += [f"  {step.title}, {step.when}" for step in found.owed]
    for key, text in QUESTIONS.items():
        lines += ["", text, f"  {found.answers.get(key) or '-'}"]
    lines += ["", _("You chose to ask")] if found.people else []
    lines += [f"  {name}  [#{pk}]" for pk, name in found.people]
    lines += ["", _("Whom to ask next")] if found.suggested else []
    lines += [f"  {one.contact_name}  [#{one.contact}]" for one in found.suggested]
    return "\n".join(lines)


def record(
    weeks: Annotated[int, typer.Option(min=1, max=104, help="How many weeks.")] = 26,
    csv: Annotated[str, typer.Option(metavar="PART", help="letters, answers, talks or shares, as CSV.")] = "",
    now: Now = "",
    json: Json = False,
) -> None:
    """Your own record: letters and talks by week, answers, thanks and promises with honest intervals."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import queries
    from askwell.outreach.pictures import pictures

    desk = sit_down(now=now, json=json)
    found = queries.record(desk.owner, now=desk.now, weeks=weeks)
    drawn = pictures(found)
    if csv:
        table = next((one for one in drawn if one.slug == csv), None)
        if table is None:
            words = {"what": csv, "all": ", ".join(one.slug for one in drawn)}
            raise BadUse(_("%(what)s is none of %(all)s.") % words)
        print(table.csv(), end="")
        return
    desk.answer("\n".join(f"{one.title}\n  {one.text}" for one in drawn), found)
