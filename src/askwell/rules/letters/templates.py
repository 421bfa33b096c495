"""The sentences drafts are made of, as data: group key -> phrasings.

Theory of operation.  A phrasing may use fact keys in braces; it is usable when all of them are
known.  Groups of different sizes turn at different speeds with the variant, so that neighbours
share few sentences.  They stay in the language the lint reads; ``_`` marks the questions to the seeker, which do not.
"""
# Sentences and patterns read better whole.
# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.letters.telling_texts import TELLING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _(text: str) -> str:
    return text


PHRASINGS: Mapping[str, tuple[str, ...]] = {
    **TELLING,
    # Greetings and closings.
    "greeting.full": ("Dear {given} {family},", "Dear {given},"),
    "greeting.title": ("Dear {prefix} {family},", "Dear {given} {family},"),
    "greeting.given": ("Hi {given},", "Hello {given},"),
    "greeting.note": ("Hi {given},", "Hello {given},"),
    "closing": ("Kind regards,", "With thanks,", "Best wishes,"),
    # How I come to write to you.
    "connection.referrer": (
        "{connection_name} suggested that I write to you.",
        "I am writing at the suggestion of {connection_name}.",
        "{connection_name} kindly gave me your name.",
    ),
    "connection.school": (
        "You and I share a school: {connection_name}.",
        "I found you among the alumni of {connection_name}, my school too.",
        "We both come from {connection_name}.",
    ),
    "connection.employer": (
        "You and I have both worked at {connection_name}.",
        "We share an employer: {connection_name}, at different times.",
    ),
    "connection.group": (
        "We both belong to {connection_name}.",
        "I know your name from {connection_name}, where I am a member too.",
    ),
    "connection.met_at": (
        "We met at {connection_name}.",
        "You may remember that we spoke at {connection_name}.",
    ),
    "connection.article": (
        "I came to you through your {connection_name}.",
        "I have been reading your {connection_name}.",
    ),
    "connection.directory": (
        "I found your name in {connection_name}.",
        "You are listed in {connection_name} as someone who answers questions, and I have one.",
    ),
    "who": ("I am {who}.", "My name is {seeker} and I am {who}.", "A word about me: I am {who}."),
    "hook": (
        "I was struck by {hook}.",
        "What made me think of you in particular is {hook}.",
        "I keep coming back to {hook}.",
        "I have been thinking about {hook}.",
    ),
    "confidential": (
        "My search is confidential for now, so please keep this between us.",
        "Please treat this in confidence; my employer does not know yet.",
    ),
    # The first letter.
    "subject.first.referrer": ("{connection_name} suggested I write", "A question, by way of {connection_name}"),
    "subject.first.school": ("From one {connection_name} person to another", "{connection_name}, and a question about {field}"),
    "subject.first.employer": ("We both worked at {connection_name}", "A question from a former {connection_name} person"),
    "subject.first.group": ("Fellow member of {connection_name}", "From {connection_name}: a question about {field}"),
    "subject.first.met_at": ("We met at {connection_name}", "After {connection_name}: a question"),
    "subject.first.article": ("Your {connection_name}", "A question about your {connection_name}"),
    "subject.first.directory": ("A question about {field}, found through {connection_name}", "A question about {field}"),
    "subject.first": ("A question about your work at {organization}", "A question about your work", "Your work, and a question about it"),
    "purpose.explore": (
        "I am exploring whether to become {a_role}, and I would like to learn what the work is really like.",
        "I am deciding between paths in {field}, and I would value your view of a {role}'s week.",
        "Before I choose, I would like to hear how people in {field} spend their days.",
        "I am trying to understand the work of {a_role} before I decide on it.",
    ),
    "purpose.connect": (
        "I would like to understand how people in {field} work where you are and elsewhere.",
        "I am learning how different places approach {field}, and yours interests me.",
        "I would like to hear how your work in {field} differs from one place to the next.",
    ),
    "purpose.be_known": (
        "I would like to hear how you see {field} changing, and what that asks of {a_role}.",
        "I hope to learn what good work in {field} looks like from where you stand.",
        "I would value your view of where {field} is going.",
    ),
    "ask": (
        "Could we talk for {minutes} minutes, by phone or video, as you prefer?",
        "Would you have {minutes} minutes for a call?",
        "May I ask you for {minutes} minutes, by phone or in person?",
    ),
    "windows": (
        "{windows_or} would suit me, and I will gladly fit around your schedule.",
        "I could do {windows_or}, or whatever suits you better.",
        "Any day in the next two weeks works for me; I will fit around your schedule.",
        "I will fit around your schedule, early or late.",
    ),
    "way_out": (
        "If now is not a good time, I quite understand.",
        "I am not asking for a job, only for your view, and a no is perfectly fine.",
        "And if it does not fit, no harm done.",
        "If you would rather answer by e-mail, that is just as welcome.",
    ),
    # A note of 200 characters.
    "note.connection.referrer": ("{connection_name} suggested I write.", "{connection_name} gave me your name."),
    "note.connection.school": ("We share a school, {connection_name}.", "We both went to {connection_name}."),
    "note.connection.employer": ("We both worked at {connection_name}.",),
    "note.connection.group": ("We both belong to {connection_name}.",),
    "note.connection.met_at": ("We met at {connection_name}.",),
    "note.connection.article": ("I read your {connection_name}.",),
    "note.connection.directory": ("I found you in {connection_name}.",),
    "note.who": ("I'm {who_short}.", "I am {who_short}."),
    "note.hook": ("I liked {hook_short}.", "I keep thinking of {hook_short}."),
    "note.ask": ("May I ask two questions about {field}?", "Could I ask you how you see {field}?"),
    "note.confidential": ("Please keep this private.",),
    "note.lead": ("{lead_source} told me about {lead}.",),
    "note.lead.open": ("I heard of {lead}.",),
    "note.lead.ask": ("May I ask you about the work?", "Could I ask what the work is like?"),
    "note.past": ("I was thinking of {past}.", "I often think of {past}."),
    "note.past.ask": ("How are you?", "What are you working on these days?"),
    "note.intro": (
        "Would you be willing to introduce me to {introduce_to}? Please ask first; I would send a note to forward.",
        "Might you introduce me to {introduce_to}, if both of you are happy with it? I would send a note to forward.",
    ),
    "note.event": ("We met at {event}; I am {who_short}.", "We spoke at {event}; I am {who_short}."),
    "note.said": ("What you said about {said} stayed with me.", "I keep thinking of what you said about {said}."),
    # On the phone.
    "phone.opening": (
        "Hello, my name is {seeker}. Is this a good time, or is there a better time to call?",
        "Good morning, this is {seeker}. Do you have two minutes now, or shall I call at a better time?",
    ),
    "phone.connection.referrer": (
        "{connection_name} suggested that I call you.",
        "I have your name from {connection_name}.",
    ),
    "phone.who": ("I am {who}.", "A word about me: I am {who}."),
    "phone.ask": (
        "Could I ask you for {minutes} minutes, on a day that suits you?",
        "Would you have {minutes} minutes for a talk, whenever it is convenient?",
    ),
    "phone.windows": (
        "I could do {windows_or}, or whatever suits you better.",
        "I will fit around your schedule.",
    ),
    "phone.follow_up.first": (
        "I wrote to you on {last_date} with a question about {field}, and thought that a call might be easier.",
        "This follows my note of {last_date} about {field}; perhaps a call is easier than an answer.",
    ),
    "phone.follow_up.second": (
        "I wrote on {last_date} about {field}, and will let it rest after this call.",
        "This is about my notes on {field}, the last of them of {last_date}, and I will not trouble you again.",
    ),
    "phone.follow_up.ask": (
        "Might you have {minutes} minutes for a talk, on a day that suits you?",
        "Could I ask you for {minutes} minutes, whenever it is convenient?",
    ),
    "phone.follow_up.end": (
        "If you would rather not, I quite understand. Thank you for your time.",
        "And if it does not fit, that is perfectly fine. Thank you.",
    ),
    "phone.end": (
        "Thank you for your time. I will send you a line to confirm.",
        "Thank you. I will write down the day and send you a line.",
    ),
    # Follow-ups.
    "subject.follow_up": ("Re: {earlier_subject}", "Re: my question about {field}"),
    "follow_up.first": (
        "I wrote to you on {last_date} with a question about {field}.",
        "This follows my note of {last_date} about {field}.",
        "On {last_date} I asked whether you might tell me about {field}.",
    ),
    "follow_up.second": (
        "I wrote on {last_date} and will let this rest after today.",
        "This is my last note about {field}, with no reply owed.",
    ),
    "news": ("Since then {news}.", "In the meantime {news}.", "What is new: {news}."),
    "follow_up.ask": (
        "Would {minutes} minutes be possible, any day that suits you?",
        "Might you still have {minutes} minutes, whenever it fits?",
    ),
    "follow_up.out": ("If not, I understand, and thank you all the same.", "No rush, and a no is fine."),
    # Leads.
    "subject.lead": ("About {lead}", "A question, by way of {lead_source}", "A question about your team's work"),
    "lead.heard": (
        "{lead_source} told me about {lead} and thought of you.",
        "I heard from {lead_source} of {lead}.",
    ),
    "lead.heard_of": ("I have heard of {lead}.", "Word has reached me of {lead}."),
    "lead.honest": (
        "I am looking for work as {a_role}, and before I apply anywhere I would like to learn what the work asks.",
        "I am looking for my next place in {field}, and I would like to understand this work before I apply.",
    ),
    # To whoever told of a lead.
    "subject.lead_thanks": ("Thank you for the lead", "Thank you for thinking of me"),
    "lead_thanks.line": (
        "Thank you for telling me about {heard}.",
        "Thank you for thinking of me: {heard} is well worth a look.",
        "I am grateful that you told me about {heard}.",
    ),
    "subject.lead_told": ("What came of your lead", "The lead you gave me, and what came of it"),
    "lead_told.line": ("You told me about {heard}.", "A while ago you told me about {heard}."),
    "lead_told.came": ("Here is what came of it: {came}.", "What came of it: {came}."),
    "lead_told.end": ("Thank you again for thinking of me.", "Thank you once more; it was kind of you to think of me."),
    # Reconnecting.
    "subject.reconnect": ("It has been a while", "Thinking of {past}"),
    "reconnect.past": (
        "It has been a while, and I often think of {past}.",
        "I was thinking of {past} and wanted to write.",
        "Too much time has passed since {past}.",
    ),
    "reconnect.reason": (
        "I am writing because {reason}.",
        "What prompts this note: {reason}.",
    ),
    "reconnect.ask": (
        "How are you, and what are you working on these days?",
        "I would love to hear what you are working on. How have you been?",
    ),
    "reconnect.out": ("A line whenever you like is plenty.", "No rush at all; a line some day would please me."),
    # Thanks.
    "subject.thanks": ("Thank you", "Thank you for our talk", "Thank you for your time"),
    "thanks.open": (
        "Thank you for talking with me.",
        "Thank you for your time and your candour.",
        "I am grateful for our conversation.",
    ),
    "thanks.learnt": (
        "What you said about {learnt} stays with me.",
        "I took most from your point about {learnt}.",
        "What you told me about {learnt} helped me most.",
    ),
    "thanks.will_do": ("I will {will_do}.", "My next step: I will {will_do}.", "Because of it I will {will_do}."),
    "thanks.my_promise": ("As promised, {my_promise}.",),
    "thanks.their_offer": ("You kindly offered {their_offer}; I would be glad of it whenever it suits you.",),
    "thanks.end.will": ("I will let you know what comes of it.", "I look forward to telling you how it goes."),
    "thanks.end.none": ("Thank you again.", "I wish you well with the work.", "With all good wishes for your work."),
    # Checking in.
    "subject.check_in.advice": ("What came of your advice", "Your advice, and what came of it", "A short update"),
    "subject.check_in.talk": ("Some news since we spoke", "A short update", "Since our talk"),
    "subject.check_in.none": ("A few lines from me", "How are you?", "Keeping in touch"),
    "check_in.outcome.advice": (
        "You advised me {advice}. I {outcome}.",
        "A while ago you advised me {advice}. I {outcome}.",
    ),
    "loop.advised": ("You advised me {advice}. I have done so.", "A while ago you advised me {advice}. I took it up."),
    "subject.loop_name": ("{loop_name}, whose name you gave me", "Thank you for {loop_name}'s name"),
    "loop.outcome": ("You gave me the name of {loop_name}. I {outcome}.",),
    "loop.name": (
        "You gave me the name of {loop_name}. {loop_came}.",
        "A while ago you named {loop_name} to me. {loop_came}.",
    ),
    "check_in.hello.talk": ("I have been thinking back to our talk.", "Our talk has stayed with me."),
    "check_in.hello.none": ("I wanted to send you a few lines and ask how you are.", "How are you, and what are you working on these days?"),
    "check_in.news.advice": ("A little news: {news}.", "What is new here: {news}."),
    "check_in.news.talk": ("Since we spoke {news}.", "A little news: {news}."),
    "check_in.news.none": ("A little news from me: {news}.", "What is new here: {news}."),
    "check_in.resource": ("I thought you might like {resource}", "This made me think of you: {resource}"),
    "check_in.question": ("{question}",),
    "check_in.end.advice": ("Thank you again; it made a difference.", "I hope your own work goes well."),
    "check_in.end.talk": ("I hope your own work goes well.", "Thank you again for your time then."),
    "check_in.end.none": ("I hope your own work goes well.", "A line whenever you like is plenty."),
    # Giving back: the same sort of information, a new job, something to read, what they offered.
    "thanks.offer": (
        "If it is ever of use to you, I can offer this: {offer}. And ask me the same about my own work, whenever you like.",
        "Should you ever want to hear the same about my own work, ask me. What I could offer: {offer}.",
    ),
    "check_in.offer": (
        "If it is ever of use to you, I can offer this: {offer}. And ask me the same about my own work, whenever you like.",
        "Should you ever want to hear the same about my own work, ask me. What I could offer: {offer}.",
    ),
    "subject.resume": ("My resume, as you asked", "The resume you asked for"),
    "resume.line": (
        "As you asked, I attach {resume}.",
        "Here is what you asked for: I attach {resume}.",
    ),
    "resume.end": (
        "If anything in it raises a question, I will gladly answer it. Thank you for looking at it.",
        "Thank you for taking the time. I am glad to tell more about any line of it.",
    ),
    "subject.congratulate": ("Congratulations", "Your new work", "Congratulations on the new work"),
    "congratulate.line": (
        "Congratulations on your new work: {new_job}.",
        "I saw your news, {new_job}, and was glad of it. Congratulations!",
    ),
    "congratulate.line.open": ("I saw that you have new work, and was glad of it. Congratulations!",),
    "congratulate.wish": (
        "I hope the first weeks are good ones.",
        "They are lucky to have you.",
        "I wish you a good beginning there.",
    ),
    "congratulate.end": ("No need to answer; I only wanted to say so.", "No answer needed in these busy weeks."),
    "subject.share": ("This made me think of you", "Something you may like to read", "Perhaps of use to you"),
    "share.line": (
        "This made me think of you: {resource}",
        "I came across something you may like: {resource}",
    ),
    "share.why": ("I thought of you because of {why_them}.", "What brought you to mind: {why_them}."),
    "share.end": ("No need to answer; I hope it is of use.", "Only if it is of use; no answer needed."),
    "subject.recall": ("Your kind offer", "What you kindly offered"),
    "recall.line": (
        "You kindly offered {their_offer}; I would be glad of it whenever it suits you.",
        "You were kind enough to offer {their_offer}. It would still be welcome, whenever it suits you.",
    ),
    "recall.end": (
        "If it has become too much, I quite understand, and I will not ask again.",
        "And if it no longer fits, no harm done; I mention it only this once.",
    ),
    # Introductions.
    "subject.intro": ("Would you introduce me to {introduce_to}?", "A possible introduction to {introduce_to}"),
    "intro.ask": (
        "Would you be willing to introduce me to {introduce_to}?",
        "Might you feel comfortable introducing me to {introduce_to}?",
    ),
    "subject.intro.field": ("Do you know someone in {field}?", "A possible introduction in {field}"),
    "subject.intro.open": ("A possible introduction",),
    "intro.ask.field": (
        "Is there someone in {field} to whom you would be willing to introduce me?",
        "Might you know someone in {field}, and feel comfortable introducing me?",
    ),
    "intro.ask.role": (
        "Is there {a_role} you know to whom you would be willing to introduce me?",
        "Might you know {a_role}, and feel comfortable introducing me?",
    ),
    "intro.ask.open": ("Is there someone whose work I should hear about, and to whom you would be willing to introduce me?",),
    "intro.why": ("I would like to ask {introduce_why}.", "My reason: I would like to learn {introduce_why}."),
    "intro.opt_in": (
        "Please ask {introduce_to} first, and feel free to say no; I would understand entirely.",
        "Only if you are comfortable, and only if {introduce_to} agrees; a no is fine.",
    ),
    "intro.opt_in.open": (
        "Please ask them first, and feel free to say no; I would understand entirely.",
        "Only if you are comfortable, and only if they agree; a no is fine.",
    ),
    "intro.blurb_intro": ("Here is a note you can forward as it is:", "Below is a short note to forward:"),
    "intro.blurb": (
        "{seeker} is {who} and would like to ask {ask_them}. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job.",
        "May I introduce {seeker}, {who}? The question is {ask_them}. A call of {minutes} minutes would do, and a no is fine.",
    ),
    "intro.blurb.who": (
        "{seeker} is {who} and would like to learn how people in {field} work. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job.",
        "May I introduce {seeker}, {who}? The wish is to learn how people in {field} work. A call of {minutes} minutes would do, and a no is fine.",
    ),
    "intro.blurb.field": (
        "{seeker} would like to learn how people in {field} work. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job.",
    ),
    "intro.blurb.role": (
        "{seeker} would like to learn what the work of {a_role} is like. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job.",
    ),
    "intro.blurb.own": (
        "I would like to learn how people in {field} work. Could we talk for {minutes} minutes by phone, at any time that suits? I am not asking for a job.",
        "I would like to learn what the work of {a_role} is like. Could we talk for {minutes} minutes by phone, at any time that suits? I am not asking for a job.",
    ),
    # After an event.
    "subject.event": ("We met at {event}", "After {event}"),
    "event.met": (
        "We met at {event}.",
        "It was good to talk with you at {event}.",
    ),
    "event.who": ("I am {seeker}, {who}.", "In case the name is new: {seeker}, {who}."),
    "event.said": (
        "What you said about {said} stayed with me.",
        "I have thought since about what you said about {said}.",
    ),
    "event.role": ("I would like to work as {a_role} in {field}.", "My own aim is to become {a_role} in {field}."),
    "event.ask": (
        "Could we continue for {minutes} minutes by phone, whenever it suits you?",
        "Would you have {minutes} minutes for a call one of these weeks, around your schedule?",
    ),
    # Notes around a talk.
    "subject.confirm": ("Our talk, {talk_when}", "Until {talk_when}", "To confirm our talk"),
    "confirm.line": (
        "A short note to confirm our talk: {talk_when}, {talk_how}.",
        "I look forward to our talk, {talk_when}, {talk_how}.",
    ),
    "confirm.end": (
        "I have kept it to {minutes} minutes. If anything has changed, tell me and we will find another day.",
        "It will be {minutes} minutes at most. Should it no longer fit, a line is enough.",
    ),
    "subject.reschedule": ("Our talk, {talk_when}: may we move it?", "May we move our talk?"),
    "reschedule.line": (
        "I am sorry: I cannot keep our talk, {talk_when}.",
        "I apologise, but something has come up and I have to move our talk, {talk_when}.",
    ),
    "reschedule.slots": (
        "Would {windows_or} work instead? I will fit around your schedule.",
        "Could we meet {windows_or}, or when it suits you better?",
    ),
    "subject.cancel": ("Our talk, {talk_when}: my apologies", "Our talk: my apologies"),
    "cancel.line": (
        "I am sorry to have to cancel our talk, {talk_when}.",
        "With apologies I must cancel our talk, {talk_when}.",
    ),
    "cancel.slots": (
        "If you are still willing, {windows_or} would work for me, or any day you name.",
        "Should you still like to talk, I could do {windows_or}, or whenever suits you.",
    ),
    "cancel.end": ("I know you kept the time free, and I am grateful.", "Thank you for having kept the time free."),
    "subject.closing": ("Thank you, and no reply needed", "With thanks, and no reply needed"),
    "closing.line": (
        "I will let my question about {field} rest; you need not answer.",
        "Please consider my question about {field} settled.",
    ),
    "closing.end": (
        "Thank you for reading, and all good wishes for your work.",
        "I wish you well, and if I can be useful to you one day I would be glad.",
    ),
}  # fmt: skip

