"""Who to ask next: gates first, then a score shown as its reasons.

Theory of operation.  A gate hides a person altogether (asked for no contact, declined, something
open, too soon, guarded, enough people there).  Everyone else has

    score = fit(stage) x willingness x novelty x timing, each from 0 to 1,

which orders people and is never shown as a probability.  ``fit`` follows the stage of the search:
exploring favours variety, looking for interviews favours the less familiar, turning interviews into
offers favours the close (Barbulescu 2015).  ``novelty`` is an inverted U over mutual contacts
(Rajkumar and others 2022).  Weights and half-lives are defaults, ours.  Origin, age, gender and the
like are not among the facts, so they cannot count.

The list is then spread: at most two of one employer and five of one group in each ten, and one slot
in five for the dormant or unfamiliar, whom people tend to pass over.  Places are counted through
the week: those already taken come before the first of the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from askwell.rules.cadence import Lapse, lapse_of
from askwell.rules.decisions import because
from askwell.rules.facts import Mode, Purpose, Stage, State
from askwell.rules.lifecycle import ENDED
from askwell.rules.presets import PRESETS
from askwell.rules.timing import is_year_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Calendar, Relationship
    from askwell.rules.presets import Preset

HALF_LIFE_DAYS = 180
PER_EMPLOYER, PER_GROUP, TEN = 2, 5, 10
RESERVED_EVERY = 5
DOES_THE_WORK = 0.6  # ours: a word in common is not yet the same work
FULL_EXCHANGES = 8  # a year: the tie is as strong as exchanges make it
DAY_HOURS = 24.0
WEIGHTS = {"recency": 0.35, "exchanges": 0.30, "speed": 0.15, "closeness": 0.20}  # of the strength; ours
_DAY_SECONDS = 86_400.0
_UNFAMILIAR = 0.25
_MUTUALS_FEW, _MUTUALS_SOME = 10, 25
_FRESH_DAYS = 21
_PASSED_SHARE, _PASSED_MOST = 0.8, 4  # of the second set aside with such work, and the next three

_CLOSED = frozenset({State.DECLINED, State.CLOSED_NO_REPLY})


class Gate(StrEnum):
    """What hides a person from the ranking until something happens."""

    DO_NOT_CONTACT = "do_not_contact"
    GUARDED = "guarded"
    CLOSED = "closed"  # declined, or touches used up
    OPEN = "open"  # something is asked of them already


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the ranking may know of one person.  Shares are from 0 to 1; None means not known."""

    contact: int
    title_match: float = 0.0  # their work beside the goal
    diversity: float = 0.5  # how unlike the occupations heard so far
    organization: int | None = None
    group: str = ""  # school, employer of old, club: how the seeker knows them
    motivation: int | None = None  # for their organization, 1 to 5
    posting_open: bool = False
    mutuals: int | None = None
    last_touch_at: datetime | None = None
    unheard: bool = False  # all that happened went out, and nothing ever came from them
    exchanges: int = 0  # reciprocated, last 365 days
    median_reply_hours: float | None = None
    closeness: int | None = None  # 1 to 5
    they_also_start: bool = False
    shared_school: bool = False
    volunteer: bool = False
    introducer: bool = False  # someone warm could introduce, with leave
    unanswered: int = 0
    asks_since_give: int = 0
    colleagues_open: int = 0
    colleague_helps: bool = False
    do_not_contact: bool = False
    declined: bool = False
    used_up: bool = False  # touches used up
    open_outreach: bool = False
    volunteer_closed: bool = False  # paused, at the limit, or blocked
    guarded: bool = False
    debts: int = 0  # courtesy owed to them first
    decides: bool = False  # whom to take on, where one wants to be known or writes about work
    connector: bool = False  # gladly brings people together
    passed_like: int = 0  # people set aside for this goal whose work is like theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Someone to ask.  ``reasons`` are the top three; ``gate`` says why someone is not suggested.

    ``reserved``: in the place kept for the dormant or unfamiliar.
    """

    contact: int
    score: float
    reasons: tuple[Reason, ...] = ()
    gate: Reason | None = None
    reserved: bool = False


# --- gates


def gate_of(candidate: Candidate, *, now: datetime, preset: Preset = PRESETS["askwell"]) -> Reason | None:
    """Why this person is not suggested now; None if nothing stands against it."""
    for applies, rule, text in _gates(candidate, preset):
        if applies:
            return because(rule, text)
    touched = candidate.last_touch_at
    if touched is not None and now < touched + timedelta(days=preset.min_gap_business_days):
        return because("F04", "gate.too_soon", last=touched)
    return None


def _gates(candidate: Candidate, preset: Preset) -> tuple[tuple[bool, str, str], ...]:
    return (
        (candidate.do_not_contact, "Q04", "gate.do_not_contact"),
        (candidate.guarded, "Q01", "gate.guarded"),
        (candidate.declined, "F04", "gate.declined"),
        (candidate.used_up, "F04", "gate.used_up"),
        (candidate.debts > 0, "F03", "gate.debt_first"),
        (candidate.open_outreach, "F04", "gate.open"),
        (candidate.volunteer_closed, "G01", "gate.volunteer"),
        (candidate.colleague_helps, "F06", "gate.helper_there"),
        (candidate.colleagues_open >= preset.employer_open_most, "F06", "gate.employer_full"),
    )


def lasting_gate(relationship: Relationship) -> Gate | None:
    """Say which gate stands that time alone will not lift."""
    states = {outreach.state for outreach in relationship.outreaches}
    if relationship.do_not_contact or State.DO_NOT_CONTACT in states:
        return Gate.DO_NOT_CONTACT
    if relationship.at_guarded_employer:
        return Gate.GUARDED
    if states & _CLOSED:
        return Gate.CLOSED
    return Gate.OPEN if states - ENDED else None


def wants_who_decides(purpose: Purpose | None, mode: Mode | None = None) -> bool:
    """Say whether it speaks for someone that they hire: to be known, or in a letter about work (default)."""
    return purpose is Purpose.BE_KNOWN or mode is Mode.LEAD


# --- the parts of the score


def strength(candidate: Candidate, *, now: datetime) -> float:
    """How strong the tie is, 0 to 1; a closeness or reply time not known is left out of the weights.

    What only went out makes no tie, however fresh.
    """
    parts = parts_of_strength(candidate, now=now)
    weight = sum(WEIGHTS[name] for name in parts)
    return sum(WEIGHTS[name] * part for name, part in parts.items()) / weight


def parts_of_strength(candidate: Candidate, *, now: datetime) -> dict[str, float]:
    """Give the parts of the strength that are known, each from 0 to 1, by their names in ``WEIGHTS``."""
    parts = {
        "recency": 0.0 if candidate.unheard else _recency(candidate, now),
        "exchanges": min(1.0, candidate.exchanges / FULL_EXCHANGES),
    }
    if candidate.median_reply_hours is not None:
        parts["speed"] = _reply_speed(candidate.median_reply_hours)
    if candidate.closeness is not None:
        parts["closeness"] = (candidate.closeness - 1) / 4
    return parts


def _recency(candidate: Candidate, now: datetime) -> float:
    days = _quiet_days(candidate, now)
    return 0.0 if days is None else 0.5 ** (days / HALF_LIFE_DAYS)


def _quiet_days(candidate: Candidate, now: datetime) -> float | None:
    if candidate.last_touch_at is None:
        return None
    return max(0.0, (now - candidate.last_touch_at).total_seconds() / _DAY_SECONDS)


def _reply_speed(hours: float) -> float:
    return DAY_HOURS / (DAY_HOURS + max(0.0, hours))


def stage_fit(stage: Stage, *, tie: float, diversity: float) -> float:
    """How well a tie of that strength serves the stage: exact shapes of the method."""
    if stage is Stage.EXPLORING:
        return diversity
    return 1 - 0.5 * tie if stage is Stage.INTERVIEWS else 0.5 + 0.5 * tie


def novelty(mutuals: int | None) -> float:
    """Inverted U over mutual contacts; not known gives 0.8."""
    if mutuals is None:
        return 0.8
    if mutuals == 0:
        return 0.6
    if mutuals <= _MUTUALS_FEW:
        return 1.0
    return 0.7 if mutuals <= _MUTUALS_SOME else 0.4


def relevance(candidate: Candidate) -> float:
    """How near their work and organization are to the goal (shape: default)."""
    drawn = 0.0 if candidate.motivation is None else (candidate.motivation - 1) / 4
    decides = 0.2 if candidate.decides else 0.0
    value = min(1.0, 0.3 + 0.55 * candidate.title_match + 0.15 * drawn + decides)
    return value * _PASSED_SHARE ** min(_PASSED_MOST, max(0, candidate.passed_like - 1))


def willingness(candidate: Candidate) -> float:
    """How likely they are glad to be asked, as far as facts tell (shape: default)."""
    value = 0.45
    value += 0.35 if candidate.introducer else 0.0
    value += 0.30 if candidate.volunteer else 0.0
    value += 0.10 if candidate.shared_school else 0.0
    value += 0.10 if candidate.they_also_start else 0.0
    value += 0.10 if candidate.connector else 0.0
    if candidate.median_reply_hours is not None:
        value += 0.15 * _reply_speed(candidate.median_reply_hours)
    value = min(1.0, value) * 0.4 ** max(0, candidate.unanswered)
    return float(value * 0.85 ** max(0, candidate.asks_since_give))


def timing_of(candidate: Candidate, *, now: datetime, preset: Preset = PRESETS["askwell"]) -> float:
    """How good the moment is (shape: default)."""
    if candidate.posting_open:
        return 1.0
    days = _quiet_days(candidate, now)
    if days is not None and days < _FRESH_DAYS:
        return 0.4
    return 0.9 if _is_dormant(candidate, now, preset) else 0.75


def _is_dormant(candidate: Candidate, now: datetime, preset: Preset) -> bool:
    return lapse_of(candidate.last_touch_at, now=now, preset=preset) is Lapse.DORMANT


def base_score(
    candidate: Candidate, *, stage: Stage, now: datetime, preset: Preset = PRESETS["askwell"]
) -> float:
    """Give the score of one person, gates left aside: for storing beside the person."""
    tie = strength(candidate, now=now)
    fit = stage_fit(stage, tie=tie, diversity=candidate.diversity) * relevance(candidate)
    moment = timing_of(candidate, now=now, preset=preset)
    return fit * willingness(candidate) * novelty(candidate.mutuals) * moment


# --- reasons


def reasons_for(
    candidate: Candidate, *, stage: Stage, now: datetime, preset: Preset = PRESETS["askwell"]
) -> tuple[Reason, ...]:
    """Give the three things that speak most for this person, the strongest first."""
    weighed = sorted(_speaking(candidate, stage, now, preset), key=lambda pair: -pair[0])
    return tuple(reason for weight, reason in weighed[:3])


def _speaking(
    candidate: Candidate, stage: Stage, now: datetime, preset: Preset
) -> list[tuple[float, Reason]]:
    tie = strength(candidate, now=now)
    found = [
        (candidate.title_match, because("K07", "rank.title_match")) if _does_the_work(candidate) else None,
        (0.95, because("I01", "rank.introducer")) if candidate.introducer else None,
        (0.9, because("G01", "rank.volunteer")) if candidate.volunteer else None,
        (0.88, because("K07", "rank.decides")) if candidate.decides else None,
        (0.85, because("L04", "rank.posting")) if candidate.posting_open else None,
        (0.65, because("K07", "rank.connector")) if candidate.connector else None,
        (0.6, because("K07", "rank.shared_school")) if candidate.shared_school else None,
        _quiet_reason(candidate, now, preset),
        _stage_reason(stage, tie, candidate.diversity),
        _mutuals_reason(candidate.mutuals),
        _motivation_reason(candidate.motivation),
        (0.5, because("K07", "rank.answers_fast")) if _answers_fast(candidate) else None,
    ]
    return [one for one in found if one is not None] or [(0.0, because("K07", "rank.known"))]


def _does_the_work(candidate: Candidate) -> bool:
    return candidate.title_match >= DOES_THE_WORK


def _answers_fast(candidate: Candidate) -> bool:
    return candidate.median_reply_hours is not None and candidate.median_reply_hours <= DAY_HOURS * 2


def _quiet_reason(candidate: Candidate, now: datetime, preset: Preset) -> tuple[float, Reason] | None:
    years = int((_quiet_days(candidate, now) or 0) // 365)
    if not years or not _is_dormant(candidate, now, preset):
        return None
    return 0.8, because("K05", "rank.dormant", years=years)


def _stage_reason(stage: Stage, tie: float, diversity: float) -> tuple[float, Reason]:
    if stage is Stage.EXPLORING:
        return 0.7 * diversity, because("K07", "rank.variety")
    if stage is Stage.INTERVIEWS:
        return 0.7 * (1 - tie), because("K07", "rank.less_familiar")
    return 0.7 * tie, because("K07", "rank.close")


def _mutuals_reason(mutuals: int | None) -> tuple[float, Reason] | None:
    if not mutuals or mutuals > _MUTUALS_FEW:
        return None
    return 0.55, because("K07", "rank.mutuals", mutuals=mutuals)


def _motivation_reason(motivation: int | None) -> tuple[float, Reason] | None:
    if motivation is None or motivation < 4:  # noqa: PLR2004 - of five
        return None
    return 0.15 * motivation, because("L05", "rank.motivation")


# --- the list


def rank(
    candidates: Iterable[Candidate],
    *,
    stage: Stage,
    now: datetime,
    slots: int,
    taken: int = 0,
    preset: Preset = PRESETS["askwell"],
    show_gated: bool = False,
) -> list[Suggestion]:
    """Give up to ``slots`` people to ask, best first and spread; gated ones after them if wanted.

    ``taken`` is how many were asked this week already: each fifth place of the week is a reserved one.
    """
    gated: list[Suggestion] = []
    free: list[tuple[float, Candidate]] = []
    for candidate in candidates:
        gate = gate_of(candidate, now=now, preset=preset)
        if gate is None:
            free.append((base_score(candidate, stage=stage, now=now, preset=preset), candidate))
        else:
            gated.append(Suggestion(contact=candidate.contact, score=0.0, gate=gate))
    free.sort(key=lambda pair: (-pair[0], pair[1].contact))
    chosen = [
        Suggestion(
            contact=one.contact,
            score=score,
            reasons=reasons_for(one, stage=stage, now=now, preset=preset),
            reserved=reserved,
        )
        for score, one, reserved in _spread(free, slots, taken, now, preset)
    ]
    return chosen + gated if show_gated else chosen


def _spread(
    free: list[tuple[float, Candidate]], slots: int, taken: int, now: datetime, preset: Preset
) -> list[tuple[float, Candidate, bool]]:
    """Take one after the other, each with whether it has the reserved place."""
    chosen: list[tuple[float, Candidate, bool]] = []
    left = free
    while left and len(chosen) < slots:
        recent = [candidate for _, candidate, _ in chosen[-(TEN - 1) :]]
        fitting = (place for place, (_, one) in enumerate(left) if _fits(one, recent))
        kept_place = (taken + len(chosen) + 1) % RESERVED_EVERY == 0
        place, reserved = (
            _next_place(left, fitting, now, preset) if kept_place else (next(fitting, None), False)
        )
        if place is None:
            break
        chosen.append((*left[place], reserved))
        left = left[:place] + left[place + 1 :]
    return chosen


def _next_place(
    left: list[tuple[float, Candidate]], fitting: Iterable[int], now: datetime, preset: Preset
) -> tuple[int | None, bool]:
    """Give the place of the best overlooked one that keeps the spread; without one the best's."""
    places = list(fitting)
    overlooked = next(
        (place for place in places if is_overlooked(left[place][1], now=now, preset=preset)), None
    )
    if overlooked is not None:
        return overlooked, True
    return next(iter(places), None), False


def _fits(candidate: Candidate, recent: Sequence[Candidate]) -> bool:
    """At most two of one employer and five of one group among any ten in a row."""
    employer, group = candidate.organization, candidate.group
    if employer is not None and sum(one.organization == employer for one in recent) >= PER_EMPLOYER:
        return False
    return not group or sum(one.group == group for one in recent) < PER_GROUP


def is_overlooked(candidate: Candidate, *, now: datetime, preset: Preset = PRESETS["askwell"]) -> bool:
    """Dormant, or trusted though unfamiliar: whom people tend to pass over."""
    if _is_dormant(candidate, now, preset):
        return True
    trusted = candidate.introducer or candidate.volunteer or candidate.shared_school
    return trusted and strength(candidate, now=now) < _UNFAMILIAR


def year_end_hint(now: datetime, calendar: Calendar) -> Reason | None:
    """Say beside whom to ask that many are away from 20 December to 2 January."""
    return because("T03", "hours.year_end") if is_year_end(now, calendar) else None
