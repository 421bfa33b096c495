"""Everything the pages and the command line read.  Nothing here writes (but the settings row, once)."""

from askwell.outreach.queries.asked import filter_of
from askwell.outreach.queries.cards import card_file, card_page, card_vcard, own_card
from askwell.outreach.queries.circles import circle_line, circles, in_circles, through_circles
from askwell.outreach.queries.comparing import compare, decisions, few_heard, subject_named
from askwell.outreach.queries.employers import employer_lines, employers
from askwell.outreach.queries.gatherings import (
    brought,
    hints_of,
    may_be_there,
    met_at,
    places,
    plan_page,
    suggested_questions,
)
from askwell.outreach.queries.guarded import guarded_by
from askwell.outreach.queries.hints import late_to_cancel, load
from askwell.outreach.queries.lists import (
    drafts,
    events,
    goal_of,
    introductions,
    known_there,
    leads,
    outreaches,
    promises,
    search,
    seeker_of,
    talks,
    undo_offer,
    waiting,
    weeks,
)
from askwell.outreach.queries.mentions import Mention, Mentioned, mentioned
from askwell.outreach.queries.moving import asked_to_move
from askwell.outreach.queries.people import PeopleFilter, people_page
from askwell.outreach.queries.person import may_send, open_advice, person, timeline
from askwell.outreach.queries.record import record
from askwell.outreach.queries.resumes import resumes, version_hint
from askwell.outreach.queries.reviews import review
from askwell.outreach.queries.telling import knows_since, telling
from askwell.outreach.queries.today import next_people, season, step, steps, today
from askwell.outreach.queries.trials import trials_of

__all__ = [
    "Mention",
    "Mentioned",
    "PeopleFilter",
    "asked_to_move",
    "brought",
    "card_file",
    "card_page",
    "card_vcard",
    "circle_line",
    "circles",
    "compare",
    "decisions",
    "drafts",
    "employer_lines",
    "employers",
    "events",
    "few_heard",
    "filter_of",
    "goal_of",
    "guarded_by",
    "hints_of",
    "in_circles",
    "introductions",
    "known_there",
    "knows_since",
    "late_to_cancel",
    "leads",
    "load",
    "may_be_there",
    "may_send",
    "mentioned",
    "met_at",
    "next_people",
    "open_advice",
    "outreaches",
    "own_card",
    "people_page",
    "person",
    "places",
    "plan_page",
    "promises",
    "record",
    "resumes",
    "review",
    "search",
    "season",
    "seeker_of",
    "step",
    "steps",
    "subject_named",
    "suggested_questions",
    "talks",
    "telling",
    "through_circles",
    "timeline",
    "today",
    "trials_of",
    "undo_offer",
    "version_hint",
    "waiting",
    "weeks",
]
