"""Everything that can be done to people.  Each action is one undoable change."""

from askwell.people.actions.contacts import (
    NewContact,
    add_contact,
    add_from_text,
    edit_contact,
    remove_contacts,
    set_closeness,
)
from askwell.people.actions.deciding import decide_review, keep_apart, keep_apart_pair, look_for_pairs
from askwell.people.actions.marking import MARKS, mark_contacts
from askwell.people.actions.merging import merge_contacts
from askwell.people.actions.points import (
    add_point,
    edit_point,
    mark_invalid,
    mark_valid,
    prefer_point,
    remove_point,
)
from askwell.people.actions.positions import (
    add_position,
    edit_organization,
    edit_position,
    end_position,
    remove_position,
    set_organization,
)
from askwell.people.actions.postal import keep_postal_address
from askwell.people.actions.tags import rename_tag, tag_contacts, untag_contacts

__all__ = [
    "MARKS",
    "NewContact",
    "add_contact",
    "add_from_text",
    "add_point",
    "add_position",
    "decide_review",
    "edit_contact",
    "edit_organization",
    "edit_point",
    "edit_position",
    "end_position",
    "keep_apart",
    "keep_apart_pair",
    "keep_postal_address",
    "look_for_pairs",
    "mark_contacts",
    "mark_invalid",
    "mark_valid",
    "merge_contacts",
    "prefer_point",
    "remove_contacts",
    "remove_point",
    "remove_position",
    "rename_tag",
    "set_closeness",
    "set_organization",
    "tag_contacts",
    "untag_contacts",
]
