"""What others said, fitted into a sentence of a letter.

Theory of operation.  A letter says "You advised me to sit in on a ward round".  Advice jotted down as it
was said ("Read it.", "Nights are quieter") does not go on from there, and nobody can tell an order from a
remark by its form; so it is cited as it stands.

What was jotted down of a person is another matter: "looks for a flat", "how she began" speak of them, not to
them, and may not be meant for them at all.  Of such a note only what can follow "what you said about" goes
into a letter, else nothing, and the letter asks.  What they offered ("Send me the table") goes on with "to".
A question meant for somebody is put to their face where one word does it: "how her team plans", "how your
team plans"; where it takes more, it stays out of the note that is forwarded to them.
"""

from __future__ import annotations

import re

from askwell.rules.letters.who import within_a_sentence

_GOES_ON = re.compile(r"(?:not )?to \w", re.IGNORECASE)
_QUOTES = "“”\"'‘’«»"


def after_advised(advice: str) -> str:
    """Continue "You advised me": ``to sit in on a round`` as it is, anything else cited."""
    text = " ".join(advice.split()).strip(_QUOTES + " ").rstrip(".")
    if not text:
        return ""
    if _GOES_ON.match(text):
        return text[:1].lower() + text[1:]
    return f"this: “{text}”"


_CLAUSES = re.compile(r"\s*(?:[;\n]|\s[–—-]\s|[.!?](?=\s)|,\s(?:and|but|so)\b)\s*")
_SPOKEN_OF = re.compile(r"\b(?:she|he|her|hers|his|him|herself|himself)\b", re.IGNORECASE)
_OF_THEM = re.compile(
    r"(?:"
    r"agreed|asked|asks|began|came|can|comes|could|did|does|gave|gives|grew|had|happy|"
    r"has|hates|helped|helps|hires|hopes|interested|introduced|invited|is|joined|just|"
    r"keen|knew|knows|leads|left|liked|likes|lived|lives|looking|looks|loved|loves|made|"
    r"makes|manages|may|met|might|moved|moves|must|need|needs|never|offered|offers|plans|"
    r"promised|recommended|recommends|runs|said|says|seemed|seems|should|started|starts|"
    r"studied|studies|suggested|suggests|taught|teaches|thinks|thought|told|used|using|"
    r"wanted|wants|was|went|will|wishes|worked|working|works|would"
    r")\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(?:"
    r"answer|ask|bring|call|check|connect|explain|find|forward|get|give|help|introduce|"
    r"invite|lend|let|look|make|meet|mention|name|pass|point|put|read|recommend|refer|"
    r"review|say|send|share|show|speak|talk|teach|tell|try|walk|write"
    r")\b",
    re.IGNORECASE,
)
_BEGINS_A_NOUN = re.compile(
    r"(?:"
    r"a|an|the|my|your|their|our|some|two|three"
    r")\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:her|his)\s+(?!(?:about|after|and|as|at|before|but|by|for|from|how|if|in|into|most|of|on|or|so|than|that"
    r"|the|to|what|when|where|why|with)\b)(?=\w)",
    re.IGNORECASE,
)


def after_about(note: str) -> str:
    """Continue "what you said about": ``how gloves are counted`` of a note, or nothing where it cannot."""
    text = _CLAUSES.split(note.strip())[0].strip(_QUOTES + " .,!")
    if _OF_THEM.match(text) or _SPOKEN_OF.search(text):
        return ""
    return within_a_sentence(text)


def after_offered(promise: str) -> str:
    """Continue "You kindly offered": ``to send me the table``, ``the table``; anything else cited."""
    text = " ".join(promise.split()).strip(_QUOTES + " ").rstrip(".")
    if not text:
        return ""
    small = text[:1].lower() + text[1:]
    if _GOES_ON.match(text) or _BEGINS_A_NOUN.match(text):
        return small
    return f"to {small}" if _OFFERS.match(text) else f"this: “{text}”"


def to_their_face(question: str) -> str:
    """Put ``how her team plans nights`` as ``how your team plans nights``; nothing where it takes more."""
    asked = _THEIRS.sub("your ", question)
    return "" if _SPOKEN_OF.search(asked) else asked


def what_came(*, talked: bool, wrote: bool) -> str:
    """Say to whoever named somebody what came of it, as a sentence without its end; "" where nothing did."""
    if talked:
        return "We have talked since, and I am glad of it"
    return "I have written to them since" if wrote else ""
