"""Rows in, facts out: the projections the rules see.  Nothing maps back."""

from askwell.outreach.facts.relationships import (
    all_people,
    among,
    chunks,
    relationship,
    relationships,
    spans,
)
from askwell.outreach.facts.seeker import seeker_facts
from askwell.outreach.facts.world import World, goal_of, preset_of, seeker_of, world

__all__ = [
    "World",
    "all_people",
    "among",
    "chunks",
    "goal_of",
    "preset_of",
    "relationship",
    "relationships",
    "seeker_facts",
    "seeker_of",
    "spans",
    "world",
]
