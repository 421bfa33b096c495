"""Rules of preparing and asking: P, F, I, L, M00, Q, G."""

from __future__ import annotations

from askwell.rules.catalogue.model import DEFAULT_OURS, E, I, Rule, W
from askwell.rules.sentences import _

ASKING: tuple[Rule, ...] = (
    Rule(
        code="P01",
        title=_("Be clear about the goal"),
        severity=E,
        statement=_("A goal names a role and a field, perhaps a place, in at most 25 words and two paths."),
        explanation=_(
            "People can only help with what they can repeat to someone else. A goal that "
            "leaves open "
            "what is wanted leaves them without a name to think of."
        ),
        parameters=("goal_max_words", "goal_max_paths", "goal_review_days"),
        sources=("S4", DEFAULT_OURS),
    ),
    Rule(
        code="P02",
        title=_("Do the homework"),
        severity=W,
        statement=_(
            "Before a talk: their profile, their organization's site, one piece of news, common ground."
        ),
        explanation=_(
            "Someone else's time was booked for a reason; asking what is already published wastes it."
        ),
        parameters=("prepare_ahead_business_days",),
        sources=("S1", "S0"),
    ),
    Rule(
        code="P03",
        title=_("Know your own story"),
        severity=W,
        statement=_("A story of a minute or so, and answers to why this organization and why this work."),
        explanation=_("They will ask. The talk is about them, so yours should be short and ready."),
        parameters=("story_words_min", "story_words_max"),
        sources=("S1", DEFAULT_OURS),
    ),
    Rule(
        code="P04",
        title=_("Bring questions"),
        severity=W,
        statement=_("Five to twelve questions, the most wanted marked, none answered by their web page."),
        explanation=_(
            "Thirteen minutes hold five or six questions with what follows from them; the rest is reserve."
        ),
        parameters=("questions_min", "questions_max", "questions_starred"),
        sources=("S1", "S2", "M. Posner, University of California, Los Angeles", DEFAULT_OURS),
    ),
    Rule(
        code="P05",
        title=_("Know what you came for"),
        severity=W,
        statement=_("One outcome and one next step are written down before the talk."),
        explanation=_("A mental agenda keeps a short talk from drifting."),
        sources=("S0",),
    ),
    Rule(
        code="P06",
        title=_("Have something to offer"),
        severity=I,
        statement=_("One thing to offer is written down."),
        explanation=_("Networking goes both ways; the offer may be small."),
        sources=("S0", "S3"),
    ),
    Rule(
        code="P07",
        title=_("Confirm the day before"),
        severity=W,
        statement=_(
            "The talk is confirmed one business day before, with the time in their zone and a number."
        ),
        explanation=_("It saves both from a missed call across zones."),
        parameters=("confirm_business_days",),
        sources=("Texas A&M University, engineering communication", DEFAULT_OURS),
    ),
    Rule(
        code="P08",
        title=_("Do not decide on one voice"),
        severity=I,
        statement=_("At least three conversations before deciding about an occupation."),
        explanation=_("One person's view is one person's view; compare several."),
        parameters=("conversations_needed",),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="P09",
        title=_("Dress for their workplace"),
        severity=I,
        statement=_("When you meet in person, wear what people wear there to meet a guest."),
        explanation=_(
            "More casual than an interview, still at work. It shows that the hour matters to you; nothing "
            "has to be bought for it."
        ),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="F01",
        title=_("Thank within a day"),
        severity=W,
        statement=_("Thanks are due 24 hours after the talk, urgent after 48, and never too late."),
        explanation=_(
            "Thanks are worth more to the reader than the writer expects. A late note needs no apology. "
            "One note for one thing is enough: a second asks for a reason."
        ),
        parameters=("thank_hours", "thank_urgent_hours"),
        sources=("S0", "S1", "S2", "S4"),
        evidence=("thanks_underrated",),
    ),
    Rule(
        code="F02",
        title=_("Keep promises"),
        severity=W,
        statement=_(
            "A promise without a date is kept within two business days; theirs is mentioned once, gently."
        ),
        explanation=_("What was promised in a friendly minute is quickly forgotten and long remembered."),
        parameters=("promise_business_days", "their_promise_business_days", "recall_stale_days"),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="F03",
        title=_("Close the loop"),
        severity=W,
        statement=_(
            "Whoever gave advice or a name hears what came of it within seven days, six weeks at the latest."
        ),
        explanation=_("It is the give that even a beginner has, and few ever make it."),
        parameters=("close_loop_days", "close_loop_latest_days"),
        sources=("Carleton College", "Yale postdoctoral affairs", DEFAULT_OURS),
        evidence=("closing_the_loop",),
    ),
    Rule(
        code="F04",
        title=_("Follow up, then let it rest"),
        severity=E,
        statement=_("Up to three touches, a week apart; then no more for this purpose. A no is final."),
        explanation=_(
            "S0's mail, call and one more try and S1's three attempts are the same number. "
            "Silence is an "
            "answer to respect; it opens again when they write, or with a new warm introduction."
        ),
        parameters=(
            "max_touches",
            "volunteer_touches",
            "wait_business_days",
            "min_gap_business_days",
            "channels",
            "channels_in_order",
        ),
        sources=("S0", "S1", "Duke University career hub", DEFAULT_OURS),
        evidence=("followup_limit", "reply_load"),
    ),
    Rule(
        code="F05",
        title=_("An automatic reply stops the clock"),
        severity=W,
        statement=_(
            "Away until a date: wait until then and two business days more. A bounce is not a touch."
        ),
        explanation=_("Neither says anything about whether they want to talk."),
        parameters=("pause_business_days", "mend_address_business_days"),
        sources=("S0", "RFC 3834", DEFAULT_OURS),
    ),
    Rule(
        code="F06",
        title=_("Silence at an employer"),
        severity=I,
        statement=_(
            "After three business days without an answer a second contact there is fine; no more than two."
        ),
        explanation=_("Most answers come within a day or two. Once someone there helps, stop opening more."),
        parameters=(
            "second_contact",
            "second_contact_business_days",
            "employer_open_most",
        ),
        sources=("Dalton",),
    ),
    Rule(
        code="F07",
        title=_("Never the same text twice"),
        severity=E,
        statement=_("No two people at one organization, and nobody twice, get the same text."),
        explanation=_("They compare. A text that fits anyone speaks to no one."),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="F08",
        title=_("Three changes by them"),
        severity=I,
        statement=_("After the third change of date by them, offer kindly to let it go."),
        explanation=_("It may be their way of saying no."),
        parameters=("their_changes_limit",),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="F09",
        title=_("Answer within a business day"),
        severity=W,
        statement=_("Whoever writes gets an answer within one business day."),
        explanation=_("They did what was asked of them; the next move is the seeker's."),
        parameters=("reply_business_days",),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="F10",
        title=_("Turn a yes into a time"),
        severity=W,
        statement=_("After a yes, times are offered within one business day: two or three, in their zone."),
        explanation=_("A yes cools. Few scheduling letters are best."),
        parameters=(
            "arrange_business_days",
            "windows_count",
            "windows_from_business_days",
            "windows_to_business_days",
        ),
        sources=("M. Posner, University of California, Los Angeles", DEFAULT_OURS),
        evidence=("nearer_days",),
    ),
    Rule(
        code="I01",
        title=_("Ask both sides before an introduction"),
        severity=W,
        statement=_(
            "Both agree before they learn each other's address; the asker drafts a note of 100 "
            "words to pass on."
        ),
        explanation=_("Everyone gets an easy way to say no."),
        sources=("F. Wilson, on introductions", DEFAULT_OURS),
        evidence=("referrals",),
    ),
    Rule(
        code="I02",
        title=_("Write soon to whom you were referred"),
        severity=W,
        statement=_("Within two business days of leave, with the referrer named in the first line."),
        explanation=_("The referrer may have mentioned it already."),
        parameters=("referred_business_days",),
        sources=("S2", DEFAULT_OURS),
    ),
    Rule(
        code="I03",
        title=_("Ask for a recommendation only after a good talk"),
        severity=E,
        statement=_(
            "Only after a talk, for a named opening, with an easy way out; never in a first message."
        ),
        explanation=_("Nobody can vouch for a stranger."),
        sources=("S0", "S4", DEFAULT_OURS),
    ),
    Rule(
        code="I04",
        title=_("Leave to use a name"),
        severity=E,
        statement=_(
            "A referrer's name is used only with their leave, which is asked for when the name is given."
        ),
        explanation=_("S2 ends every talk with the question; the answer is theirs to give."),
        parameters=("leave_business_days",),
        sources=("S2",),
    ),
    Rule(
        code="L01",
        title=_("Follow up a lead right away"),
        severity=W,
        statement=_("First action within one business day; urgent after two, stale after five."),
        explanation=_("Openings heard of by word of mouth close by word of mouth."),
        parameters=("lead_business_days", "lead_urgent_business_days", "lead_stale_business_days"),
        sources=("S4", "S3", DEFAULT_OURS),
    ),
    Rule(
        code="L02",
        title=_("Meet before you apply"),
        severity=I,
        statement=_("The first action is to ask for a short meeting, or to apply where a deadline nears."),
        explanation=_("A meeting of 20 to 30 minutes, with questions prepared."),
        sources=("S4",),
    ),
    Rule(
        code="L03",
        title=_("Thank the source and report"),
        severity=W,
        statement=_(
            "The source of a lead is thanked within 24 hours and hears the outcome within seven days."
        ),
        explanation=_("Who hears what came of it thinks of you again."),
        parameters=("lead_thank_hours", "lead_report_days"),
        sources=("S4", DEFAULT_OURS),
        evidence=("closing_the_loop",),
    ),
    Rule(
        code="L04",
        title=_("Look for someone you know there"),
        severity=I,
        statement=_("Before applying, see whether a contact works at the employer."),
        explanation=_("A referral carries what a file does not show."),
        sources=("Dalton",),
        evidence=("referrals", "half_of_hires"),
    ),
    Rule(
        code="L05",
        title=_("Sort employers by what you care for"),
        severity=I,
        statement=_("A list of 20 to 40 employers, sorted by your interest, then openings, then contacts."),
        explanation=_("Interest lasts longer than an opening."),
        sources=("Dalton",),
    ),
    Rule(
        code="M00",
        title=_("Mend the draft first"),
        severity=E,
        statement=_("A draft with an error of the message rules is not sent without a reason."),
        explanation=_("The single findings have their own pages."),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="Q01",
        title=_("Keep a confidential search confidential"),
        severity=E,
        statement=_(
            "With a confidential search, nobody at the present employer or an affiliate is written to."
        ),
        explanation=_("Ask others to keep it to themselves too, and know that it may leak."),
        sources=("S4",),
    ),
    Rule(
        code="Q02",
        title=_("What they said stays with you"),
        severity=W,
        statement=_("What a contact said is private; quoting it by name needs leave."),
        explanation=_("People speak openly when it goes no further."),
        sources=("Northwestern University mentoring", DEFAULT_OURS),
    ),
    Rule(
        code="Q03",
        title=_("Notes fit to be read"),
        severity=W,
        statement=_(
            "No health, religion, politics or family in notes, unless they spoke of it and it is needed."
        ),
        explanation=_("Write as if they will read it; they may ask to."),
        sources=(DEFAULT_OURS,),
    ),
    Rule(
        code="Q04",
        title=_("Respect a wish for no contact"),
        severity=E,
        statement=_(
            "Whoever asks not to be contacted is not contacted again, for any purpose, by any channel."
        ),
        explanation=_("Only a token is kept, so that an import does not bring them back."),
        sources=("Information Commissioner's Office, United Kingdom", "S0"),
    ),
    Rule(
        code="G01",
        title=_("Spare the volunteers"),
        severity=E,
        statement=_("A volunteer at the agreed number of requests, or pausing, gets no more."),
        explanation=_("Volunteers who are swamped stop answering anyone."),
        sources=(DEFAULT_OURS,),
        evidence=("reply_load",),
    ),
    Rule(
        code="G05",
        title=_("A block is silent and immediate"),
        severity=E,
        statement=_("A volunteer who blocked someone gets nothing from them."),
        explanation=_("No reason need be given."),
        sources=(DEFAULT_OURS,),
    ),
)
