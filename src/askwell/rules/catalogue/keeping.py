"""Rules of keeping in touch, giving and time: K, R, T."""

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS, E, I, Rule, W
from askwell.rules.sentences import _

KEEPING: tuple[Rule, ...] = (
    Rule(
        code="K01",
        title=_("Stay in touch"),
        severity=I,
        statement=_("About monthly for three months after a talk, then every 90 days, or as you set it."),
        explanation=_(
            "The first weeks after meeting decide most. S1 says three weeks to a month, S3 every few months."
        ),
        parameters=("check_in_days", "after_talk_months", "keep_warm_days"),
        sources=("S1", "S3", DEFAULT_OURS),
    ),
    Rule(
        code="K02",
        title=_("Not too often"),
        severity=W,
        statement=_(
            "Not within 21 days without news, a promise, a reply or a question of theirs; never within 14."
        ),
        explanation=_("News that matters is S1's own exception."),
        parameters=("check_in_min_gap_days", "check_in_warn_gap_days"),
        sources=("S1", DEFAULT_OURS),
    ),
    Rule(
        code="K03",
        title=_("Have something to say"),
        severity=W,
        statement=_(
            "A check-in brings an update, something useful, a congratulation or a question they would like."
        ),
        explanation=_("Just checking in is work for the reader."),
        sources=("S3", "S1", DEFAULT_OURS),
    ),
    Rule(
        code="K04",
        title=_("Do not always ask"),
        severity=W,
        statement=_("At most one ask in three touches, and never a second while the first is unanswered."),
        explanation=_("A relationship of asks is a queue."),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="K05",
        title=_("Reconnect"),
        severity=I,
        statement=_(
            "Lapsing after a year, dormant after three; then a shared memory, an honest reason, no big ask."
        ),
        explanation=_("People are gladder to hear again than one fears."),
        parameters=("lapsing_days", "dormant_days"),
        sources=(DEFAULT_OURS,),
        evidence=("dormant_ties", "overlooked_ties", "reaching_out", "warm_up"),
    ),
    Rule(
        code="K06",
        title=_("Keep the week doable"),
        severity=W,
        statement=_("As many first messages as fit the week's minutes, at eight minutes each."),
        explanation=_(
            "Drafts begun are finished or let go. More than some fifty active people is hard to do right by."
        ),
        parameters=("minutes_per_message", "active_cap", "cadence_cap", "draft_business_days"),
        sources=("Smith School of Business, student experience", DEFAULT_OURS),
    ),
    Rule(
        code="K07",
        title=_("Who to ask next"),
        severity=I,
        statement=_(
            "What is owed comes first; then people are ordered by fit, willingness, novelty and timing."
        ),
        explanation=_(
            "The order is shown as its top three reasons, never as a probability. Origin, age "
            "and gender "
            "are not used. One place in five is for the dormant or unfamiliar. Who hires comes sooner where "
            "you want to be known or write about work."
        ),
        sources=(DEFAULT_OURS,),
        evidence=("stages", "weak_ties", "strong_ties", "overlooked_ties"),
    ),
    Rule(
        code="K08",
        title=_("Tell everybody, each in a letter of their own"),
        severity=W,
        statement=_(
            "Let the people you know hear that you are looking, a few a week, no two in the same words."
        ),
        explanation=_(
            "A lead may come from anybody, but only from someone who knows. Compared are the words that are "
            "theirs, without the sentences every such letter has; three of them are ours as the least."
        ),
        sources=("S2", "S3", "S4", DEFAULT_OURS),
        evidence=("reaching_out", "warm_up", "dormant_ties"),
    ),
    Rule(
        code="K09",
        title=_("Look back once a week"),
        severity=I,
        statement=_("Ten minutes when the week ends: what happened, what is owed, what comes next."),
        explanation=_("The day and the minutes are ours. It can be left at any point and gone on with."),
        sources=("H. Mackay, Dig Your Well Before You're Thirsty", DEFAULT_OURS),
    ),
    Rule(
        code="R01",
        title=_("Give and ask"),
        severity=I,
        statement=_("After two asks without a give, a hint. No balance is kept."),
        explanation=_("Counting who owes whom makes a trade of it."),
        parameters=("asks_without_give",),
        sources=("S0", "S3", DEFAULT_OURS),
    ),
    Rule(
        code="R02",
        title=_("What counts as a give"),
        severity=I,
        statement=_(
            "A useful link, an introduction, feedback, a result reported, thanks to their boss, "
            "your experience."
        ),
        explanation=_("Anything that takes five minutes and helps."),
        sources=("S0", "S3", "A. Grant, Give and Take"),
    ),
    Rule(
        code="R03",
        title=_("A beginner's give"),
        severity=I,
        statement=_("Telling what came of the advice counts as a give."),
        explanation=_("It is what those who help most often miss."),
        sources=(DEFAULT_OURS,),
        evidence=("closing_the_loop",),
    ),
    Rule(
        code="R04",
        title=_("Help the next one"),
        severity=I,
        statement=_("Asked by another seeker, answer within five business days or decline kindly."),
        explanation=_("You know how the silence feels."),
        parameters=("help_business_days",),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="R05",
        title=_("Congratulate on a new job"),
        severity=I,
        statement=_("Within a week of noticing; after six weeks let go. Short, and it asks for nothing."),
        explanation=_("The easiest reason to be in touch, and the one most often let pass."),
        parameters=("congratulate_days", "congratulate_stale_days"),
        sources=("Yale Office for Postdoctoral Affairs", DEFAULT_OURS),
    ),
    Rule(
        code="R06",
        title=_("Five minutes, five a week"),
        severity=I,
        statement=_("A favour of five minutes or less that helps somebody; at most five a week."),
        explanation=_("Giving lasts where it has bounds: small, meant for one person, and then enough."),
        parameters=("favor_minutes", "favors_a_week"),
        sources=("A. Grant, Give and Take", "S3", "S0", DEFAULT_OURS),
    ),
    Rule(
        code="T01",
        title=_("Send in their working hours"),
        severity=W,
        statement=_("Monday to Thursday 08:30 to 16:30, the eve of the weekend until noon, in their zone."),
        explanation=_("A preference, not a law: drafts may be written at any hour."),
        parameters=("send_from", "send_until", "eve_until"),
        sources=(DEFAULT_OURS,),
        evidence=("off_hours",),
    ),
    Rule(
        code="T02",
        title=_("Call in their office hours"),
        severity=I,
        statement=_("From nine to five, not over lunch, and ask first whether it is a good time."),
        explanation=_("Guides disagree about the best hour; none about asking."),
        parameters=("phone_from", "phone_until"),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="T03",
        title=_("Quiet hours and holidays"),
        severity=W,
        statement=_(
            "Not between 18:00 and 08:00, on weekends or holidays there; mind 20 December to 2 January."
        ),
        explanation=_("Messages at night feel more urgent than they are."),
        parameters=("quiet_from", "quiet_until"),
        sources=(DEFAULT_OURS,),
        evidence=("off_hours",),
    ),
    Rule(
        code="T04",
        title=_("Count business days where they are"),
        severity=I,
        statement=_(
            "Windows count in business days of the recipient; an unknown zone means no claim about the hour."
        ),
        explanation=_("Where the zone is not known, the seeker's calendar stands in."),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="T05",
        title=_("A person sends"),
        severity=E,
        statement=_("Nothing leaves that a person did not approve; a planned hour is fine."),
        explanation=_("What is known to be sent by itself reads as insincere."),
        sources=(DEFAULT_OURS,),
    ),
)
