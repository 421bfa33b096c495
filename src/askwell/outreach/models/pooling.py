"""Circles: friends or classmates who pool whom they know, without showing it (``docs/circles.md``)."""

from __future__ import annotations

import secrets

from django.db import models

from askwell.people.models import Contact, Owned, new_handle


def new_filling() -> str:
    """Make the key from which the nobodies in one's own files follow."""
    return secrets.token_hex(16)


def new_member() -> str:
    """Make the name under which the circle's files know a member."""
    return secrets.token_hex(8)


class Circle(Owned):
    """A circle the seeker is in.  Its secret is kept elsewhere, under ``handle``."""

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=16)  # follows from the secret; the same for every member
    own_name = models.CharField(max_length=120)  # as the others read it
    own_key = models.CharField(max_length=16, default=new_member)
    filling = models.CharField(max_length=32, default=new_filling)
    handle = models.CharField(max_length=40, default=new_handle)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="in_a_circle_once")]

    def __str__(self) -> str:
        return self.name


class CircleMember(Owned):
    """Somebody of a circle whose file was brought in."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    made_on = models.DateField()  # their file
    brought_at = models.DateTimeField()
    contact = models.ForeignKey(  # who of the notebook they are
        Contact, null=True, on_delete=models.SET_NULL, related_name="in_circles"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "key"], name="member_once")]

    def __str__(self) -> str:
        return self.name


class CircleEntry(Owned):
    """Somebody a member knows, or nobody: a token that only the circle's secret can make."""

    member = models.ForeignKey(CircleMember, on_delete=models.CASCADE, related_name="entries")
    token = models.CharField(max_length=32)
    level = models.PositiveSmallIntegerField()  # 1 to 3: know each other, know each other well

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "token"], name="token_once_a_member")]


class KeptOutOfCircles(Owned):
    """A person who goes into no file of a circle."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="kept_out_of_circles")
    since = models.DateTimeField()
