"""What a letter may be built of.

Theory of operation.  Every field is the user's own fact in the user's own words; an empty field
is unknown, and nothing is guessed, least of all a gender.  Fields that continue a sentence say so.
Times arrive already formatted, in the recipient's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from askwell.rules.facts import Connection, Leave, Purpose


class Address(StrEnum):
    """How to greet; the user chooses."""

    FULL = "full"  # Dear Jane Doe,
    TITLE = "title"  # Dear Dr. Doe,
    GIVEN = "given"  # Hi Jane,


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Facts for one letter to one person; all optional, all plain text."""

    given: str = ""
    family: str = ""
    prefix: str = ""  # as the person uses it: "Dr.", "Ms.", "Professor"
    address: Address = Address.FULL
    organization: str = ""
    job: str = ""  # their position
    connection: Connection | None = None
    connection_name: str = ""  # the referrer, school, employer, group, event, directory; "article on triage"
    leave: Leave = Leave.UNASKED  # to use the referrer's name
    hook: str = ""  # continues "I was struck by": "your talk on triage in Leeds"; or a whole sentence
    hook_short: str = ""  # the same for a note of 200 characters
    seeker: str = ""
    signature: str = ""  # what letters end with instead of the name alone; of one line or several
    who: str = ""  # continues "I am": "a second-year nursing student at Smith"
    who_short: str = ""
    role: str = ""  # of the goal, without article: "hospital pharmacist"
    field: str = ""  # of the goal: "health economics"
    minutes: int = 20
    windows: tuple[str, ...] = ()  # "Tuesday 3 May, 10:00 to 12:00 in Leeds"
    purpose: Purpose = Purpose.EXPLORE
    earlier_subject: str = ""
    earlier_dates: tuple[str, ...] = ()  # of messages without answer, oldest first: "3 May"
    news: str = ""  # continues "Since then": "I have read your paper on triage"
    learnt: str = ""  # continues "What you said about": "reading the protocol first"
    will_do: str = ""  # continues "I will": "write to the two clinics you named"
    my_promise: str = ""  # continues "As promised,": "here is the reading list"
    their_offer: str = ""  # what they promised: "to put me in touch with Ana Ruiz", "Send me the list"
    talked: bool = False  # a talk with them was held
    advice: str = ""  # continues "You advised me": "to sit in on a ward round"
    loop_name: str = ""  # of whom they named: "Ana Ruiz"
    loop_came: str = ""  # a sentence of what came of that name, without its end: "We have talked since"
    outcome: str = ""  # a sentence's end after "I": "did so last week and now plan to apply for the course"
    lead: str = ""  # continues "I heard of": "the opening for a data nurse at Harbor Clinic"
    lead_source: str = ""
    heard: str = ""  # continues "Thank you for telling me about": "the opening “Data nurse” at Harbor Clinic"
    came: str = ""  # continues "Here is what came of it:": "an interview on Tuesday"
    past: str = ""  # continues "I often think of": "our two years on the Harbor project"
    reason: str = ""  # continues "I am writing because": "I am moving into health economics"
    event: str = ""  # "the Leeds nursing fair"
    said: str = ""  # what was jotted down of them; what can continue "what you said about" is used
    resource: str = ""  # continues "I thought you might like": "this article on triage: https://…"
    why_them: str = ""  # continues "What made me think of you:": "what you said about night shifts"
    new_job: str = ""  # "Head of triage at Harbor Clinic", as an import showed it
    offer: str = ""  # what the seeker could give, a phrase or a sentence of theirs
    question: str = ""  # a whole question they would enjoy
    introduce_to: str = ""
    introduce_why: str = ""  # continues "I would like to ask": "how her team plans night shifts"
    talk_when: str = ""
    talk_how: str = ""  # "by phone, at 555 0100" or "by video at this link: …"
    confidential: bool = False
    resume: str = ""  # continues "I attach": "my resume", "my resume (analyst, two pages)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter to begin from.  ``missing`` are the fact keys it could still use, see ``question``."""

    subject: str
    body: str
    missing: tuple[str, ...] = ()
