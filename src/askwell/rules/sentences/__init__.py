"""Every sentence the rules can say, by key.

Theory of operation.  A decision carries a key and numbers; the sentence stands here once, marked with
``_`` for the translators' tools, which is why ``_`` does nothing.  ``{name}`` in braces are the
numbers.  A number of days or hours has two forms where English needs them: one, many.  There is a
module for each room of the catalogue, and one for the questions to bring.
"""

from __future__ import annotations

from askwell.rules.sentences.asking import ASKING
from askwell.rules.sentences.keeping import KEEPING
from askwell.rules.sentences.marks import Plural, _, ngettext
from askwell.rules.sentences.questions import QUESTIONS
from askwell.rules.sentences.talking import BLOCKS, CLOSING, REFLECTION, TALKING

__all__ = ["BLOCKS", "CLOSING", "REASONS", "REFLECTION", "Plural", "_", "ngettext"]

REASONS: dict[str, str | Plural] = {**ASKING, **TALKING, **KEEPING, **QUESTIONS}
