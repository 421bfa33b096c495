"""Who owns the notebook on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LOCAL_NAME = "me"


def local_owner() -> AbstractBaseUser:
    """Give the one user of a local notebook, made on first use."""
    owner, _ = get_user_model().objects.get_or_create(username=LOCAL_NAME)
    return owner
