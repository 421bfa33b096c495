"""Everything the seeker can do.  Each action takes models and plain values, and ``now``.

Every writing goes through the journal, so each action is one step back for undo, and the rows
derived from what happened (steps, standings) are made anew in the same transaction.  What
etiquette forbids raises ``errors.Refused``; nothing is changed then.
"""

from askwell.outreach.actions.advice import act_on_advice, add_advice, tell_advice
from askwell.outreach.actions.cards import keep_card
from askwell.outreach.actions.circles import (
    bring_in,
    join_circle,
    keep_out,
    leave_circle,
    make_circle,
    say_who,
)
from askwell.outreach.actions.comparing import decide, keep_view, set_occupation
from askwell.outreach.actions.drafts import discard_draft, mend_draft, new_draft, next_variant, save_draft
from askwell.outreach.actions.employers import (
    add_employers,
    bring_back_employer,
    change_employer,
    drop_employer,
    keep_for_later,
    look_again,
)
from askwell.outreach.actions.events import (
    add_encounter,
    add_event,
    attend_event,
    change_encounter,
    change_event,
    plan_event,
    wrote_after_event,
)
from askwell.outreach.actions.favors import record_favor
from askwell.outreach.actions.giving import (
    congratulated,
    let_job_change_go,
    recalled,
    record_help_asked,
)
from askwell.outreach.actions.invitations import queue_invitation
from askwell.outreach.actions.keeping import (
    mark_done,
    set_cadence,
    set_closeness,
    settle,
    snooze,
    undo_change,
    undo_last,
    unsnooze,
)
from askwell.outreach.actions.leads import (
    act_on_lead,
    add_lead,
    close_lead,
    edit_lead,
    record_outcome,
    tell_outcome,
    thank_for_lead,
    write_about_lead,
)
from askwell.outreach.actions.mailing import queue_letter, settle_letter, take_back_letter
from askwell.outreach.actions.names import record_name, set_leave
from askwell.outreach.actions.notes import keep_notes
from askwell.outreach.actions.offers import (
    begin_offer,
    change_offer,
    drop_offer,
    going_offer,
    record_introduced,
    record_offer_answer,
    record_offer_asked,
)
from askwell.outreach.actions.outreaches import (
    forbid,
    mend_address,
    open_outreach,
    save_homework,
    set_referrer,
    withdraw,
)
from askwell.outreach.actions.places import add_place, change_place, drop_place
from askwell.outreach.actions.promises import drop_promise, keep_promise, make_promise
from askwell.outreach.actions.replies import Answer, record_reply
from askwell.outreach.actions.resumes import (
    add_resume,
    change_resume,
    drop_request,
    resume_asked,
    retire_resume,
    send_resume,
)
from askwell.outreach.actions.reviews import finish_review, keep_review
from askwell.outreach.actions.seeker import change_seeker, review_goal, set_goal, set_own_name, set_own_post
from askwell.outreach.actions.sending import record_answer, record_draft_sent, record_sent
from askwell.outreach.actions.shelf import drop_link, edit_link, save_link, share_link, write_with_link
from askwell.outreach.actions.talks import (
    cancel_talk,
    confirm_talk,
    move_talk,
    record_held,
    record_missed,
    record_talk,
    reflect,
    save_notes,
    schedule_talk,
    set_cool,
    talk_ics,
)
from askwell.outreach.actions.telling import choose_to_tell, leave_untold, letter_to_tell, mark_told
from askwell.outreach.actions.thanks import record_thanks
from askwell.outreach.actions.trials import drop_trial, end_trial, move_trial, note_trial

__all__ = [
    "Answer",
    "act_on_advice",
    "act_on_lead",
    "add_advice",
    "add_employers",
    "add_encounter",
    "add_event",
    "add_lead",
    "add_place",
    "add_resume",
    "attend_event",
    "begin_offer",
    "bring_back_employer",
    "bring_in",
    "cancel_talk",
    "change_employer",
    "change_encounter",
    "change_event",
    "change_offer",
    "change_place",
    "change_resume",
    "change_seeker",
    "choose_to_tell",
    "close_lead",
    "confirm_talk",
    "congratulated",
    "decide",
    "discard_draft",
    "drop_employer",
    "drop_link",
    "drop_offer",
    "drop_place",
    "drop_promise",
    "drop_request",
    "drop_trial",
    "edit_lead",
    "edit_link",
    "end_trial",
    "finish_review",
    "forbid",
    "going_offer",
    "join_circle",
    "keep_card",
    "keep_for_later",
    "keep_notes",
    "keep_out",
    "keep_promise",
    "keep_review",
    "keep_view",
    "leave_circle",
    "leave_untold",
    "let_job_change_go",
    "letter_to_tell",
    "look_again",
    "make_circle",
    "make_promise",
    "mark_done",
    "mark_told",
    "mend_address",
    "mend_draft",
    "move_talk",
    "move_trial",
    "new_draft",
    "next_variant",
    "note_trial",
    "open_outreach",
    "plan_event",
    "queue_invitation",
    "queue_letter",
    "recalled",
    "record_answer",
    "record_draft_sent",
    "record_favor",
    "record_held",
    "record_help_asked",
    "record_introduced",
    "record_missed",
    "record_name",
    "record_offer_answer",
    "record_offer_asked",
    "record_outcome",
    "record_reply",
    "record_sent",
    "record_talk",
    "record_thanks",
    "reflect",
    "resume_asked",
    "retire_resume",
    "review_goal",
    "save_draft",
    "save_homework",
    "save_link",
    "save_notes",
    "say_who",
    "schedule_talk",
    "send_resume",
    "set_cadence",
    "set_closeness",
    "set_cool",
    "set_goal",
    "set_leave",
    "set_occupation",
    "set_own_name",
    "set_own_post",
    "set_referrer",
    "settle",
    "settle_letter",
    "share_link",
    "snooze",
    "take_back_letter",
    "talk_ics",
    "tell_advice",
    "tell_outcome",
    "thank_for_lead",
    "undo_change",
    "undo_last",
    "unsnooze",
    "withdraw",
    "write_about_lead",
    "write_with_link",
    "wrote_after_event",
]
