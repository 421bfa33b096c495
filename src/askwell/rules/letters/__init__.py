"""Letters drafted from the user's facts: honest phrasings, never a placeholder."""

from askwell.rules.letters.drafting import draft, question
from askwell.rules.letters.facts import Address, Draft, LetterFacts

__all__ = ["Address", "Draft", "LetterFacts", "draft", "question"]
