"""Evidence cards: what is known, how well, and from where.

Theory of operation.  A card is one line a user may be shown, the figure in it, a citation and a grade:

* A: randomised or field experiment, or very large natural data
* B: longitudinal or representative observation, peer-reviewed
* C: laboratory only, small, one place, or company data without a method
* D: advice, tradition, opinion
* X: disputed or untraceable: never shown as true

Cards of grade X are kept so that the claim, met elsewhere, can be answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from askwell.rules.errors import UnknownCode
from askwell.rules.sentences import _


class Grade(StrEnum):
    """How well a finding is supported."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One finding.  ``line`` is translatable; ``figure`` and ``citation`` are as published."""

    key: str
    line: str
    figure: str
    citation: str
    grade: Grade

    @property
    def shown(self) -> bool:
        """May be shown as a finding."""
        return self.grade is not Grade.X


_CARDS = (
    Evidence(
        key="half_of_hires",
        line=_("About half of hires involve a contact somewhere on the way."),
        figure="about 1/2; 30-60 % across studies",
        citation="Burks, Cowgill, Hoffman, Housman 2015, Quarterly Journal of Economics 130:805-839; "
        "Federal Reserve Bank of Philadelphia",
        grade=Grade.B,
    ),
    Evidence(
        key="hidden_market",
        line=_("That most jobs are hidden, or nearly all come through networking, has no traceable study."),
        figure="",
        citation="Claims trace to advertising-era estimates and to self-selected surveys",
        grade=Grade.X,
    ),
    Evidence(
        key="short_messages",
        line=_("Shorter requests are answered more: 49 words beat 127."),
        figure="4.8 % against 2.7 % of 7,002",
        citation="Rogers and Lasky-Fink, field experiment with school-board members",
        grade=Grade.A,
    ),
    Evidence(
        key="thanks_underrated",
        line=_("People who write thanks expect it to matter less, and to feel more awkward, than it does."),
        figure="",
        citation="Kumar and Epley 2018, Psychological Science",
        grade=Grade.A,
    ),
    Evidence(
        key="reaching_out",
        line=_("Reaching out is welcomed more than senders expect, most of all after a long silence."),
        figure="13 experiments, over 5,900 people",
        citation="Liu, Rim, Min, Min 2022, Journal of Personality and Social Psychology",
        grade=Grade.A,
    ),
    Evidence(
        key="warm_up",
        line=_("Writing first to people one is in touch with makes writing to an old friend much likelier."),
        figure="up by two thirds",
        citation="Aknin and Sandstrom 2024, Communications Psychology",
        grade=Grade.A,
    ),
    Evidence(
        key="weak_ties",
        line=_("For finding new work, moderately weak ties helped most on a large network."),
        figure="over 20 million people, 5 years",
        citation="Rajkumar, Saint-Jacques, Bojinov, Brynjolfsson, Aral 2022, Science 377:1304",
        grade=Grade.A,
    ),
    Evidence(
        key="strong_ties",
        line=_("Most are helped by weak ties because there are more of them; any one strong tie helps more."),
        figure="55 countries, about 17 million ties",
        citation="Gee, Jones, Burke 2017, Journal of Labor Economics",
        grade=Grade.B,
    ),
    Evidence(
        key="stages",
        line=_(
            "Varied contacts widen a search, loose ones bring interviews, close ones help turn them into "
            "offers."
        ),
        figure="226 MBA job searches",
        citation="Barbulescu 2015, Organization Science 26:1040-1058",
        grade=Grade.B,
    ),
    Evidence(
        key="dormant_ties",
        line=_("People out of touch for years gave advice as useful as current contacts did."),
        figure="224 executives, out of touch 3 years or more",
        citation="Levin, Walter, Murnighan 2011, Organization Science 22:923-939",
        grade=Grade.B,
    ),
    Evidence(
        key="overlooked_ties",
        line=_("The best reconnections were trusted people one knew little; most prefer the familiar."),
        figure="",
        citation="Walter, Levin, Murnighan 2015, Organization Science",
        grade=Grade.B,
    ),
    Evidence(
        key="training_helps",
        line=_("A short course in networking raised confidence and the quality of the work found."),
        figure="491 unemployed people",
        citation="Wanberg, van Hooft, Liu, Csillag 2020, Personnel Psychology 73:559-585",
        grade=Grade.A,
    ),
    Evidence(
        key="asking",
        line=_("Face to face, people say yes to help about twice as often as those asking expect."),
        figure="underestimated by as much as half",
        citation="Flynn and Lake 2008, Journal of Personality and Social Psychology",
        grade=Grade.A,
    ),
    Evidence(
        key="email_strangers",
        line=_("To strangers by e-mail it is the other way round: expect few answers, and mind it little."),
        figure="",
        citation="Roghanizad and Bohns 2017, Journal of Experimental Social Psychology",
        grade=Grade.A,
    ),
    Evidence(
        key="off_hours",
        line=_("Mail outside working hours feels more urgent than it is meant; say there is no rush."),
        figure="8 studies",
        citation="Giurge and Bohns 2021, Organizational Behavior and Human Decision Processes",
        grade=Grade.B,
    ),
    Evidence(
        key="nearer_days",
        line=_("Asked for a meeting next week, professors favoured some students; asked for today, none."),
        figure="6,548 professors",
        citation="Milkman, Akinola, Chugh 2012, Psychological Science",
        grade=Grade.A,
    ),
    Evidence(
        key="reply_load",
        line=_("The more mail people get, the smaller the share they answer: silence is seldom about you."),
        figure="16 billion messages, 2 million people",
        citation="Kooti and others 2015",
        grade=Grade.A,
    ),
    Evidence(
        key="reply_time",
        line=_("Quick and mutual answers mark the ties people themselves name."),
        figure="",
        citation="Wuchty and Uzzi 2011, PLoS ONE",
        grade=Grade.B,
    ),
    Evidence(
        key="followup_limit",
        line=_("One follow-up helps; from the fourth on complaints multiply. From sales mail, so with care."),
        figure="",
        citation="Company data of sales mail senders, no method published",
        grade=Grade.C,
    ),
    Evidence(
        key="mixers",
        line=_("Most people who go to meet someone new end up talking with those they know."),
        figure="about 100 executives",
        citation="Ingram and Morris 2007, Administrative Science Quarterly",
        grade=Grade.B,
    ),
    Evidence(
        key="referrals",
        line=_("Referred applicants are likelier to be hired and to stay."),
        figure="nine large firms",
        citation="Burks, Cowgill, Hoffman, Housman 2015, Quarterly Journal of Economics 130:805-839",
        grade=Grade.B,
    ),
    Evidence(
        key="unequal_answers",
        line=_("Invitations are accepted unequally between groups; a low rate is no verdict on the sender."),
        figure="20,000 users, about one in four accepted",
        citation="Evsyukova, Rusche, Mill 2025, Quarterly Journal of Economics 140:283-334",
        grade=Grade.A,
    ),
    Evidence(
        key="closing_the_loop",
        line=_("Most networkers never follow up; telling what came of the advice is what a junior can give."),
        figure="webinar of over 1,000 alumni",
        citation="American Association for Physician Leadership, reporting a webinar poll",
        grade=Grade.C,
    ),
    Evidence(
        key="feel_dirty",
        line=_("That networking makes people feel morally dirty is disputed: a replication failed."),
        figure="",
        citation="Casciaro, Gino, Kouchaki 2014",
        grade=Grade.X,
    ),
)

EVIDENCE: dict[str, Evidence] = {card.key: card for card in _CARDS}

# What to show where someone meets the old claim that nearly all jobs are hidden.
HIDDEN_MARKET_CORRECTION = EVIDENCE["half_of_hires"]


def evidence(key: str) -> Evidence:
    """Give a card.  Raises ``UnknownCode``."""
    try:
        return EVIDENCE[key]
    except KeyError:
        raise UnknownCode(key) from None
