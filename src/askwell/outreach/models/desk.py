"""What the seeker keeps at their own desk: lists, papers, decisions, and steps put off."""

from __future__ import annotations

from django.db import models

from askwell.outreach.models.series import Touch
from askwell.people.models import Contact, Organization, Owned


class Snooze(Owned):
    """A step put off: it holds until its date."""

    key = models.CharField(max_length=80)  # Step.key
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="snoozed_once")]


class Employer(Owned):
    """A place the seeker would like to work at: a line of the employer list (L05)."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="wanted")
    motivation = models.PositiveSmallIntegerField(null=True)  # 1 to 5: how much one would like it
    posting = models.PositiveSmallIntegerField(default=0)  # 0 none seen, 1 something near, 2 one that fits
    notes = models.TextField(default="", blank=True)
    added_at = models.DateTimeField()
    not_hiring_at = models.DateTimeField(null=True)  # they said: not today
    look_again_on = models.DateField(null=True)
    dropped_at = models.DateTimeField(null=True)


class SavedLink(Owned):
    """Something worth reading, on the shelf until there is somebody it would help."""

    url = models.CharField(max_length=2000, default="", blank=True)
    title = models.CharField(max_length=300)
    note = models.TextField(default="", blank=True)  # what is in it, in one's own words
    topics = models.CharField(max_length=300, default="", blank=True)  # words, by commas
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)


class LinkShare(Owned):
    """Something of the shelf that was sent to someone."""

    link = models.ForeignKey(SavedLink, on_delete=models.CASCADE, related_name="shares")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="links_given")
    shared_at = models.DateTimeField()
    touch = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "contact"], name="shared_once")]


class Resume(Owned):
    """A version of the resume: which, since when, and where it lies."""

    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    where = models.CharField(max_length=500, default="", blank=True)  # a path or an address
    notes = models.TextField(default="", blank=True)
    retired_at = models.DateTimeField(null=True)


class ResumeRequest(Owned):
    """Someone asked for the resume, or got it: which version, and when."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="resume_requests")
    resume = models.ForeignKey(Resume, null=True, on_delete=models.SET_NULL, related_name="requests")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class WeeklyReview(Owned):
    """Ten minutes at the end of a week."""

    week = models.DateField()  # its Monday
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)  # question -> text

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "week"], name="review_once_a_week")]


class About(models.TextChoices):
    """What voices are laid side by side about."""

    OCCUPATION = "occupation"
    ORGANIZATION = "organization"


class OwnView(Owned):
    """What the seeker themself thinks of an occupation or organization, beside what people said."""

    about = models.CharField(max_length=12, choices=About.choices)
    subject = models.CharField(max_length=300)  # folded: two spellings are one
    question = models.CharField(max_length=40)  # key of rules.reflection.QUESTIONS
    text = models.TextField(default="", blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "about", "subject", "question"], name="one_view"),
        ]


class CareerDecision(Owned):
    """A decision about an occupation or organization, with what it rests on."""

    about = models.CharField(max_length=12, choices=About.choices)
    subject = models.CharField(max_length=300)
    name = models.CharField(max_length=300)  # as shown
    choice = models.CharField(max_length=300)
    reasons = models.TextField(default="", blank=True)
    rests_on = models.JSONField(default=list)  # [{"talk": id, "name": str}] as it was then
    decided_at = models.DateTimeField()
    look_again_on = models.DateField(null=True)
