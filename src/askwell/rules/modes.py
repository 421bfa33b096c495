"""Which modes do what: one place for the sets of modes and occasions that more than one rule decides by.

Theory of operation.  Each set is made of the narrower one before it.  The week's load (K06) counts
the first messages, ``FIRST_MODES``; in a full week ``refusals`` asks a reason for one more of the same.
"""

from __future__ import annotations

from askwell.rules.facts import Mode, Occasion

# An outreach is opened with one of these.
OPENING_MODES = frozenset({Mode.INFORMATIONAL, Mode.LEAD})
# These ask for a talk, of someone new or after a long time.
TALK_MODES = OPENING_MODES | {Mode.RECONNECT}
# The first letter of an outreach may be one of these.
FIRST_LETTER_MODES = TALK_MODES | {Mode.EVENT_FOLLOW_UP}
# These come unasked, and each one sent counts in the week's load (K06); a request for an introduction
# does too, but is about somebody else.
FIRST_MODES = FIRST_LETTER_MODES | {Mode.INTRO_REQUEST}
# These want something of the other.
ASKING_MODES = FIRST_MODES | {Mode.FOLLOW_UP}
# These confirm, move or call off a talk that is booked: there is news in them, and no asking.
TALK_OCCASIONS = frozenset({Occasion.CONFIRM, Occasion.RESCHEDULE, Occasion.CANCEL})
