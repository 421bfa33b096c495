"""The sentences drafts are made of, as data: group key -> phrasings.

Theory of operation.  A phrasing may use fact keys in braces; it is usable when all of them are
known.  Groups of different sizes turn at different speeds with the variant, so that neighbours
share few sentences.  ``_`` marks for translation.
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
    "greeting.full": (_("Dear {given} {family},"), _("Dear {given},")),
    "greeting.title": (_("Dear {prefix} {family},"), _("Dear {given} {family},")),
    "greeting.given": (_("Hi {given},"), _("Hello {given},")),
    "greeting.note": (_("Hi {given},"), _("Hello {given},")),
    "closing": (_("Kind regards,"), _("With thanks,"), _("Best wishes,")),
    # How I come to write to you.
    "connection.referrer": (
        _("{connection_name} suggested that I write to you."),
        _("I am writing at the suggestion of {connection_name}."),
        _("{connection_name} kindly gave me your name."),
    ),
    "connection.school": (
        _("You and I share a school: {connection_name}."),
        _("I found you among the alumni of {connection_name}, my school too."),
        _("We both come from {connection_name}."),
    ),
    "connection.employer": (
        _("You and I have both worked at {connection_name}."),
        _("We share an employer: {connection_name}, at different times."),
    ),
    "connection.group": (
        _("We both belong to {connection_name}."),
        _("I know your name from {connection_name}, where I am a member too."),
    ),
    "connection.met_at": (
        _("We met at {connection_name}."),
        _("You may remember that we spoke at {connection_name}."),
    ),
    "connection.article": (
        _("I came to you through your {connection_name}."),
        _("I have been reading your {connection_name}."),
    ),
    "connection.directory": (
        _("I found your name in {connection_name}."),
        _("You are listed in {connection_name} as someone who answers questions, and I have one."),
    ),
    "who": (_("I am {who}."), _("My name is {seeker} and I am {who}."), _("A word about me: I am {who}.")),
    "hook": (
        _("I was struck by {hook}."),
        _("What made me think of you in particular is {hook}."),
        _("I keep coming back to {hook}."),
        _("I have been thinking about {hook}."),
    ),
    "confidential": (
        _("My search is confidential for now, so please keep this between us."),
        _("Please treat this in confidence; my employer does not know yet."),
    ),
    # The first letter.
    "subject.first.referrer": (_("{connection_name} suggested I write"), _("A question, by way of {connection_name}")),
    "subject.first.school": (_("From one {connection_name} person to another"), _("{connection_name}, and a question about {field}")),
    "subject.first.employer": (_("We both worked at {connection_name}"), _("A question from a former {connection_name} person")),
    "subject.first.group": (_("Fellow member of {connection_name}"), _("From {connection_name}: a question about {field}")),
    "subject.first.met_at": (_("We met at {connection_name}"), _("After {connection_name}: a question")),
    "subject.first.article": (_("Your {connection_name}"), _("A question about your {connection_name}")),
    "subject.first.directory": (_("A question about {field}, found through {connection_name}"), _("A question about {field}")),
    "subject.first": (_("A question about your work at {organization}"), _("A question about your work"), _("Your work, and a question about it")),
    "purpose.explore": (
        _("I am exploring whether to become {a_role}, and I would like to learn what the work is really like."),
        _("I am deciding between paths in {field}, and I would value your view of a {role}'s week."),
        _("Before I choose, I would like to hear how people in {field} spend their days."),
        _("I am trying to understand the work of {a_role} before I decide on it."),
    ),
    "purpose.connect": (
        _("I would like to understand how people in {field} work where you are and elsewhere."),
        _("I am learning how different places approach {field}, and yours interests me."),
        _("I would like to hear how your work in {field} differs from one place to the next."),
    ),
    "purpose.be_known": (
        _("I would like to hear how you see {field} changing, and what that asks of {a_role}."),
        _("I hope to learn what good work in {field} looks like from where you stand."),
        _("I would value your view of where {field} is going."),
    ),
    "ask": (
        _("Could we talk for {minutes} minutes, by phone or video, as you prefer?"),
        _("Would you have {minutes} minutes for a call?"),
        _("May I ask you for {minutes} minutes, by phone or in person?"),
    ),
    "windows": (
        _("{windows_or} would suit me, and I will gladly fit around your schedule."),
        _("I could do {windows_or}, or whatever suits you better."),
        _("Any day in the next two weeks works for me; I will fit around your schedule."),
        _("I will fit around your schedule, early or late."),
    ),
    "way_out": (
        _("If now is not a good time, I quite understand."),
        _("I am not asking for a job, only for your view, and a no is perfectly fine."),
        _("And if it does not fit, no harm done."),
        _("If you would rather answer by e-mail, that is just as welcome."),
    ),
    # A note of 200 characters.
    "note.connection.referrer": (_("{connection_name} suggested I write."), _("{connection_name} gave me your name.")),
    "note.connection.school": (_("We share a school, {connection_name}."), _("We both went to {connection_name}.")),
    "note.connection.employer": (_("We both worked at {connection_name}."),),
    "note.connection.group": (_("We both belong to {connection_name}."),),
    "note.connection.met_at": (_("We met at {connection_name}."),),
    "note.connection.article": (_("I read your {connection_name}."),),
    "note.connection.directory": (_("I found you in {connection_name}."),),
    "note.who": (_("I'm {who_short}."), _("I am {who_short}.")),
    "note.hook": (_("I liked {hook_short}."), _("I keep thinking of {hook_short}.")),
    "note.ask": (_("May I ask two questions about {field}?"), _("Could I ask you how you see {field}?")),
    "note.confidential": (_("Please keep this private."),),
    "note.lead": (_("{lead_source} told me about {lead}."),),
    "note.lead.open": (_("I heard of {lead}."),),
    "note.lead.ask": (_("May I ask you about the work?"), _("Could I ask what the work is like?")),
    "note.past": (_("I was thinking of {past}."), _("I often think of {past}.")),
    "note.past.ask": (_("How are you?"), _("What are you working on these days?")),
    "note.intro": (
        _("Would you be willing to introduce me to {introduce_to}? Please ask first; I would send a note to forward."),
        _("Might you introduce me to {introduce_to}, if both of you are happy with it? I would send a note to forward."),
    ),
    "note.event": (_("We met at {event}; I am {who_short}."), _("We spoke at {event}; I am {who_short}.")),
    "note.said": (_("What you said about {said} stayed with me."), _("I keep thinking of what you said about {said}.")),
    # On the phone.
    "phone.opening": (
        _("Hello, my name is {seeker}. Is this a good time, or is there a better time to call?"),
        _("Good morning, this is {seeker}. Do you have two minutes now, or shall I call at a better time?"),
    ),
    "phone.connection.referrer": (
        _("{connection_name} suggested that I call you."),
        _("I have your name from {connection_name}."),
    ),
    "phone.who": (_("I am {who}."), _("A word about me: I am {who}.")),
    "phone.ask": (
        _("Could I ask you for {minutes} minutes, on a day that suits you?"),
        _("Would you have {minutes} minutes for a talk, whenever it is convenient?"),
    ),
    "phone.windows": (
        _("I could do {windows_or}, or whatever suits you better."),
        _("I will fit around your schedule."),
    ),
    "phone.follow_up.first": (
        _("I wrote to you on {last_date} with a question about {field}, and thought that a call might be easier."),
        _("This follows my note of {last_date} about {field}; perhaps a call is easier than an answer."),
    ),
    "phone.follow_up.second": (
        _("I wrote on {last_date} about {field}, and will let it rest after this call."),
        _("This is about my notes on {field}, the last of them of {last_date}, and I will not trouble you again."),
    ),
    "phone.follow_up.ask": (
        _("Might you have {minutes} minutes for a talk, on a day that suits you?"),
        _("Could I ask you for {minutes} minutes, whenever it is convenient?"),
    ),
    "phone.follow_up.end": (
        _("If you would rather not, I quite understand. Thank you for your time."),
        _("And if it does not fit, that is perfectly fine. Thank you."),
    ),
    "phone.end": (
        _("Thank you for your time. I will send you a line to confirm."),
        _("Thank you. I will write down the day and send you a line."),
    ),
    # Follow-ups.
    "subject.follow_up": (_("Re: {earlier_subject}"), _("Re: my question about {field}")),
    "follow_up.first": (
        _("I wrote to you on {last_date} with a question about {field}."),
        _("This follows my note of {last_date} about {field}."),
        _("On {last_date} I asked whether you might tell me about {field}."),
    ),
    "follow_up.second": (
        _("I wrote on {last_date} and will let this rest after today."),
        _("This is my last note about {field}, with no reply owed."),
    ),
    "news": (_("Since then {news}."), _("In the meantime {news}."), _("What is new: {news}.")),
    "follow_up.ask": (
        _("Would {minutes} minutes be possible, any day that suits you?"),
        _("Might you still have {minutes} minutes, whenever it fits?"),
    ),
    "follow_up.out": (_("If not, I understand, and thank you all the same."), _("No rush, and a no is fine.")),
    # Leads.
    "subject.lead": (_("About {lead}"), _("A question, by way of {lead_source}"), _("A question about your team's work")),
    "lead.heard": (
        _("{lead_source} told me about {lead} and thought of you."),
        _("I heard from {lead_source} of {lead}."),
    ),
    "lead.heard_of": (_("I have heard of {lead}."), _("Word has reached me of {lead}.")),
    "lead.honest": (
        _("I am looking for work as {a_role}, and before I apply anywhere I would like to learn what the work asks."),
        _("I am looking for my next place in {field}, and I would like to understand this work before I apply."),
    ),
    # To whoever told of a lead.
    "subject.lead_thanks": (_("Thank you for the lead"), _("Thank you for thinking of me")),
    "lead_thanks.line": (
        _("Thank you for telling me about {heard}."),
        _("Thank you for thinking of me: {heard} is well worth a look."),
        _("I am grateful that you told me about {heard}."),
    ),
    "subject.lead_told": (_("What came of your lead"), _("The lead you gave me, and what came of it")),
    "lead_told.line": (_("You told me about {heard}."), _("A while ago you told me about {heard}.")),
    "lead_told.came": (_("Here is what came of it: {came}."), _("What came of it: {came}.")),
    "lead_told.end": (_("Thank you again for thinking of me."), _("Thank you once more; it was kind of you to think of me.")),
    # Reconnecting.
    "subject.reconnect": (_("It has been a while"), _("Thinking of {past}")),
    "reconnect.past": (
        _("It has been a while, and I often think of {past}."),
        _("I was thinking of {past} and wanted to write."),
        _("Too much time has passed since {past}."),
    ),
    "reconnect.reason": (
        _("I am writing because {reason}."),
        _("What prompts this note: {reason}."),
    ),
    "reconnect.ask": (
        _("How are you, and what are you working on these days?"),
        _("I would love to hear what you are working on. How have you been?"),
    ),
    "reconnect.out": (_("A line whenever you like is plenty."), _("No rush at all; a line some day would please me.")),
    # Thanks.
    "subject.thanks": (_("Thank you"), _("Thank you for our talk"), _("Thank you for your time")),
    "thanks.open": (
        _("Thank you for talking with me."),
        _("Thank you for your time and your candour."),
        _("I am grateful for our conversation."),
    ),
    "thanks.learnt": (
        _("What you said about {learnt} stays with me."),
        _("I took most from your point about {learnt}."),
        _("What you told me about {learnt} helped me most."),
    ),
    "thanks.will_do": (_("I will {will_do}."), _("My next step: I will {will_do}."), _("Because of it I will {will_do}.")),
    "thanks.my_promise": (_("As promised, {my_promise}."),),
    "thanks.their_offer": (_("You kindly offered {their_offer}; I would be glad of it whenever it suits you."),),
    "thanks.end": (_("I will let you know what comes of it."), _("I look forward to telling you how it goes.")),
    # Checking in.
    "subject.check_in.advice": (_("What came of your advice"), _("Your advice, and what came of it"), _("A short update")),
    "subject.check_in.talk": (_("Some news since we spoke"), _("A short update"), _("Since our talk")),
    "subject.check_in.none": (_("A few lines from me"), _("How are you?"), _("Keeping in touch")),
    "check_in.outcome.advice": (
        _("You advised me {advice}. I {outcome}."),
        _("A while ago you advised me {advice}. I {outcome}."),
    ),
    "check_in.hello.talk": (_("I have been thinking back to our talk."), _("Our talk has stayed with me.")),
    "check_in.hello.none": (_("I wanted to send you a few lines and ask how you are."), _("How are you, and what are you working on these days?")),
    "check_in.news.advice": (_("A little news: {news}."), _("What is new here: {news}.")),
    "check_in.news.talk": (_("Since we spoke {news}."), _("A little news: {news}.")),
    "check_in.news.none": (_("A little news from me: {news}."), _("What is new here: {news}.")),
    "check_in.resource": (_("I thought you might like {resource}"), _("This made me think of you: {resource}")),
    "check_in.question": ("{question}",),
    "check_in.end.advice": (_("Thank you again; it made a difference."), _("I hope your own work goes well.")),
    "check_in.end.talk": (_("I hope your own work goes well."), _("Thank you again for your time then.")),
    "check_in.end.none": (_("I hope your own work goes well."), _("A line whenever you like is plenty.")),
    # Giving back: the same sort of information, a new job, something to read, what they offered.
    "thanks.offer": (
        _("If it is ever of use to you, I can offer this: {offer}. And ask me the same about my own work, whenever you like."),
        _("Should you ever want to hear the same about my own work, ask me. What I could offer: {offer}."),
    ),
    "check_in.offer": (
        _("If it is ever of use to you, I can offer this: {offer}. And ask me the same about my own work, whenever you like."),
        _("Should you ever want to hear the same about my own work, ask me. What I could offer: {offer}."),
    ),
    "subject.resume": (_("My resume, as you asked"), _("The resume you asked for")),
    "resume.line": (
        _("As you asked, I attach {resume}."),
        _("You asked for my resume: I attach {resume}."),
    ),
    "resume.end": (
        _("If anything in it raises a question, I will gladly answer it. Thank you for looking at it."),
        _("Thank you for taking the time. I am glad to tell more about any line of it."),
    ),
    "subject.congratulate": (_("Congratulations"), _("Your new work"), _("Congratulations on the new work")),
    "congratulate.line": (
        _("Congratulations on your new work: {new_job}."),
        _("I saw your news, {new_job}, and was glad of it. Congratulations!"),
    ),
    "congratulate.line.open": (_("I saw that you have new work, and was glad of it. Congratulations!"),),
    "congratulate.wish": (
        _("I hope the first weeks are good ones."),
        _("They are lucky to have you."),
        _("I wish you a good beginning there."),
    ),
    "congratulate.end": (_("No need to answer; I only wanted to say so."), _("No answer needed in these busy weeks.")),
    "subject.share": (_("This made me think of you"), _("Something you may like to read"), _("Perhaps of use to you")),
    "share.line": (
        _("This made me think of you: {resource}"),
        _("I came across something you may like: {resource}"),
    ),
    "share.why": (_("I thought of you because of {why_them}."), _("What brought you to mind: {why_them}.")),
    "share.end": (_("No need to answer; I hope it is of use."), _("Only if it is of use; no answer needed.")),
    "subject.recall": (_("Your kind offer"), _("What you kindly offered")),
    "recall.line": (
        _("You kindly offered {their_offer}; I would be glad of it whenever it suits you."),
        _("You were kind enough to offer {their_offer}. It would still be welcome, whenever it suits you."),
    ),
    "recall.end": (
        _("If it has become too much, I quite understand, and I will not ask again."),
        _("And if it no longer fits, no harm done; I mention it only this once."),
    ),
    # Introductions.
    "subject.intro": (_("Would you introduce me to {introduce_to}?"), _("A possible introduction to {introduce_to}")),
    "intro.ask": (
        _("Would you be willing to introduce me to {introduce_to}?"),
        _("Might you feel comfortable introducing me to {introduce_to}?"),
    ),
    "subject.intro.field": (_("Do you know someone in {field}?"), _("A possible introduction in {field}")),
    "subject.intro.open": (_("A possible introduction"),),
    "intro.ask.field": (
        _("Is there someone in {field} to whom you would be willing to introduce me?"),
        _("Might you know someone in {field}, and feel comfortable introducing me?"),
    ),
    "intro.ask.role": (
        _("Is there {a_role} you know to whom you would be willing to introduce me?"),
        _("Might you know {a_role}, and feel comfortable introducing me?"),
    ),
    "intro.ask.open": (_("Is there someone whose work I should hear about, and to whom you would be willing to introduce me?"),),
    "intro.why": (_("I would like to ask {introduce_why}."), _("My reason: I would like to learn {introduce_why}.")),
    "intro.opt_in": (
        _("Please ask {introduce_to} first, and feel free to say no; I would understand entirely."),
        _("Only if you are comfortable, and only if {introduce_to} agrees; a no is fine."),
    ),
    "intro.opt_in.open": (
        _("Please ask them first, and feel free to say no; I would understand entirely."),
        _("Only if you are comfortable, and only if they agree; a no is fine."),
    ),
    "intro.blurb_intro": (_("Here is a note you can forward as it is:"), _("Below is a short note to forward:")),
    "intro.blurb": (
        _("{seeker} is {who} and would like to learn about {field}: {introduce_why}. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job."),
        _("May I introduce {seeker}, {who}? The question is {introduce_why}. A call of {minutes} minutes would do, and a no is fine."),
    ),
    "intro.blurb.who": (
        _("{seeker} is {who} and would like to learn about {field}. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job."),
        _("May I introduce {seeker}, {who}? The wish is to learn about {field}. A call of {minutes} minutes would do, and a no is fine."),
    ),
    "intro.blurb.field": (
        _("{seeker} would like to learn how people in {field} work. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job."),
    ),
    "intro.blurb.role": (
        _("{seeker} would like to learn what the work of {a_role} is like. {seeker} asks for {minutes} minutes by phone, at any time that suits, and is not asking for a job."),
    ),
    "intro.blurb.own": (
        _("I would like to learn how people in {field} work. Could we talk for {minutes} minutes by phone, at any time that suits? I am not asking for a job."),
        _("I would like to learn what the work of {a_role} is like. Could we talk for {minutes} minutes by phone, at any time that suits? I am not asking for a job."),
    ),
    # After an event.
    "subject.event": (_("We met at {event}"), _("After {event}")),
    "event.met": (
        _("We met at {event}."),
        _("It was good to talk with you at {event}."),
    ),
    "event.who": (_("I am {seeker}, {who}."), _("In case the name is new: {seeker}, {who}.")),
    "event.said": (
        _("What you said about {said} stayed with me."),
        _("I have thought since about what you said about {said}."),
    ),
    "event.role": (_("I am working towards {a_role} in {field}."), _("My own aim is to become {a_role} in {field}.")),
    "event.ask": (
        _("Could we continue for {minutes} minutes by phone, whenever it suits you?"),
        _("Would you have {minutes} minutes for a call one of these weeks, around your schedule?"),
    ),
    # Notes around a talk.
    "subject.confirm": (_("Our talk, {talk_when}"), _("Until {talk_when}"), _("To confirm our talk")),
    "confirm.line": (
        _("A short note to confirm our talk: {talk_when}, {talk_how}."),
        _("I look forward to our talk, {talk_when}, {talk_how}."),
    ),
    "confirm.end": (
        _("I have kept it to {minutes} minutes. If anything has changed, tell me and we will find another day."),
        _("It will be {minutes} minutes at most. Should it no longer fit, a line is enough."),
    ),
    "subject.reschedule": (_("Our talk, {talk_when}: may we move it?"), _("May we move our talk?")),
    "reschedule.line": (
        _("I am sorry: I cannot keep our talk, {talk_when}."),
        _("I apologise, but something has come up and I have to move our talk, {talk_when}."),
    ),
    "reschedule.slots": (
        _("Would {windows_or} work instead? I will fit around your schedule."),
        _("Could we meet {windows_or}, or when it suits you better?"),
    ),
    "subject.cancel": (_("Our talk, {talk_when}: my apologies"), _("Our talk: my apologies")),
    "cancel.line": (
        _("I am sorry to have to cancel our talk, {talk_when}."),
        _("With apologies I must cancel our talk, {talk_when}."),
    ),
    "cancel.slots": (
        _("If you are still willing, {windows_or} would work for me, or any day you name."),
        _("Should you still like to talk, I could do {windows_or}, or whenever suits you."),
    ),
    "cancel.end": (_("I know you kept the time free, and I am grateful."), _("Thank you for having kept the time free.")),
    "subject.closing": (_("Thank you, and no reply needed"), _("With thanks, and no reply needed")),
    "closing.line": (
        _("I will let my question about {field} rest; you need not answer."),
        _("Please consider my question about {field} settled."),
    ),
    "closing.end": (
        _("Thank you for reading, and all good wishes for your work."),
        _("I wish you well, and if I can be useful to you one day I would be glad."),
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
