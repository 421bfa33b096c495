"""Which questions to bring to a talk, and why just these (P04, C05).

Theory of operation.  First everything that does not fit is left out, each with its reason: another kind
of asking, another stage, a person one knows better or less well, what is known or was answered.  Then
places are filled: their story, the work or what is changing, advice, something to take along, and by
purpose and stage what else, in the order of worth; the end is that of the agenda.  Two questions that
ask for the same are not both taken where another is left.  The talk's length says how many are brought
and how many of them fit; the others are in reserve.

Ties are broken by the key, so that the same facts give the same questions in whatever order they come.
All numbers of the choice are ours, none is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.agenda import agenda_for, closing_questions
from askwell.rules.decisions import because
from askwell.rules.facts import Mode, Purpose, Stage
from askwell.rules.goal import check_goal
from askwell.rules.questions.bank import QUESTIONS
from askwell.rules.questions.model import ALWAYS, ANYONE, ASKED, Avoid, Category, Phase, Relation, way_of
from askwell.rules.questions.trades import trades_of, works_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from askwell.rules.decisions import Reason
    from askwell.rules.facts import Relationship
    from askwell.rules.presets import Preset
    from askwell.rules.questions.model import Question, Trade

_SHORT, _LONG = 15, 25  # minutes: at most, from
_BROUGHT = (8, 9, 10)  # to a short talk, the usual one, a long one
_CLOSERS_MOST = 3
_OF_TRADE_MOST = 2
_USUAL_MINUTES = 20  # below that, what needs time is left out
_WARM_EXCHANGES, _WARM_CLOSENESS, _MENTOR_TALKS, _MENTOR_CLOSENESS = 3, 3, 2, 5

_ROLE, _FIT, _TRENDS, _INSIGHTS = Category.ROLE, Category.FIT, Category.TRENDS, Category.INSIGHTS
_ASSIGNMENTS, _CULTURE, _MARKET = Category.ASSIGNMENTS, Category.CULTURE, Category.MARKET

# After their story: what is asked first, and which three take the other places, by purpose and stage.
_FIRST: Mapping[Purpose, Category] = {
    Purpose.EXPLORE: _ROLE,
    Purpose.CONNECT: _TRENDS,
    Purpose.BE_KNOWN: _TRENDS,
}
_OTHERS: Mapping[tuple[Purpose, Stage], tuple[Category, Category, Category]] = {
    (Purpose.EXPLORE, Stage.EXPLORING): (_FIT, _ROLE, _TRENDS),
    (Purpose.EXPLORE, Stage.INTERVIEWS): (_FIT, _ROLE, _INSIGHTS),
    (Purpose.EXPLORE, Stage.OFFERS): (_CULTURE, _ROLE, _INSIGHTS),
    (Purpose.CONNECT, Stage.EXPLORING): (_INSIGHTS, _ASSIGNMENTS, _MARKET),
    (Purpose.CONNECT, Stage.INTERVIEWS): (_INSIGHTS, _ASSIGNMENTS, _FIT),
    (Purpose.CONNECT, Stage.OFFERS): (_CULTURE, _INSIGHTS, _ASSIGNMENTS),
    (Purpose.BE_KNOWN, Stage.EXPLORING): (_ASSIGNMENTS, _INSIGHTS, _MARKET),
    (Purpose.BE_KNOWN, Stage.INTERVIEWS): (_ASSIGNMENTS, _INSIGHTS, _FIT),
    (Purpose.BE_KNOWN, Stage.OFFERS): (_ASSIGNMENTS, _CULTURE, _INSIGHTS),
}
_MORE = (_INSIGHTS, _ROLE, _FIT, _MARKET)  # where a preset leaves more places
_IN_TALK = tuple(Category)
_FOR_TRADE = 2  # what fits their trade comes before what is worth one more

# The questions of the end, by the names a preset has for them.
_CLOSES: Mapping[str, str] = {
    "who_else": "closers.who_else",
    "use_name": "closers.use_name",
    "stay_in_touch": "closers.stay_in_touch",
    "useful_to_you": "give_back.useful_to_you",
    "what_missed": "closers.what_missed",
}

_WHY: Mapping[Category, Reason] = {
    Category.PATH: because("P04", "question.path"),
    Category.ROLE: because("P04", "question.role"),
    Category.FIT: because("P04", "question.fit"),
    Category.TRENDS: because("P04", "question.trends"),
    Category.INSIGHTS: because("P04", "question.insights"),
    Category.ASSIGNMENTS: because("P04", "question.assignments"),
    Category.CULTURE: because("P08", "question.culture"),
    Category.ADVICE: because("P05", "question.advice"),
    Category.MARKET: because("P04", "question.market"),
    Category.RESOURCES: because("P05", "question.resources"),
    Category.GIVE_BACK: because("R01", "question.give_back"),
    Category.CLOSERS: because("C05", "question.closers"),
}
_LEFT_OUT: Mapping[Avoid, Reason] = {
    Avoid.ANSWERED: because("P04", "avoid.answered"),
    Avoid.ON_PROFILE: because("P02", "avoid.on_profile"),
    Avoid.ON_SITE: because("P02", "avoid.on_site"),
    Avoid.NO_ORGANIZATION: because("P04", "avoid.no_organization"),
    Avoid.ALONE: because("P04", "avoid.alone"),
    Avoid.NEW_THERE: because("P04", "avoid.new_there"),
    Avoid.SHORT_TALK: because("C01", "avoid.short_talk"),
    Avoid.UNREAD: because("P02", "avoid.unread"),
    Avoid.NO_PLAN: because("P01", "avoid.no_plan"),
    Avoid.COOL: because("C05", "avoid.cool"),
    Avoid.UNLESS_YOU_CARE: because("P08", "avoid.unless_you_care"),
}
_PURPOSES: Mapping[Purpose, Reason] = {
    Purpose.EXPLORE: because("P04", "question.for_explore"),
    Purpose.CONNECT: because("P04", "question.for_connect"),
    Purpose.BE_KNOWN: because("P04", "question.for_be_known"),
}
_STAGES: Mapping[Stage, Reason] = {
    Stage.EXPLORING: because("P04", "question.while_exploring"),
    Stage.INTERVIEWS: because("P04", "question.while_interviews"),
    Stage.OFFERS: because("P04", "question.while_offers"),
}
_RELATIONS: Mapping[Relation, Reason] = {
    Relation.STRANGER: because("P04", "question.to_stranger"),
    Relation.WARM: because("P04", "question.to_warm"),
    Relation.MENTOR: because("P04", "question.to_mentor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkAhead:
    """What is known before a talk.

    ``their_work`` is their title; ``holds`` the conditions that hold of them (``ON_PROFILE``: their path is
    known; ``ON_SITE``: their site was read); ``answered`` has keys of questions they answered before.
    ``SHORT_TALK``, ``NO_PLAN``, ``COOL`` and ``UNLESS_YOU_CARE`` follow from the rest and need not be given;
    ``ALONE`` is seen in a title, too.
    """

    purpose: Purpose = Purpose.EXPLORE
    mode: Mode = Mode.INFORMATIONAL
    stage: Stage = Stage.EXPLORING
    relation: Relation = Relation.STRANGER
    minutes: int = 20
    goal_text: str = ""
    their_work: str = ""
    cool: bool = False
    cares: bool = False  # for hours, pay and how people are treated
    holds: frozenset[Avoid] = frozenset()
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A question to bring.  In ``reserve``: it fits only if another falls away."""

    question: Question
    why: tuple[Reason, ...]
    starred: bool = False
    reserve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The questions in the order of the talk.  ``fit`` of them, without the closing ones, fit into it."""

    minutes: int
    fit: int
    picks: tuple[Pick, ...]


def relation_of(relationship: Relationship) -> Relation:
    """How well one knows somebody, by what was between the two.  The numbers are ours."""
    history, closeness = relationship.history, relationship.closeness or 0
    helped = bool(relationship.loops or relationship.names)
    if closeness >= _MENTOR_CLOSENESS or (history.talks >= _MENTOR_TALKS and helped):
        return Relation.MENTOR
    known = history.talks or history.exchanges >= _WARM_EXCHANGES or closeness >= _WARM_CLOSENESS
    return Relation.WARM if known else Relation.STRANGER


def pick(
    ahead: TalkAhead,
    *,
    preset: Preset,
    variant: int = 0,
    bank: Collection[Question] = tuple(QUESTIONS.values()),
) -> Picked:
    """Choose 8 to 10 questions, the most wanted marked; fewer only where no more are left unasked.

    A higher ``variant`` leaves those of the lower ones aside, and begins again where too few are left.
    Raises ``BadParameter`` for a length no agenda has.
    """
    fit = agenda_for(ahead.minutes, preset=preset).questions_that_fit
    standing = _Standing.of(ahead)
    fitting = sorted(
        (one for one in bank if standing.left_out(one) is None), key=lambda one: (-_score(one), one.key)
    )
    closing = _closing(ahead, fitting, preset)
    core = _core_of(variant, ahead, fitting, _brought(ahead.minutes, preset) - len(closing))
    starred = _starred(core, closing, fit=fit, stars=preset.questions_starred)
    asked = [*sorted(core, key=lambda one: _IN_TALK.index(one.category)), *closing]
    return Picked(
        minutes=ahead.minutes,
        fit=fit,
        picks=tuple(
            Pick(
                question=one,
                why=(*_why(one, ahead), *_reserve(ahead, fit, reserve=one in core[fit:])),
                starred=one in starred,
                reserve=one in core[fit:],
            )
            for one in asked
        ),
    )


def left_out(question: Question, ahead: TalkAhead) -> Reason | None:
    """Say why a question does not fit this talk; None where it does."""
    return _Standing.of(ahead).left_out(question)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What a question has to fit, read once."""

    ahead: TalkAhead
    way: Mode
    trades: frozenset[Trade]
    holding: frozenset[Avoid]

    @classmethod
    def of(cls, ahead: TalkAhead) -> _Standing:
        goal = check_goal(ahead.goal_text)
        own, theirs = trades_of(goal.role), trades_of(ahead.their_work)
        trades = own & theirs if theirs else own
        return cls(
            ahead=ahead, way=way_of(ahead.mode), trades=trades, holding=_holding(ahead, plan=goal.clear)
        )

    def left_out(self, question: Question) -> Reason | None:
        if question.phase not in ASKED:
            return because("P03", "avoid.for_yourself")
        if self.way not in question.modes:
            return because("C06", "avoid.other_mode")
        if self.ahead.relation not in question.relations:
            return because("P04", "avoid.other_relation")
        if self.ahead.stage not in question.stages:
            return because("P04", "avoid.other_stage")
        if question.trades and not question.trades & self.trades:
            return because("P04", "avoid.other_trade")
        if question.key in self.ahead.answered:
            return _LEFT_OUT[Avoid.ANSWERED]
        against = question.avoid & self.holding
        return next((why for avoid, why in _LEFT_OUT.items() if avoid in against), None) if against else None


