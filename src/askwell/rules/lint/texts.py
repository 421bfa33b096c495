"""Sentences of the lint, apart from deciding: text key -> sentence.

Theory of operation.  ``_`` marks a sentence for translation and returns it unchanged; whoever
shows a finding passes the translating function.  Parameters stand in braces.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from askwell.rules.lint.model import Finding, Fix


def _(text: str) -> str:
    return text


TEXTS: Mapping[str, str] = {
    "M00.other_language": _("This does not read as English, so only length, placeholders, subject, attachments and recipients were checked."),
    "M01.job_ask": _("“{words}” asks for a job. Ask to learn; the rest can come later."),
    "M01.looking": _("Saying that you look for a job makes this feel like a request for one."),
    "M02.empty": _("There is nothing here yet."),
    "M02.long": _("{words} words; busy people answer short letters. Aim for {limit} or fewer."),
    "M02.short": _("{words} words leave out something they need. About {limit} to 125 is good."),
    "M02.characters": _("{characters} characters; here {limit} fit."),
    "M03.missing": _("Say how many minutes you ask for: {minutes} is a good number."),
    "M03.vague": _("“{words}” can mean anything. Name the minutes: {minutes}."),
    "M03.too_long": _("{asked} minutes is a lot to ask of a stranger; {limit} at most."),
    "M04.missing": _("Say in one sentence what you would like to learn."),
    "M05.missing_informational": _("Say how you come to write to them: who gave the name, what you share, what you read."),
    "M05.missing_lead": _("Say how you come to write to them: who told you, what you share."),
    "M05.missing_reconnect": _("Mention what you shared, so that they remember you."),
    "M05.late": _("How you come to write stands in sentence {sentence}; put it in the first {limit}."),
    "M06.missing": _("Nothing here is particular to them. Add one thing you learnt about this person or their work."),
    "M06.missing_known": _("Lean on your homework: “{hook}”."),
    "M06.same_text": _("{percent} % the same as a letter to someone else. Two people should never get the same text."),
    "M07.missing": _("Say who you are, in a sentence."),
    "M07.long": _("{count} sentences about you; {limit} are enough."),
    "M08.no_question": _("Put the one thing you ask as a question."),
    "M08.many_questions": _("{count} questions; ask one thing, with {limit} question marks at most."),
    "M08.second_resume": _("Two requests at once: leave your resume for later."),
    "M08.second_introduction": _("Two requests at once: leave introductions for after the talk."),
    "M08.second_names": _("Two requests at once: ask who else to talk to after the talk."),
    "M08.second_recommendation": _("Two requests at once: leave recommendations for later."),
    "M08.second_mentor": _("Two requests at once: a mentor is asked later, if ever."),
    "M08.second_shadow": _("Two requests at once: leave the visit for after the talk."),
    "M08.second_share": _("Two requests at once: ask only for the talk."),
    "M09.missing": _("Offer two or three times, or say you will fit around their schedule."),
    "M09.zone": _("Say whose clock that is: your time zones differ."),
    "M10.no_leave": _("{name} has not given leave to use their name."),
    "M11.file": _("Attach nothing to a first message ({names})."),
    "M11.attached": _("Attach nothing to a first message; a resume only when they ask for it."),
    "M12.none": _("An e-mail needs a subject: your connection or what you ask."),
    "M12.empty": _("The subject is empty. Name your connection or what you ask."),
    "M12.long": _("The subject has {characters} characters; phones show about {limit}."),
    "M12.vague": _("“{subject}” says nothing. Name your connection or what you ask."),
    "M13.guilt": _("“{words}” presses them. Leave an easy way out."),
    "M13.deadline": _("“{words}” sets a deadline. Leave them their time."),
    "M13.nagging": _("“{words}” nags. Bring one new reason instead."),
    "M13.flattery": _("{count} superlatives; one honest detail is worth more."),
    "M14.firm_only": _("Ask about the field too, not only their organization."),
    "M15.long": _("Sentences have {average} words on average; {limit} read easily."),
    "M16.placeholder": _("Placeholder left in: {placeholder}"),
    "M16.no_greeting": _("Greet them by name."),
    "M16.to_no_one": _("Greet a person, by name."),
    "M16.other_name": _("You greet {name}; this goes to {known}."),
    "M16.first_name": _("You have not met and {name} is senior: use the full name or title."),
    "M16.unsigned": _("No name stands under “{closing}”. Sign with yours."),
    "M17.long": _("{words} words; a follow-up stays under {limit}."),
    "M17.not_shorter": _("A follow-up is shorter than the first message ({limit} words)."),
    "M17.new_thread": _("Answer in the same thread, so that they see your first message."),
    "M17.no_reason": _("Add one new reason to answer: something you read, did or learnt since."),
    "M17.no_ask": _("Say once more what you ask."),
    "M18.many": _("{count} recipients. Write to one person at a time."),
    "M18.mass": _("This greets many. Write to one person at a time."),
    "M19.employer": _("Your search is confidential and this person is at your employer."),
    "M19.no_line": _("Your search is confidential: add a line that asks for discretion."),
    "M20.missing": _("Say what happens next and who moves."),
    "M21.third_person": _("“{words}” is about someone else. Would you read it aloud to them?"),
    "M22.missing": _("Outside working hours, add that there is no rush."),
    "D02.attached": _("Send a resume only when they ask for it."),
    "F01.no_thanks": _("Say thank you."),
    "F01.not_specific": _("Name one specific thing you took from the talk."),
    "F01.no_plan": _("Say what you will do with it."),
    "F01.new_ask": _("A thank-you asks for nothing new."),
    "F01.long": _("{words} words; {limit} are plenty for thanks."),
    "F02.dunning": _("Mention what they promised once, gently; then wait."),
    "F03.no_outcome": _("Tell them what came of their advice: “{advice}”."),
    "I01.no_blurb": _("Add a short note about you that they can forward as it is."),
    "I01.long_blurb": _("The note to forward has {words} words; {limit} at most."),
    "I01.no_way_out": _("Let both sides choose: ask them to check first, and say that no is fine."),
    "I02.not_named": _("Name {name} at the beginning: that is why they will read on."),
    "I02.late": _("Name {name} in the first line."),
    "I03.referral": _("A referral for a job is asked after a talk that went well, not before."),
    "K03.no_content": _("Bring something: news of their advice, a useful link, a question they would like."),
    "V03.no_place": _("Say where you met."),
    "V03.nothing_said": _("Mention one thing that was said."),
    "V03.no_introduction": _("Say again who you are."),
    "fix.drop_sentence": _("Take this sentence out"),
    "fix.minutes": _("Ask for {minutes} minutes"),
    "fix.name": _("Write to {name}"),
    "fix.reply": _("Answer in the same thread"),
    "fix.sign": _("Sign as {name}"),
}  # fmt: skip


def explain(finding: Finding, translate: Callable[[str], str] = str) -> str:
    """The finding as a sentence."""
    return translate(TEXTS[finding.text]).format_map(finding.params)


def explain_fix(fix: Fix, translate: Callable[[str], str] = str) -> str:
    """What the fix does, for a button."""
    return translate(TEXTS[fix.label]).format_map(fix.params)
