"""vCard 2.1, 3.0 and 4.0: read what phones and programs export, write 3.0 and 4.0.

Theory of operation.  What the reader does not understand it keeps in ``PersonRecord.kept`` as
``(head, value)`` pairs in the wire form of 3.0 and 4.0; what it understands but cannot hold
whole (a preference, a group, a language) it keeps too, beside the value. The writer
gives a kept line back as long as the record still has the value that line stands for.
"""

from askwell.formats.vcard.reader import iter_cards, read
from askwell.formats.vcard.writer import write

__all__ = ["iter_cards", "read", "write"]