def _holding(ahead: TalkAhead, *, plan: bool) -> frozenset[Avoid]:
    derived = {
        Avoid.ANSWERED: False,  # of each question by itself
        Avoid.SHORT_TALK: ahead.minutes < _USUAL_MINUTES,
        Avoid.NO_PLAN: not plan,
        Avoid.COOL: ahead.cool,
        Avoid.UNLESS_YOU_CARE: not (ahead.cares or ahead.stage is Stage.OFFERS),
    }
    given = ahead.holds | ({Avoid.ALONE} if works_alone(ahead.their_work) else frozenset())
    return (given - derived.keys()) | {avoid for avoid, holds in derived.items() if holds}


def _score(question: Question) -> int:
    narrow = (question.relations != ANYONE) + (question.stages != ALWAYS)
    return question.worth + narrow + _FOR_TRADE * bool(question.trades)


def _brought(minutes: int, preset: Preset) -> int:
    short, usual, long = _BROUGHT
    wanted = short if minutes <= _SHORT else long if minutes >= _LONG else usual
    return min(max(wanted, preset.questions_min), preset.questions_max)


def _core(ahead: TalkAhead, fitting: Sequence[Question], places: int) -> list[Question]:
    """Fill the places before the end, in the order of what matters most."""
    asked = [one for one in fitting if one.phase is not Phase.CLOSE]
    taken = _next([], [one for one in asked if one.phase is Phase.OPEN])
    for category in _plan(ahead):
        taken += _next(taken, [one for one in asked if one.category is category])
    while len(taken) < places and (more := _next(taken, asked)):
        taken += more
    return taken[:places]


