"""Commands of every day: what to do now, whom to ask next, done, later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from askwell.cli.options import Json, Now, PurposeWanted
from askwell.cli.words import _, _n
from askwell.rules.facts import Mode

if TYPE_CHECKING:
    from askwell.cli.desk import Desk
    from askwell.outreach.models import Talk
    from askwell.outreach.queries.lines import ReasonLine, StepLine, Suggestion, Today

Key = Annotated[str, typer.Argument(metavar="STEP", help="The step's key, as today shows it: thank:talk:7.")]


def today(
    group: Annotated[
        str, typer.Option(metavar="GROUP", help="Only owed, today, this_week, later or snoozed.")
    ] = "",
    why: Annotated[bool, typer.Option("--why", help="Show every reason, with its rule.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """What to do now, and why: debts first, then today, this week, whose turn it is, and whom to ask."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import queries
    from askwell.outreach.queries.the_day import talks_of_the_day

    desk = sit_down(now=now, json=json)
    if group:
        _check_group(group)
        rows = queries.steps(desk.owner, now=desk.now, group=group)
        _print_steps(rows, group) if json else print("\n".join(_line(step, why=why) for step in rows))
        return
    page = queries.today(desk.owner, now=desk.now)
    talks = talks_of_the_day(desk.owner, now=desk.now, zone=ZoneInfo(desk.zone))
    if json:
        _print_json(page, talks)
    else:
        _print_page(page, [_talk_line(desk, talk) for talk in talks], why=why)


def _check_group(group: str) -> None:
    from askwell.cli.failures import BadUse

    if group not in GROUPS:
        raise BadUse(
            _("%(group)s is no group. Choose one of %(groups)s.")
            % {"group": group, "groups": ", ".join(GROUPS)}
        )


GROUPS = ("owed", "today", "this_week", "later", "snoozed")


def _print_steps(steps: Iterable[StepLine], group: str) -> None:
    from askwell.cli.desk import emit, plain

    for step in steps:
        emit({"group": group, **plain(step)})


def _talk_line(desk: Desk, talk: Talk) -> str:
    when, minutes = desk.local(talk.starts_at), talk.minutes
    return f"  {when}, {talk.contact.name}, {minutes} min" + (f", {talk.where}" if talk.where else "")


def _talk_row(talk: Talk) -> dict[str, object]:
    names = ("contact_id", "starts_at", "minutes", "channel", "where")
    values = {name.removesuffix("_id"): getattr(talk, name) for name in names}
    return {"group": "talks", "talk": talk.pk, "contact_name": talk.contact.name, **values}


def _print_json(page: Today, talks: Iterable[Talk]) -> None:
    from askwell.cli.desk import emit, plain

    for talk in talks:
        emit(_talk_row(talk))
    for group in GROUPS[:3]:
        _print_steps(getattr(page, group), group)
    for line in page.waiting:
        emit({"group": "waiting", **plain(line)})
    if page.season and page.someone_new:
        emit({"group": "season", **plain(page.season)})
    for suggestion in page.someone_new:
        emit({"group": "someone_new", **plain(suggestion)})


def _print_page(page: Today, talks: list[str], *, why: bool) -> None:
    titles = {"owed": _("Owed"), "today": _("Today"), "this_week": _("This week")}
    print(page.goal.text if page.goal else _("No goal yet: askwell goal “…” in at most 25 words."))
    _print_group(_("Talks today"), talks)
    for group, title in titles.items():
        _print_group(title, [_line(step, why=why) for step in getattr(page, group)])
    _print_group(_("Waiting for others"), [f"  {line.sentence}" for line in page.waiting])
    season = [_season_line(page.season)] if page.season and page.someone_new else []
    _print_group(_("Someone new"), season + [suggestion_line(one) for one in page.someone_new])
    if not page.anybody:
        print("\n" + _(_EMPTY))
    elif not (page.owed or page.today or page.this_week):
        print("\n" + _("Nothing is due. That is a good place to be."))
    if page.later:
        print("\n" + _n("%(count)s step later.", "%(count)s steps later.", page.later))


def _season_line(season: ReasonLine) -> str:
    return f"  {season.rule}  {season.sentence}"


_EMPTY = "Nobody here yet. Bring in your contacts with askwell import FILE, or look around with askwell demo."


def _print_group(title: str, lines: list[str]) -> None:
    if lines:
        print("\n".join(["", title, *lines]))


def _line(step: StepLine, *, why: bool) -> str:
    lines = [f"  {step.title}, {step.when}  [{step.key}]"]
    shown = step.reasons if why else ()
    lines += [f"      {reason.rule}  {reason.sentence}" for reason in shown]
    if step.blocked_by:
        lines.append(f"      {_('First:')} {step.blocked_by.sentence}")
    return "\n".join(lines)


def suggestion_line(one: Suggestion) -> str:
    """Write whom to ask and why, on two lines."""
    reasons = "; ".join(reason.sentence.rstrip(".") for reason in one.reasons)
    return f"  {one.contact_name}{', ' + one.work if one.work else ''}  [#{one.contact}]\n      {reasons}"


def next_command(
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=100, help="How many.")] = 5,
    purpose: PurposeWanted = None,
    about_work: Annotated[
        bool, typer.Option("--about-work", help="For a letter about work: who hires comes sooner.")
    ] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Whom to ask next, best first, each with three reasons."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import queries

    desk = sit_down(now=now, json=json)
    mode = Mode.LEAD if about_work else None
    rows = queries.next_people(desk.owner, now=desk.now, count=count, purpose=purpose, mode=mode)
    season = queries.season(desk.owner, now=desk.now) if rows and not json else None
    if season:
        print(_season_line(season))
    desk.list(rows, suggestion_line, empty=_("Nobody to suggest yet: bring in contacts, and set a goal."))


def done(key: Key, now: Now = "", json: Json = False) -> None:
    """Do what a step says, where that takes no more than a word."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    step = queries.step(desk.owner, key=key, now=desk.now)
    change = actions.mark_done(desk.owner, key=key, now=desk.now)
    text = _("Done: %(title)s. askwell undo takes it back.") % {"title": step.title}
    desk.answer(text, {"done": key, "change": change.pk if change else None})


def snooze(
    key: Key,
    until: Annotated[
        str, typer.Argument(metavar="[WHEN]", help="Until when: tomorrow, friday, in 2 weeks.")
    ] = "",
    back: Annotated[bool, typer.Option("--back", help="Bring it back that was put off.")] = False,
    now: Now = "",
    json: Json = False,
) -> None:
    """Put a step off until a day, or bring it back."""
    from askwell.cli.desk import sit_down
    from askwell.cli.failures import BadUse
    from askwell.outreach import actions

    if back == bool(until):
        raise BadUse(_("Say until when, or --back to bring it back."))
    desk = sit_down(now=now, json=json)
    if back:
        actions.unsnooze(desk.owner, key=key, now=desk.now)
        desk.answer(_("It is back."), {"snoozed": key, "until": None})
        return
    kept = actions.snooze(desk.owner, key=key, until=desk.when(until), now=desk.now)
    text = _("It comes back on %(when)s.") % {"when": desk.local(kept.until)}
    desk.answer(text, {"snoozed": key, "until": kept.until})
