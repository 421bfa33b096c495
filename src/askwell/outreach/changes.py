"""What was done, in words, for the offer to undo it: one sentence for each change code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from askwell.people.models import Change

SENTENCES: dict[str, str] = {
    "outreach.goal_set": _("Goal set"),
    "outreach.goal_reviewed": _("Goal kept"),
    "outreach.settings": _("Settings changed"),
    "outreach.opened": _("Outreach to {name} begun"),
    "outreach.homework": _("Homework for {name} kept"),
    "outreach.withdrawn": _("Outreach to {name} let go"),
    "outreach.forbidden": _("{name} will not be contacted"),
    "outreach.address_mended": _("Address of {name} mended"),
    "outreach.referrer": _("Who gave the name of {name}"),
    "outreach.draft_made": _("Draft to {name} made"),
    "outreach.draft_saved": _("Draft to {name} kept"),
    "outreach.draft_mended": _("Draft to {name} mended"),
    "outreach.draft_varied": _("Draft to {name} in other words"),
    "outreach.draft_discarded": _("Draft to {name} thrown away"),
    "outreach.queued": _("Letter to {name} approved"),
    "outreach.invitation_queued": _("Invitation to {name} approved"),
    "outreach.invited": _("Invitation sent to {name}"),
    "outreach.taken_back": _("Letter to {name} taken back"),
    "outreach.arrival_settled": _("Answer of {name} read"),
    "outreach.sent": _("Sent to {name}"),
    "outreach.answered": _("Answered {name}"),
    "outreach.reply": _("Answer of {name} noted"),
    "outreach.scheduled": _("Talk with {name} booked"),
    "outreach.talk_moved": _("Talk with {name} moved"),
    "outreach.talk_moved_in_calendar": _("Talk with {name} moved, as in your calendar"),
    "outreach.talk_cancelled": _("Talk with {name} called off"),
    "outreach.talk_confirmed": _("Talk with {name} confirmed"),
    "outreach.talk_cool": _("How reserved {name} is in the talk"),
    "outreach.held": _("Talk with {name} held"),
    "outreach.talk_missed": _("Talk with {name} did not take place"),
    "outreach.reflected": _("Thoughts on the talk with {name} kept"),
    "outreach.notes": _("Notes on {name} kept"),
    "outreach.occupation": _("Which work the talk with {name} was about"),
    "outreach.own_view": _("Your own view of {subject} kept"),
    "outreach.decided": _("Decision about {subject} kept"),
    "outreach.trial_noted": _("A way to try the work out, through {name}"),
    "outreach.trial_moved": _("The day to try the work out, through {name}"),
    "outreach.trial_done": _("Tried the work out, through {name}"),
    "outreach.trial_dropped": _("A way to try the work out let go, through {name}"),
    "outreach.thanked": _("Thanked {name}"),
    "outreach.promise_made": _("Promise noted with {name}"),
    "outreach.promise_kept": _("Promise to {name} kept"),
    "outreach.promise_dropped": _("Promise with {name} let go"),
    "outreach.name_given": _("{name} gave the name {about}"),
    "outreach.leave": _("Leave to use the name of {name}"),
    "outreach.advice_added": _("Advice of {name} kept"),
    "outreach.advice_acted": _("Advice of {name} followed"),
    "outreach.advice_told": _("Told {name} what came of it"),
    "outreach.favor_give": _("Given to {name}"),
    "outreach.favor_ask": _("Asked of {name}"),
    "outreach.congratulated": _("Congratulated {name}"),
    "outreach.job_change_let_go": _("New job of {name} let go"),
    "outreach.recalled": _("Mentioned to {name} what they offered"),
    "outreach.help_asked": _("{name} asked for help"),
    "outreach.link_saved": _("“{title}” put on the shelf"),
    "outreach.link_edited": _("“{title}” changed"),
    "outreach.link_dropped": _("“{title}” taken off the shelf"),
    "outreach.link_shared": _("“{title}” given to {name}"),
    "outreach.lead_added": _("Lead from {name} kept"),
    "outreach.lead_edited": _("Lead from {name} changed"),
    "outreach.lead_acted": _("Acted on the lead from {name}"),
    "outreach.lead_thanked": _("Thanked {name} for the lead"),
    "outreach.lead_outcome": _("Outcome of the lead from {name} noted"),
    "outreach.lead_told": _("Told {name} how the lead came out"),
    "outreach.lead_closed": _("Lead from {name} closed"),
    "outreach.employers_added": _("Put on your employer list: {count}"),
    "outreach.employer_changed": _("{name} on your employer list changed"),
    "outreach.employer_later": _("{name} kept for later"),
    "outreach.employer_looked": _("Looked at {name} again"),
    "outreach.employer_dropped": _("{name} taken off your employer list"),
    "outreach.employer_back": _("{name} is on your employer list again"),
    "outreach.card_kept": _("Your card kept"),
    "outreach.resume_kept": _("Resume “{version}” kept"),
    "outreach.resume_retired": _("Resume “{version}” put away"),
    "outreach.resume_back": _("Resume “{version}” in use again"),
    "outreach.resume_asked": _("{name} asked for your resume"),
    "outreach.resume_sent": _("Resume sent to {name}"),
    "outreach.resume_dropped": _("No resume to {name} after all"),
    "outreach.place_added": _("{place} put on your list of places"),
    "outreach.place_changed": _("{place} changed"),
    "outreach.place_dropped": _("{place} taken off your list of places"),
    "outreach.place_back": _("{place} is on your list of places again"),
    "outreach.event_changed": _("{event} changed"),
    "outreach.encounter_changed": _("What was noted of {name} at {event} changed"),
    "outreach.event_added": _("{event} noted"),
    "outreach.event_planned": _("{event} planned"),
    "outreach.event_attended": _("Went to {event}"),
    "outreach.event_missed": _("Did not go to {event}"),
    "outreach.encounter": _("Met {name} at {event}"),
    "outreach.wrote_after_event": _("Wrote to {name} after {event}"),
    "outreach.telling_chosen": _("Chosen to be told: {count}"),
    "outreach.telling_dropped": _("{name} taken off those to be told"),
    "outreach.told": _("{name} knows that you are looking"),
    "outreach.offer_begun": _("{left} and {right} to be introduced"),
    "outreach.offer_changed": _("Words for introducing {left} and {right} kept"),
    "outreach.offer_asked": _("Asked {name} about an introduction"),
    "outreach.offer_yes": _("{name} would like the introduction"),
    "outreach.offer_no": _("{name} would rather not be introduced"),
    "outreach.offer_made": _("{left} and {right} introduced"),
    "outreach.offer_dropped": _("Introducing {left} and {right} let go"),
    "outreach.circle_brought": _("File of {name} brought into {circle}"),
    "outreach.circle_member_is": _("Who {name} of your circle is"),
    "outreach.kept_out_of_circles": _("{name} kept out of circles"),
    "outreach.let_into_circles": _("{name} let into circles again"),
    "outreach.review_kept": _("Looking back on the week of {week}: kept"),
    "outreach.review_done": _("Looked back on the week of {week}"),
    "outreach.cadence": _("How often to be in touch with {name}"),
    "outreach.closeness": _("How well you know {name}"),
    "outreach.set_aside": _("{name} set aside"),
    "outreach.suggested_again": _("{name} may be suggested again"),
    "outreach.snoozed": _("Put off: {name}"),
    "outreach.unsnoozed": _("Brought back"),
    "outreach.settled": _("Time passed for {count}"),
    "people.add": _("{name} added"),
    "people.edit": _("{name} changed"),
    "people.closeness": _("How well you know {name}"),
    "people.remove": _("{count} removed"),
    "people.merge": _("{gone} joined with {name}"),
    "people.import": _("Import"),
    "people.tag": _("Tagged {tag}: {count}"),
    "people.marked": _("Who hires or connects people: {count}"),
    "people.untag": _("Tag {tag} taken from {count}"),
    "people.tag_renamed": _("Tag {tag} is now {to}"),
    "people.organization": _("{name} works at {organization}"),
    "people.organization_edited": _("{name} changed"),
    "people.point_added": _("{value} added to {name}"),
    "people.point_edited": _("{value} of {name} changed"),
    "people.point_removed": _("{value} of {name} removed"),
    "people.point_invalid": _("{value} of {name} does not work"),
    "people.point_valid": _("{value} of {name} works"),
    "people.point_preferred": _("{value} is used first for {name}"),
    "people.position_added": _("{name} at {organization} added"),
    "people.position_edited": _("{name} at {organization} changed"),
    "people.position_ended": _("{name} left {organization}"),
    "people.position_removed": _("{name} at {organization} removed"),
    "people.address_book": _("Address book {book}: changed here: {count}"),
    "people.address_book_settled": _("{name} settled with the address book"),
    "sample.made": _("The sample network brought in"),
    "sample.removed": _("The sample network taken out"),
    "people.kept_apart": _("Two people kept apart"),
    "people.pairs_found": _("Pairs found that may be one person: {count}"),
}


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(change: Change) -> str:
    """Say what a change did; a code without a sentence is shown as a plain "Change"."""
    text = SENTENCES.get(change.code)
    if text is None:
        return gettext("Change")
    if change.code == "people.import":
        return _imported(change.params)
    return gettext(text).format_map(_Known(change.params))


def _imported(params: dict[str, Any]) -> str:
    """Say of which files an import was, and what it brought: new people, else whatever there was."""
    new, filled, moved = params.get("new", 0), params.get("filled", 0), params.get("moved", 0)
    touches, events = params.get("touches", 0), params.get("events", 0)
    brought = {
        ngettext("{n} person", "{n} people", new): new,
        ngettext("{n} known better", "{n} known better", filled): filled,
        ngettext("{n} moved to another job", "{n} moved to another job", moved): moved,
        ngettext("{n} message or meeting", "{n} messages and meetings", touches): touches,
        ngettext("{n} event", "{n} events", events): events,
    }
    what = ", ".join(text.format(n=count) for text, count in brought.items() if count)
    first, *others = params.get("names") or [""]
    if others:
        more = ngettext("{file} and {n} more", "{file} and {n} more", len(others))
        first = more.format(file=first, n=len(others))
    said = gettext("Import of {files}").format(files=first) if first else gettext("Import")
    return f"{said}: {what}" if what else said