QUESTIONS: Mapping[str, str] = {
    "given": _("What is their first name?"),
    "family": _("What is their family name?"),
    "connection": _("How do you come to write to them: who or what connects you?"),
    "connection_name": _("What is the name of the person, school, group or event that connects you?"),
    "leave": _("May you use the name of the person who referred you? Ask first."),
    "resume": _("Which version of your resume goes with it?"),
    "hook": _("What is one thing you learnt about this person or their work?"),
    "hook_short": _("Can you say what you learnt about them in five or six words?"),
    "seeker": _("What is your name?"),
    "who": _("Who are you, in half a sentence after “I am”?"),
    "who_short": _("Who are you, in four or five words?"),
    "role": _("Which role do you aim for?"),
    "field": _("Which field of work is this about?"),
    "minutes": _("How many minutes would you like?"),
    "windows": _("Which two or three times could you offer?"),
    "last_date": _("When did you last write to them?"),
    "earlier_subject": _("What was the subject of your first message?"),
    "news": _("What is new since you last wrote: something read, done or learnt?"),
    "learnt": _("What is one thing you took from the talk?"),
    "will_do": _("What will you do with it?"),
    "advice": _("What did they advise you to do?"),
    "outcome": _("What came of it?"),
    "lead": _("What did you hear of?"),
    "heard": _("What did they tell you about?"),
    "came": _("What came of the lead?"),
    "lead_source": _("Who told you?"),
    "past": _("What did you share with them?"),
    "reason": _("Why do you write just now?"),
    "event": _("Where did you meet?"),
    "said": _("What is one thing that was said?"),
    "resource": _("Is there something useful you could send them?"),
    "why_them": _("Why did it make you think of them?"),
    "new_job": _("What is their new work?"),
    "offer": _("What could you offer them in return?"),
    "their_offer": _("What did they offer?"),
    "question": _("Is there a question they would enjoy?"),
    "introduce_to": _("Whom would you like to meet?"),
    "introduce_why": _("What would you like to ask that person?"),
    "talk_when": _("When is the talk?"),
    "talk_how": _("How will you talk: number, link or place?"),
}
