"""What is not asked in an informational talk, why, and what to ask instead.

Theory of operation.  ``forbidden_in`` looks for the signs of each kind in an English question.  The signs
are narrow on purpose: a well-meant question found fault with is worse than a bad one let through.  Some
kinds are forbidden only to strangers, some only where one did not say that one is looking for work.
"""
# Patterns and sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.facts import Mode
from askwell.rules.questions.model import DUKE, FOR_ADVICE, NEW, POSNER, Forbidden, Relation, _, way_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESUME = r"(?:resume|résumé|cv|curriculum vitae|cover letter)"
_PLACE = r"(?:company|organi[sz]ation|firm|agency|employer)"

FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(key="job", title=_("A job"), examples=(_("Could you get me a job in your team?"), _("Would you pass my resume on to your manager?")), rule="C06", why="forbidden.job", instead="advice.way_in_now", sources=("S0", "S1", "S4")),
    Forbidden(key="openings", title=_("Openings"), examples=(_("Are you hiring at the moment?"), _("Do you know of any openings?")), rule="C06", why="forbidden.openings", instead="fit.way_in", modes=FOR_ADVICE, sources=("S0", "S4", DUKE)),
    Forbidden(key="pay", title=_("What they earn"), examples=(_("How much do you earn?"), _("What is your salary?")), rule="C09", why="forbidden.pay", instead="culture.pay_range", sources=(DEFAULT_OURS,)),
    Forbidden(key="resume", title=_("A look at your resume"), examples=(_("Could you look over my resume?"), _("Do you have any feedback on my cover letter?")), rule="D02", why="forbidden.resume", instead="fit.look_first", relations=NEW, sources=(DUKE,)),
    Forbidden(key="reference", title=_("A recommendation"), examples=(_("Would you recommend me?"), _("Could you write me a reference?")), rule="I03", why="forbidden.reference", instead="advice.say_what_i_want", relations=NEW, sources=(DUKE, DEFAULT_OURS)),
    Forbidden(key="published", title=_("What their site says"), examples=(_("What does your company do?"), _("How many people work for your organization?")), rule="P02", why="forbidden.published", instead="insights.surprised", sources=("S1", POSNER)),
    Forbidden(key="private", title=_("Their private life"), examples=(_("How old are you?"), _("Do you have children?")), rule="C09", why="forbidden.private", instead="culture.care_for", sources=(DEFAULT_OURS,)),
    Forbidden(key="secrets", title=_("What they may not say"), examples=(_("Can you tell me something that is not public yet?"), _("What are your company's trade secrets?")), rule="C09", why="forbidden.secrets", instead="assignments.gladly", sources=(DEFAULT_OURS,)),
    Forbidden(key="gossip", title=_("The faults of others"), examples=(_("Who is the hardest to work with?"), _("Do you like your boss?")), rule="C09", why="forbidden.gossip", instead="culture.disagree", sources=(DEFAULT_OURS,)),
    Forbidden(key="contacts", title=_("Other people's addresses"), examples=(_("Could you give me your manager's phone number?"), _("Would you share your contacts with me?")), rule="I01", why="forbidden.contacts", instead="closers.who_else", sources=("S2", DEFAULT_OURS)),
    Forbidden(key="mentor", title=_("Being your mentor"), examples=(_("Will you be my mentor?"),), rule="C09", why="forbidden.mentor", instead="closers.stay_in_touch", relations=NEW, sources=(DEFAULT_OURS,)),
    Forbidden(key="life", title=_("Your whole life"), examples=(_("What should I do with my life?"), _("Which career is right for me?")), rule="P01", why="forbidden.life", instead="fit.not_for_me", sources=("S4",)),
    Forbidden(key="chores", title=_("Work for you"), examples=(_("Could you correct my thesis?"), _("Would you help me with my homework?")), rule="C09", why="forbidden.chores", instead="resources.own_project", sources=(DEFAULT_OURS,)),
)  # fmt: skip

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "job": (
        r"\b(?:hire|employ) me\b",
        r"\b(?:give|get|offer|find) me (?:a|an|the|any|some) (?:\w+ )?(?:job|position|internship|traineeship|placement)\b",
        r"\b(?:a|any) (?:job|position|internship|place) for me\b",
        r"\b(?:pass|forward|send|hand|give|submit|take)(?: on| along)? my (?:resume|résumé|cv)\b",
        r"\bput in a (?:good )?word\b",
    ),
    "openings": (
        r"^(?:so |and )?(?:is|are) (?:you|your \w+|the \w+|they)(?: \w+)? (?:hiring|recruiting)\b",
        r"^(?:so |and )?do(?:es)? (?:you|your \w+|the \w+) (?:\w+ )?(?:hire|recruit|take on)\b",
        r"\bany (?:job |open |suitable |current )?(?:openings?|vacanc(?:y|ies))\b",
        r"\bany (?:open|free|suitable|current|available) positions?\b",
    ),
    "pay": (
        r"\bhow much (?:money )?(?:do|did) you (?:earn|make|take home|get paid)\b",
        r"\bhow much (?:are|were) you paid\b",
        r"\byour (?:own |current |starting )?(?:salary|income|wages?|bonus|pay ?check)\b",
        r"\bwhat (?:do|did) you (?:earn|get paid)\b",
        r"\bwhat (?:do|did) you make (?:a|per|each|every) (?:year|month|week)\b",
    ),
    "resume": (
        rf"\b(?:look (?:at|over|through|into)|review|read|check|edit|critique|correct|improve|go (?:over|through)|glance at|polish) (?:\w+ )?my {_RESUME}\b",
        rf"\b(?:feedback|comments|opinion|thoughts|tips) (?:on|for|about|of) my {_RESUME}\b",
        rf"\bthink of my {_RESUME}\b",
    ),
    "reference": (
        r"\b(?:write|give) me a (?:\w+ )?(?:reference|recommendation)\b",
        r"\b(?:recommend|refer|endorse) me\b",
        r"\bmy (?:reference|referee)\b",
    ),
    "published": (
        rf"\bwhat (?:does|do) (?:your|the) {_PLACE} (?:(?:actually|really|even|exactly) )?(?:do|make|sell|offer|produce)(?: exactly)?$",
        rf"\bhow (?:big|large|old) is (?:your|the) {_PLACE}$",
        rf"\bhow many (?:people|employees|offices) (?:work (?:at|for|in)|are (?:at|in)|does|do|has) (?:your|the) {_PLACE}\b",
        rf"\bwhen was (?:your|the) {_PLACE} (?:founded|started|set up)\b",
        rf"\bwhere (?:is|are) (?:your|the) (?:{_PLACE}|head ?quarters|head office)\b(?: based| located)?$",
        r"\bwhat is your (?:job |current )?title\b",
    ),
    "private": (
        r"\bhow old are you\b",
        r"\bare you (?:married|single|religious|pregnant|gay)\b",
        r"\bdo you have (?:any )?(?:kids|children|a (?:husband|wife|boyfriend|girlfriend))\b",
        r"\bwhat is your (?:age|religion|faith|ethnicity|nationality)\b",
        r"\bwho(?:m)? (?:do|did|will) you vote\b",
        r"\bwhere are you (?:really|originally) from\b",
        r"\b(?:plan|planning|want) to have (?:kids|children|a baby)\b",
    ),
    "secrets": (
        r"\b(?:trade|company) secrets?\b",
        r"\binsider? information\b",
        r"\b(?:anything|something|what)\b(?: \w+){0,3} (?:not|isn't)(?: \w+){0,2} (?:public|announced)\b",
    ),
    "gossip": (
        r"\bwho(?: (?:in|on|at|of) (?:your|the) \w+| \w+)? (?:is|are) (?:the )?(?:worst|laziest|weakest|lazy|hard(?:est)? to work with|(?:most )?difficult(?: to work with)?)\b",
        r"\bdo you (?:like|hate|dislike|get on with|get along with) your (?:boss|manager|colleagues|co-?workers)\b",
        r"\b(?:worst|laziest) (?:colleague|boss|manager|co-?worker)\b",
    ),
    "contacts": (
        r"\b(?:give|send|show|share)(?: me| with me)? (?:all )?your (?:contacts|address book|contact list)\b",
        r"\b(?:give|send|share) me [\w' ]{0,40}\b(?:phone |mobile )?(?:number|e-?mail(?: address)?|address)e?s?$",
    ),
    "mentor": (r"\b(?:be|become) my mentor\b", r"\bmentor me\b"),
    "life": (
        r"\bwhat should i do with my (?:life|career|degree)\b",
        r"\b(?:which|what) (?:job|career|profession) (?:is right|is best|would suit|suits|fits|would be right) (?:for )?me\b",
        r"\bpick your brain\b",
    ),
    "chores": (
        r"\b(?:do|write|solve|proofread|correct|check|mark|edit|help me with|help with) my (?:homework|assignment|thesis|dissertation|essay|paper|report|exam|coursework)\b",
    ),
}  # fmt: skip


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(_SIGNS[key]), re.IGNORECASE)


def forbidden_to(mode: Mode, relation: Relation) -> tuple[Forbidden, ...]:
    """Give what is not asked of such a person, with such a request."""
    way = way_of(mode)
    return tuple(one for one in FORBIDDEN if way in one.modes and relation in one.relations)


def forbidden_in(
    text: str, *, mode: Mode = Mode.INFORMATIONAL, relation: Relation = Relation.STRANGER
) -> Forbidden | None:
    """Say what kind of forbidden question this is; None for one that may be asked."""
    plain = " ".join(text.replace("’", "'").split()).rstrip(" ?!.…")
    return next((one for one in forbidden_to(mode, relation) if _pattern(one.key).search(plain)), None)
