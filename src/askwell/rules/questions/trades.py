"""Kinds of work that have questions of their own, and how a goal or a title shows which one it is.

Theory of operation.  ``trades_of`` looks for whole words, in English, of the goal or of a title.  A word
that belongs to many trades (manager, analyst, officer) is in no list: no trade is better than a wrong
one, as the other questions suit everybody.
"""
# Sentences read better whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from askwell.rules.catalogue.model import DEFAULT_OURS
from askwell.rules.questions.model import Category, Question, Seeks, Sheet, Trade, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SIGNS: Mapping[Trade, frozenset[str]] = {
    Trade.HEALTH: _words("""
        nurse nursing doctor physician surgeon midwife paramedic pharmacist pharmacy dentist dental hospital
        hospitals clinic clinical patient patients health healthcare therapist physiotherapist therapy caregiver
        dietitian optician radiographer epidemiologist medical medicine paediatric pediatric ward"""),
    Trade.TEACHING: _words("""
        teacher teaching lecturer tutor school schools classroom education educational kindergarten pupils
        trainer instructor curriculum didactics teachers librarian"""),
    Trade.RESEARCH: _words("""
        researcher research scientist science laboratory lab biologist chemist physicist geologist postdoc
        mathematician professor biology chemistry physics biotech archaeologist"""),
    Trade.CRAFT: _words("""
        engineer engineering mechanical civil electrical electrician carpenter machinist mechanic mason plumber
        welder builder construction manufacturing factory workshop architect maintenance surveyor
        automotive aerospace baker tailor cook chef farmer gardener"""),
    Trade.DIGITAL: _words("""
        software developer programmer data devops web frontend backend cloud cybersecurity ux ui
        digital machine database coder app apps games"""),
    Trade.MONEY: _words("""
        accountant accounting finance financial auditor audit actuary bank banking investment insurance
        bookkeeper controller tax treasury trader risk underwriter"""),
    Trade.TRADING: _words("""
        marketing sales retail brand hospitality hotel restaurant tourism advertising merchandising shop store
        customer customers"""),
    Trade.MOVING: _words("""
        logistics supply purchasing procurement buyer transport shipping warehouse freight dispatcher fleet
        wholesale export import"""),
    Trade.PUBLIC: _words("""
        government public policy law legal lawyer attorney paralegal judge court charity nonprofit ngo
        diplomat council municipal social police humanitarian refugees housing"""),
    Trade.ARTS: _words("""
        artist designer illustrator writer journalist editor musician photographer film theatre theater museum
        curator dancer animator publishing media music art arts novelist translator conservator journalism"""),
}  # fmt: skip


_ALONE = re.compile(
    r"\b(?:freelancer?|free-lancer?|self[- ]employed|sole (?:trader|proprietor))\b", re.IGNORECASE
)


def works_alone(title: str) -> bool:
    """Whether a title says that someone works on their own."""
    return bool(_ALONE.search(title))


def trades_of(*texts: str) -> frozenset[Trade]:
    """Give the trades whose words stand in any of the texts."""
    words = {word for text in texts for word in _WORD.findall(text.casefold())}
    return frozenset(trade for trade, signs in _SIGNS.items() if signs & words)


_role = Sheet(category=Category.ROLE, sources=(DEFAULT_OURS,)).ask
_fit = Sheet(category=Category.FIT, sources=(DEFAULT_OURS,)).ask
_trends = Sheet(category=Category.TRENDS, sources=(DEFAULT_OURS,)).ask
_assignments = Sheet(category=Category.ASSIGNMENTS, sources=(DEFAULT_OURS,)).ask