def _core_of(variant: int, ahead: TalkAhead, fitting: Sequence[Question], places: int) -> list[Question]:
    """Fill the places with what the variants before did not take."""
    aside: set[str] = set()
    core = _core(ahead, fitting, places)
    for _turn in range(variant):
        aside |= {one.key for one in core}
        core = _core(ahead, [one for one in fitting if one.key not in aside], places)
        if len(core) < places:
            aside = set()
            core = _core(ahead, fitting, places)
    return core


def _plan(ahead: TalkAhead) -> tuple[Category, ...]:
    first, others = _FIRST[ahead.purpose], _OTHERS[ahead.purpose, ahead.stage]
    return (first, Category.ADVICE, others[0], Category.RESOURCES, *others[1:], *_MORE)


def _next(taken: Sequence[Question], candidates: Sequence[Question]) -> list[Question]:
    """The best that asks for something new; the best at all where none does; nothing where none is left."""
    had = {one.key for one in taken}
    of_trade = [one.category for one in taken if one.trades]
    left = [
        one
        for one in candidates
        if one.key not in had
        and not (one.trades and (one.category in of_trade or len(of_trade) >= _OF_TRADE_MOST))
    ]
    sought = {one.seeks for one in taken}
    return ([one for one in left if one.seeks not in sought] or left)[:1]


