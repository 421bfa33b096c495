"""Versions of the resume."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.outreach.kept_files import MOST_BYTES
from askwell.outreach.models import Resume
from askwell.web import words
from askwell.web.forms.fields import Day, Lines

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from askwell.web.accounts.models import User


class VersionForm(forms.Form):
    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=200,
        help_text=_("So that you can tell two apart: Analyst, two pages."),
    )
    made_on = Day(label=_("Brought up to date on"))
    file = forms.FileField(
        label=_("The file itself"),
        required=False,
        help_text=_(
            "A copy is kept in your data folder, and the .eml of a letter carries it. 10 MB at most."
        ),
    )
    where = forms.CharField(
        label=_("Where does it lie?"),
        max_length=500,
        required=False,
        help_text=_("A file or an address. Askwell only notes it and never opens it."),
    )
    notes = Lines(label=_("What it stresses"), rows=2, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_file(self) -> tuple[str, bytes] | None:
        """Its name and what is in it; one that is too large is not read."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(words.of_problem("too-large"))
        return file.name or "", file.read()

    def clean_made_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["made_on"]
        if day > timezone.localdate(self.now):
            raise forms.ValidationError(__("This day has not come yet."))
        return day

    def values(self) -> dict[str, Any]:
        """Give what the actions keep: noon of the day, or now where that has not come."""
        data = dict(self.cleaned_data)
        noon = timezone.make_aware(datetime.combine(data.pop("made_on"), time(12)))
        return {**data, "made_at": min(noon, self.now)}


class SentForm(forms.Form):
    version = forms.ModelChoiceField(
        label=_("Which version?"), queryset=Resume.objects.none(), required=False, empty_label=_("The newest")
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Resume.objects.for_owner(owner).filter(retired_at=None).order_by("-made_at", "-pk")
        field: Any = self.fields["version"]
        field.queryset = rows
        field.label_from_instance = lambda row: row.name
