"""What a change of a talk sets off: the calendars are looked at next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from askwell.mailroom.models import CalendarAccount

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def refresher(*, owner: AbstractBaseUser, **_more: Any) -> None:
    """Registered with ``people.hooks.on_change`` for talks and settings.

    One whose server did not answer keeps its time.
    """
    CalendarAccount.objects.for_owner(owner).filter(trouble={}).update(look_at=None)