def _closing(ahead: TalkAhead, fitting: Sequence[Question], preset: Preset) -> list[Question]:
    """The end of the talk as its agenda has it; to people one knows an offer, not a wish to keep in touch."""
    keys = closing_questions(preset=preset, cool=ahead.cool) or ("what_missed",)
    if ahead.relation is not Relation.STRANGER and "useful_to_you" not in keys:
        keys = tuple("useful_to_you" if key == "stay_in_touch" else key for key in keys)
    return [_closer(QUESTIONS[_CLOSES[key]], ahead, fitting) for key in keys[:_CLOSERS_MOST]]


def _closer(usual: Question, ahead: TalkAhead, fitting: Sequence[Question]) -> Question:
    """The usual one; where they answered it before, another that asks for the same."""
    if usual.key not in ahead.answered:
        return usual
    return next((one for one in fitting if one.phase is Phase.CLOSE and one.seeks is usual.seeks), usual)


def _starred(
    core: Sequence[Question], closing: Sequence[Question], *, fit: int, stars: int
) -> Sequence[Question]:
    """Whatever happens: what matters most of what fits, and the first of the closing ones."""
    most = max(1, stars - 1)
    fits, reserve = core[:fit], core[fit:]
    return [*fits[:most], *closing[:1], *fits[most:], *closing[1:], *reserve][:stars]


def _why(question: Question, ahead: TalkAhead) -> Iterator[Reason]:
    """What its kind is good for, and the narrowest thing it fits."""
    yield _WHY[question.category]
    if question.category is Category.PATH and Avoid.ON_PROFILE in ahead.holds:
        yield because("P02", "question.beyond_profile")
    elif question.trades:
        yield because("P04", "question.trade")
    elif question.stages != ALWAYS:
        yield _STAGES[ahead.stage]
    elif question.relations != ANYONE:
        yield _RELATIONS[ahead.relation]
    elif question.category in (_FIRST[ahead.purpose], *_OTHERS[ahead.purpose, ahead.stage]):
        yield _PURPOSES[ahead.purpose]


def _reserve(ahead: TalkAhead, fit: int, *, reserve: bool) -> Iterator[Reason]:
    if reserve:
        yield because("C01", "question.reserve", fit=fit, minutes=ahead.minutes)
