"""Letters drafted from the user's facts: honest phrasings, never a placeholder."""

from askwell.rules.letters.drafting import draft, question
from askwell.rules.letters.facts import Address, Connection, Draft, LetterFacts

__all__ = ["Address", "Connection", "Draft", "LetterFacts", "draft", "question"]
