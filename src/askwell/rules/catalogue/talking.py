"""Rules of the talk, of events, cards and the resume: C, V, D."""

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS, E, I, Rule, W
from askwell.rules.sentences import _

TALKING: tuple[Rule, ...] = (
    Rule(
        code="C01",
        title=_("The agenda sums to the booked time"),
        severity=E,
        statement=_(
            "Twenty minutes: 2 thanks, 2 context, 13 questions, 2 closing, 1 to spare. Never above 30."
        ),
        explanation=_("Twenty is the one number inside every guide's range; S1's blocks sum to 17 to 22."),
        parameters=("minutes_asked", "minutes_min", "minutes_max", "agenda"),
        sources=("S1", "S0", "S2", "S4"),
    ),
    Rule(
        code="C02",
        title=_("You watch the clock"),
        severity=W,
        statement=_(
            "Begin to close three minutes before the end; run on once, by at most five, if they agree."
        ),
        explanation=_("You asked for the time, so ending on time is yours to do."),
        parameters=("wrap_cue_minutes", "extension_minutes"),
        sources=("S2", "Texas A&M University, engineering communication", DEFAULT_OURS),
    ),
    Rule(
        code="C03",
        title=_("Be punctual"),
        severity=W,
        statement=_(
            "On time, at most 15 minutes early; cancel only in an emergency, else two business days ahead."
        ),
        explanation=_("Their time was given, not owed."),
        parameters=("early_minutes_max", "own_cancel_business_days"),
        sources=("S2", "S0", "University of Massachusetts Lowell", DEFAULT_OURS),
    ),
    Rule(
        code="C04",
        title=_("They do most of the talking"),
        severity=I,
        statement=_("They speak about 70 percent of the time, by your own estimate."),
        explanation=_("You are there to learn."),
        parameters=("they_talk_percent",),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="C05",
        title=_("Close with two questions"),
        severity=W,
        statement=_(
            "Ask who else to talk to and whether you may use their name, then whether you may stay in touch."
        ),
        explanation=_(
            "S2 always asks, S1 leaves it open, S4 hopes for two or three names. A cool talk ends without."
        ),
        parameters=("further_names", "closing_questions"),
        sources=("S2", "S1", "S4", "S0"),
    ),
    Rule(
        code="C06",
        title=_("No asking for a job in the talk"),
        severity=E,
        statement=_(
            "No ask for a job, unless they bring it up; then answer, and offer to go on about it separately."
        ),
        explanation=_("You asked to learn; keeping to it is what makes people glad to have agreed."),
        sources=("S0", "S1", "S4", "Northeastern University"),
    ),
    Rule(
        code="C07",
        title=_("Reflect within a day"),
        severity=W,
        statement=_(
            "Six questions within 24 hours: learnt, liked, concerns, advice, other work, happy there."
        ),
        explanation=_("Tomorrow the half of it is gone, and the promises with it."),
        parameters=("reflect_hours",),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="C08",
        title=_("Say whether the talk took place"),
        severity=I,
        statement=_("After its hour, a scheduled talk is marked held, moved or missed."),
        explanation=_("Thanks and all that follows depend on it."),
        parameters=("log_hours",),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="C09",
        title=_("Leave some things unasked"),
        severity=W,
        statement=_(
            "Not their pay, private life, colleagues' faults or employer's secrets; no work and no promise "
            "for you."
        ),
        explanation=_(
            "They gave their time to speak of their work. A question they have to dodge ends the ease of it."
        ),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="C10",
        title=_("Try the work out before you choose it"),
        severity=I,
        statement=_(
            "A day beside someone, an internship or a voluntary post that a talk opened is done on its day, "
            "and how it was is said by the end of the next business day."
        ),
        explanation=_("Others tell what their work is to them. A day in it tells what it would be to you."),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="V01",
        title=_("Go with a plan"),
        severity=W,
        statement=_(
            "Two or three people to meet, questions ready, one line about yourself, one thing to offer."
        ),
        explanation=_("Without a plan most people talk with those they know."),
        parameters=(
            "event_people_min",
            "event_people_max",
            "event_plan_business_days",
            "event_plan_ahead_business_days",
        ),
        sources=("S4", DEFAULT_OURS),
        evidence=("mixers",),
    ),
    Rule(
        code="V02",
        title=_("A card out and a card in"),
        severity=I,
        statement=_("Give yours and ask for theirs."),
        explanation=_("Only with theirs can you write first."),
        sources=("S4",),
    ),
    Rule(
        code="V03",
        title=_("Write the next day"),
        severity=W,
        statement=_("Within one business day; look again at three days, stale after seven."),
        explanation=_(
            "Say again who you are, where you met and one thing that was said. Naming the role you "
            "look for is fine here."
        ),
        parameters=("event_write_business_days", "event_urgent_days", "event_stale_days"),
        sources=("S4", DEFAULT_OURS),
    ),
    Rule(
        code="V04",
        title=_("Someone new first"),
        severity=I,
        statement=_("At least one new person before a second talk with someone known."),
        explanation=_("That is what the evening was for."),
        sources=(DEFAULT_OURS,),
        evidence=("mixers",),
    ),
    Rule(
        code="V05",
        title=_("Go where your field goes"),
        severity=I,
        statement=_("Choose events that managers of the field attend."),
        explanation=_("Which these are differs by field: conferences, associations, seminars."),
        sources=("S3",),
    ),
    Rule(
        code="D01",
        title=_("Carry cards"),
        severity=I,
        statement=_("Name, mail, number or profile; on the back, in 20 words, what you bring."),
        explanation=_("A card outlives the evening."),
        parameters=("cards_low",),
        sources=("S3", "S4", DEFAULT_OURS),
    ),
    Rule(
        code="D02",
        title=_("Keep the resume ready"),
        severity=I,
        statement=_("Not older than 90 days, sent within a business day when asked for, never unasked."),
        explanation=_("When someone asks, they mean now."),
        parameters=("resume_review_days", "resume_send_business_days"),
        sources=("S4", DEFAULT_OURS),
    ),
)
