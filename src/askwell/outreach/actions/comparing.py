"""What the seeker makes of what they heard: what a talk was about, their own view, a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.outreach.actions._doing import doing, fresh, one_of, required, to_come, towards
from askwell.outreach.errors import BadValue
from askwell.outreach.models import About, CareerDecision, OwnView
from askwell.outreach.voices import by_subject, key_about, spoken
from askwell.rules.comparing import Choice
from askwell.rules.reflection import QUESTIONS

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.base_user import AbstractBaseUser

    from askwell.outreach.models import Talk


def set_occupation(talk: Talk, *, occupation: str, now: datetime) -> Talk:
    """Say which work a talk was about; empty: the present title of the person again."""
    with towards(talk.contact, "occupation", now=now) as log:
        log.change(fresh(talk), occupation=" ".join(occupation.split())[:200])
    return talk


def keep_view(
    owner: AbstractBaseUser, *, about: About | str, subject: str, question: str, text: str, now: datetime
) -> OwnView | None:
    """Keep what the seeker themself thinks; ``subject`` is its key.  An empty text takes it away."""
    which = one_of(About, "about", about)
    if question not in QUESTIONS:
        raise BadValue("question", "unknown")
    key, said = required("subject", subject, 300), text.strip()
    rows = OwnView.objects.for_owner(owner)
    with doing(owner, "own_view", now=now, subject=key) as log:
        row = rows.filter(about=which, subject=key, question=question).first()
        if row is None and said:
            row = OwnView(owner_id=owner.pk, about=which.value, subject=key, question=question)
            row.text, row.updated_at = said, now
            return log.create(row)
        if row is not None and said:
            log.change(row, text=said, updated_at=now)
        elif row is not None:
            log.delete(row)
    return row if said else None


def decide(
    owner: AbstractBaseUser,
    *,
    about: About | str,
    name: str,
    choice: Choice | str,
    now: datetime,
    reasons: str = "",
    look_again_on: date | None = None,
) -> CareerDecision:
    """Keep a decision with the talks it rests on, as they are now.  A later one takes its place."""
    which, chosen = one_of(About, "about", about), one_of(Choice, "choice", choice)
    shown = required("name", name, 300)
    subject = required("name", key_about(which, shown), 300)
    to_come("look_again_on", look_again_on, owner=owner, now=now)
    with doing(owner, "decided", now=now, subject=shown) as log:
        return log.create(
            CareerDecision(
                owner_id=owner.pk,
                about=which.value,
                subject=subject,
                name=shown,
                choice=chosen.value,
                reasons=reasons.strip(),
                rests_on=_rests_on(owner, which, subject),
                decided_at=now,
                look_again_on=look_again_on,
            )
        )


def _rests_on(owner: AbstractBaseUser, about: About, subject: str) -> list[dict[str, int | str]]:
    heard = by_subject(spoken(owner), about).get(subject, [])
    return [{"talk": one.voice.talk, "name": one.name, "contact": one.voice.contact} for one in heard]