OF_TRADES: tuple[Question, ...] = (
    _role("health_shift", _("How do you begin and end a shift, so that nothing gets lost and you can go home?"), Seeks.DAY, _("Who taught you that?"), trade=Trade.HEALTH, worth=3),
    _role("health_moved", _("What do you do with the cases that stay with you?"), Seeks.STRAIN, _("Who looks after those who look after others?"), trade=Trade.HEALTH),
    _fit("health_ward", _("How does one find out which kind of ward or practice one belongs in?"), Seeks.MATCH, _("How did you find yours?"), trade=Trade.HEALTH),
    _trends("health_paper", _("What has changed in the time you have for people, and the time for records?"), Seeks.OUTLOOK, _("Who does it better?"), trade=Trade.HEALTH),
    _role("teaching_room", _("What happens in the first five minutes with a new group?"), Seeks.CRAFT, _("What did you do there in your first year?"), trade=Trade.TEACHING, worth=3),
    _role("teaching_after", _("How much of the work happens after the learners have gone home?"), Seeks.DAY, _("Which part of it pays off most?"), trade=Trade.TEACHING),
    _fit("teaching_voice", _("How long does it take to find a manner of teaching that is one's own?"), Seeks.LEARNING, _("What speeds it up?"), trade=Trade.TEACHING),
    _trends("teaching_learners", _("What do those who learn with you bring today that they did not ten years ago?"), Seeks.CAUSE, _("And what do they lack?"), trade=Trade.TEACHING),
    _role("research_fail", _("How do you live with work in which most attempts come to nothing?"), Seeks.STRAIN, _("When do you give an idea up?"), trade=Trade.RESEARCH, worth=3),
    _role("research_money", _("How much of your time goes into finding money for the rest of it?"), Seeks.DAY, _("What do you know about it now that you wish you had known then?"), trade=Trade.RESEARCH),
    _fit("research_leave", _("What do those do who leave research, and how do they look back?"), Seeks.KINDS, _("Whom of them should I hear?"), trade=Trade.RESEARCH),
    _assignments("research_question", _("How do you choose the question for the coming years?"), Seeks.PRIORITY, _("Who talks you out of the bad ones?"), trade=Trade.RESEARCH),
    _role("craft_from_drawing", _("What goes differently in the real thing than in the drawing?"), Seeks.CRAFT, _("How do you learn to see it beforehand?"), trade=Trade.CRAFT, worth=3),
    _role("craft_proud", _("Which thing that stands or runs today had your hands in it?"), Seeks.LIKES, _("What would you build differently?"), trade=Trade.CRAFT),
    _fit("craft_hands", _("What has to be in the hands, and what in the head?"), Seeks.SKILLS, _("How does one practise the first?"), trade=Trade.CRAFT),
    _trends("craft_material", _("Which material or method is new in your shop, and what came of it?"), Seeks.TOOLS, _("Who was against it?"), trade=Trade.CRAFT),
    _role("digital_ship", _("How does a change get from an idea to the people who use it?"), Seeks.CRAFT, _("Where does it wait longest?"), trade=Trade.DIGITAL, worth=3),
    _role("digital_old", _("How much is building new things, and how much is living with old ones?"), Seeks.DAY, _("Which do you prefer?"), trade=Trade.DIGITAL),
    _fit("digital_show", _("What makes you believe in somebody's work when they show you a project of theirs?"), Seeks.PROOF, _("What puts you off?"), trade=Trade.DIGITAL),
    _assignments("digital_data", _("What would you do first if the data were clean?"), Seeks.PRIORITY, _("Why are they not?"), trade=Trade.DIGITAL),
    _role("money_month", _("What does the end of a month or quarter look like with you?"), Seeks.DAY, _("What eases it?"), trade=Trade.MONEY, worth=3),
    _role("money_no", _("When did the numbers say no and someone wanted a yes?"), Seeks.DECISIONS, _("How did you get through it?"), trade=Trade.MONEY),
    _fit("money_exams", _("How did you fit the examinations in beside the work?"), Seeks.LEARNING, _("Which of them opened a door?"), trade=Trade.MONEY),
    _trends("money_automatic", _("Which calculations run by themselves now, and what do you do with the time?"), Seeks.TOOLS, _("What still needs an eye?"), trade=Trade.MONEY),
    _role("trading_floor", _("What does a customer teach you that no report does?"), Seeks.SURPRISE, _("How do you pass it on?"), trade=Trade.TRADING, worth=3),
    _role("trading_peak", _("What is the busiest week of the year like, and how do you get ready?"), Seeks.DAY, _("What went wrong the last time?"), trade=Trade.TRADING),
    _fit("trading_no", _("How does one learn to hear no many times a day?"), Seeks.SKILLS, _("How did you?"), trade=Trade.TRADING),
    _trends("trading_meet", _("What has changed in how goods and customers find each other?"), Seeks.CAUSE, _("Who was quickest?"), trade=Trade.TRADING),
    _role("moving_missing", _("What happens on a day when what was ordered does not come?"), Seeks.CRAFT, _("Whom do you call first?"), trade=Trade.MOVING, worth=3),
    _role("moving_ahead", _("How far ahead do you plan, and what upsets the plan most often?"), Seeks.DAY, _("What do you no longer plan at all?"), trade=Trade.MOVING),
    _fit("moving_whole", _("How does one learn to see the whole way of a thing, from order to shelf?"), Seeks.SKILLS, _("Where is a good place to begin?"), trade=Trade.MOVING),
    _trends("moving_broken", _("What is done differently since everyone saw how easily supply breaks?"), Seeks.CAUSE, _("What has been forgotten again?"), trade=Trade.MOVING),
    _role("public_slow", _("What moves slowly in your work, and for which good reasons?"), Seeks.CRAFT, _("What should be quicker?"), trade=Trade.PUBLIC, worth=3),
    _role("public_people", _("How close do you come to the people it is all for?"), Seeks.PEOPLE, _("What do they ask you most?"), trade=Trade.PUBLIC),
    _fit("public_entry", _("By which doors do people really enter: examinations, traineeships, campaigns, chance?"), Seeks.BEGINNING, _("Which was yours?"), trade=Trade.PUBLIC),
    _trends("public_funds", _("How far ahead do you know what there will be money for?"), Seeks.CAUSE, _("What do you do in the meantime?"), trade=Trade.PUBLIC),
    _role("arts_living", _("How does the work that pays relate to the work you want to be known for?"), Seeks.DAY, _("How has the share changed?"), trade=Trade.ARTS, worth=3),
    _role("arts_finished", _("When do you stop working on a piece?"), Seeks.MEASURE, _("Whose eye or ear do you trust?"), trade=Trade.ARTS),
    _fit("arts_show", _("What should a first collection of work show, and what should it leave out?"), Seeks.PROOF, _("Who looks at it properly?"), trade=Trade.ARTS),
    _assignments("arts_commission", _("How did your last commission come to you?"), Seeks.PROJECT, _("What did you do with the parts you disliked?"), trade=Trade.ARTS),
)  # fmt: skip
