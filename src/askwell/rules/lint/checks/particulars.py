"""Whether a sentence says something of its reader that is not said to everyone.

Theory of operation.  What can be said to anyone is a small vocabulary (career, experience,
impressive, path, advice); what is particular is everything else.  So the words that follow each
"you" or "your" are read up to the end of the clause or the next "I", and those outside that
vocabulary are counted.  A "you" that is asked, thanked or written to starts nothing, nor does
"your name" or "your profile": that is how one came to write.
"""

# Patterns read better whole, and so do word lists.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re

from askwell.rules.lint.phrases import cased, phrase

_ENOUGH = 2
_FOR_ANYONE = frozenset(
    """
    a about academia academic accept accomplish accomplished accomplishment accomplishments accountant
    accounting achieve achieved achievement achievements act actually add admire advance advanced
    advancement advice advise advising after again ago agree all almost along already also always am
    amazing an and another answer answers any anyone anything approach are area areas around as ask
    aspects associate at attend attended available aware away back background backgrounds bank banking be
    became because become been before began begin beginning being believe beneficial best best-known
    better between beyond body both breadth brief briefly bring broad broke broken build built business
    businesses busy but by call came can candid career careers challenge challenges challenging chance
    change changed chat choose chose city clear client clients colleague colleagues college come comes
    commitment common community companies company competitive connect cons consider considerable
    consideration consultant consulting contact continue contribute contribution contributions
    conversation corporate could country couple course cover culture curious current currently customers
    cutting-edge daily data day day-to-day days deal dear decide decided decision deep deeply degree
    demands department depth design develop developed development did difference different director
    discuss distinguished diverse do does doing done down dream during duties each early easy education
    eight else email employer employment end engineer engineering enjoy enjoyed enough enter entered
    entering entry entry-level environment especially established even ever every everyone everything
    example excel excelled excellence excellent excels exciting executive expect experience experienced
    experiences expert expertise explore extensive extremely face faced fact familiar far fascinating
    feel few field fields fifteen finance financial find firm firms first fit five focus follow followed
    following footprint footsteps for found four free from full future gain gained gave general
    generously get getting give given glad global go goal goals going good got government grad graduate
    graduated great greatly group grow growing growth guidance had hands-on happy hard has have having he
    health healthcare hear heard help helped helpful her here hey high higher highly him hiring his hope
    how human i idea ideas if immensely impact important impress impressed impression impressive in
    incredible industries industry influential information innovation innovative ins insight insightful
    insights inspiration inspirational inspire inspired inspires inspiring institution interest
    interested interesting internship interview into invaluable is it its job jobs join joined journey
    just keep kind know knowledge ladder land landed large last later law lawyer lead leader leaders
    leadership leading leading-edge learn learned learning learnt left lesson lessons let level life like
    liked line linkedin listed little long look looking looks lot love made mail main major make making
    manage management manager many market marketing may me mean meaningful medicine meet member mentor
    mentoring message met might mind minute minutes mission moment more most motivate motivated motivates
    motivation move moved much my name nature navigate need network networking never new next nice no
    nonprofit not now number obtain of off offer offered office often old on one only open opinion
    opportunities opportunity or org organisation organisations organization organizations other others
    our out outs outstanding over own page part particular particularly passion passionate past path
    paths pathway people perhaps person personal perspective perspectives phone place plan please pleased
    point policy position positions possible post practice president prestigious previous probably
    process product products profession professional professionally professionals profile profit progress
    progression project projects prominent pros public pursue put question questions quick quickly quite
    rank rather reach read realities reality really reason receive received recent recently recommend
    recruiter regarding regards region remarkable renowned reply reputable reputation research resources
    respect respected respond response responsibilities responsibility rest rewarding rich right role
    roles route said sales same saw say schedule school science sector see seem seems seen senior
    seniority sense service services seven shaped share shared she shed should show since sincerely six
    skill skills skillset small so some someone something soon sort spare speak speaking specialist
    specific specifically speech spend spent spoke sponsor staff stand start started starting startup
    state stay steps still story strengths strong student students studied studies study stuff succeed
    succeeded success successes successful successfully such suggest suggested suggestion suggestions
    support sure take taken talent talented talk team teams tech technical technology tell than thank
    thanks that the their them then there these they thing things think thinking this those though
    thought thoughtful thoughts three thrive through time times tips title to today together told too
    took top topic towards track trajectories trajectory transition transitioned transitioning tremendous
    truly try turn twenty two type typical unique university unparalleled until up us use used useful
    usually valuable value valued values varied variety various vast very via view views vision visionary
    want wanted was way ways we wealth week weeks well well-known went were what when where whether which
    while who whole whose why wide will willing wisdom wish with within without wonder wondered wonderful
    words work worked working works world worldwide would write writing wrote year years yes yet you
    young your yours yourself
    """.split()
)
_MENTION = phrase(
    r"\b(?:(?P<object>thank|ask|asking|call|contact|email|meet|write|tell|phone|ring|to|with|from|for|of|at|if) )?you(?:'ve|'d)?\b"
    r"(?! (?:could|can|would|will|might|may|should|have time|are (?:free|available|willing|open|happy|well)|like|prefer|know)\b)",
    r"\byour\b(?! (?:\w+ )?(?:names?|details|contact|profile|information|e-?mail|page|number|address|listing|bio|entry|linkedin|time|convenience|schedule|calendar|diary)\b)",
)
_CLAUSE_END = phrase(r"[.;:!?]|\bi(?:'[a-z]+)?\b|\bmy\b|\bme\b|\byou\b|\byour\b")
_EMPLOYER = cased(r"\b(?:at|with|for|in|on) (?:the )?(?:[A-Z][\w&.'-]*,? ?)+")
_WORD = re.compile(r"[^\W_][\w'-]{2,}")


def is_particular(text: str, *, own: set[str]) -> bool:
    """Enough words about them that would not do for anyone; ``own`` are names that do not count."""
    return any(
        len(_uncommon(_clause(text, found.end()), own)) >= _ENOUGH
        for found in _MENTION.finditer(text)
        if not found["object"]
    )


def _clause(text: str, start: int) -> str:
    end = _CLAUSE_END.search(text, start)
    return text[start : end.start() if end else len(text)]


def _uncommon(clause: str, own: set[str]) -> set[str]:
    words = {word.casefold().removesuffix("'s") for word in _WORD.findall(_EMPLOYER.sub(" ", clause))}
    return words - _FOR_ANYONE - own
