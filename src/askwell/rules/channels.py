"""Which way the next touch goes (F04).

Theory of operation.  A preset names channels: in order, one for each touch (S0: mail, a call, mail), or
as equals.  The telephone is only for those who offered a number; otherwise its turn falls to mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.rules.facts import Channel

if TYPE_CHECKING:
    from askwell.rules.facts import OutreachFacts
    from askwell.rules.presets import Preset


def suggest_channel(outreach: OutreachFacts, *, preset: Preset) -> Channel | None:
    """Suggest how the next touch should travel; None where the preset leaves it open."""
    if not preset.channels:
        return None
    turn = min(len(outreach.sent), len(preset.channels) - 1) if preset.channels_in_order else 0
    channel = preset.channels[turn]
    return Channel.EMAIL if channel is Channel.PHONE and not outreach.phone_offered else channel
