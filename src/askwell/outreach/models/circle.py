"""What lies between the seeker and a contact beside the outreach itself: both ways, and at gatherings."""

from __future__ import annotations

from django.db import models

from askwell.outreach.models.series import Introduction, Talk, Touch
from askwell.people.models import Contact, Import, Organization, Owned


class Promise(Owned):
    """Something either side said they would do."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="promises")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="promises")
    mine = models.BooleanField()
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class Advice(Owned):
    """Advice or a name received, until its giver has heard what came of it: the loop to close."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="advice")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="advice")
    introduction = models.ForeignKey(  # a name given is a loop too: its giver hears what came of it
        Introduction, null=True, on_delete=models.CASCADE, related_name="loops"
    )
    text = models.CharField(max_length=500)
    received_at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)


class Favor(Owned):
    """An entry of reciprocity: what the seeker gave, or asked for.  Never a debt score."""

    class Kind(models.TextChoices):
        GIVE = "give"
        ASK = "ask"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="favors")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    touch = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="favors")


class Lead(Owned):
    """A possible opening heard of from someone."""

    source = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="leads")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="leads")
    title = models.CharField(max_length=300)
    detail = models.TextField(default="", blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    heard_at = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    source_thanked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, default="", blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class Community(Owned):
    """Where people of one's field meet: an association, a group, a conference that comes every year."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association"
        GROUP = "group"
        CONFERENCE = "conference"
        ALUMNI = "alumni"
        ONLINE = "online"

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.GROUP)
    url = models.CharField(max_length=500, default="", blank=True)
    place = models.CharField(max_length=300, default="", blank=True)
    notes = models.TextField(default="", blank=True)
    added_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    look_again_on = models.DateField(null=True)  # for its next gathering
    dropped_at = models.DateTimeField(null=True)


class NetworkingEvent(Owned):
    """A gathering, planned and followed up."""

    name = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300, default="", blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    plan = models.JSONField(default=dict)  # people, questions, introduction, offer
    planned_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    notes = models.TextField(default="", blank=True)
    community = models.ForeignKey(Community, null=True, on_delete=models.SET_NULL, related_name="events")


class Encounter(Owned):
    """Someone met at a networking event."""

    event = models.ForeignKey(NetworkingEvent, on_delete=models.CASCADE, related_name="encounters")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="encounters")
    said = models.CharField(max_length=500, default="", blank=True)
    written_at = models.DateTimeField(null=True)
    card_given = models.BooleanField(default=False)
    card_taken = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "contact"], name="met_once_an_event")]


class JobChange(Owned):
    """A new position that an import showed of someone already known: a reason to congratulate."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="job_changes")
    organization = models.CharField(max_length=300, default="", blank=True)
    title = models.CharField(max_length=300, default="", blank=True)
    noticed_at = models.DateTimeField()
    congratulated_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")


class IntroductionOffer(Owned):
    """An introduction the seeker makes: both are asked first, and either may say no (I01)."""

    class Answer(models.TextChoices):
        UNASKED = "unasked"
        ASKED = "asked"
        YES = "yes"
        NO = "no"

    left = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="offers_first")
    right = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="offers_second")
    why = models.CharField(max_length=500, default="", blank=True)
    blurb = models.TextField(default="", blank=True)  # to forward
    left_says = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNASKED)
    right_says = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNASKED)
    begun_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class Telling(Owned):
    """Someone to be told of the search, in a letter of their own."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="telling")
    chosen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)


class Trial(Owned):
    """A way to try the work out that a talk opened: a day beside someone, an internship, a post."""

    class Kind(models.TextChoices):
        SHADOWING = "shadowing"
        INTERNSHIP = "internship"
        VOLUNTEERING = "volunteering"
        PROJECT = "project"
        COURSE = "course"
        OTHER = "other"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="trials")
    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="trials")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=500, default="", blank=True)
    noted_at = models.DateTimeField()
    on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)
    dropped_at = models.DateTimeField(null=True)
