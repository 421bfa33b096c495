"""The numbers of the rules that a seeker may change, with the source of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.rules.errors import BadParameter
from askwell.rules.presets import PRESETS, SOURCE_NAMES, Source, choose, source_of
from askwell.web.forms.seeker import PRESET_CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

GROUPS: tuple[tuple[_StrPromise, Mapping[str, _StrPromise]], ...] = (
    (
        _("The letter"),
        {
            "minutes_asked": _("Minutes asked for"),
            "max_touches": _("Letters at most, the first included"),
            "volunteer_touches": _("Letters at most to people who offered to talk"),
            "wait_business_days": _("Business days before a reminder"),
            "min_gap_business_days": _("Business days between two letters, at least"),
            "second_contact_business_days": _("Business days before somebody else there is suggested"),
            "active_cap": _("People asked at the same time, at most"),
            "minutes_per_message": _("Minutes one first letter takes"),
            "employer_open_most": _("People asked at one employer at a time, at most"),
        },
    ),
    (
        _("The talk"),
        {
            "wrap_cue_minutes": _("Minutes before the end when you are told"),
            "arrange_business_days": _("Business days to agree on a time"),
            "confirm_business_days": _("Business days before it to confirm"),
            "prepare_ahead_business_days": _("Business days before it to prepare"),
            "questions_min": _("Questions to prepare, at least"),
            "questions_max": _("Questions to prepare, at most"),
        },
    ),
    (
        _("Afterwards"),
        {
            "thank_hours": _("Hours to say thanks"),
            "reply_business_days": _("Business days to answer"),
            "promise_business_days": _("Business days to keep a promise without a date"),
            "close_loop_days": _("Days to tell what came of advice"),
            "lead_business_days": _("Business days to act on a lead"),
            "event_write_business_days": _("Business days to write after an event"),
        },
    ),
    (
        _("Keeping in touch"),
        {
            "check_in_min_gap_days": _("Days between two check-ins, at least"),
            "after_talk_months": _("Months of check-ins after a talk"),
            "keep_warm_days": _("Days after which a tie wants a line"),
            "cadence_cap": _("People kept in touch with, at most"),
            "goal_review_days": _("Days before the goal is looked at again"),
            "resume_review_days": _("Days before the resume is looked at again"),
            "resume_send_business_days": _("Business days to send a resume someone asked for"),
            "cards_low": _("Cards left when it is time to print more"),
        },
    ),
)
LABELS = {field: label for _title, fields in GROUPS for field, label in fields.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number: its control, what the preset says, and who says so."""

    bound: forms.BoundField
    usual: int
    source: Source
    source_name: str
    changed: bool


class PresetForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("Whose advice to follow"), widget=forms.RadioSelect, choices=PRESET_CHOICES
    )


class NumbersForm(forms.Form):
    """One whole number a field; an empty one goes back to what the preset says."""

    def __init__(self, *args: Any, preset: str, overrides: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset, self.overrides = preset, dict(overrides)
        for field, label in LABELS.items():
            value = self.overrides.get(field, getattr(PRESETS[preset], field))
            self.fields[field] = forms.IntegerField(label=label, required=False, min_value=0, initial=value)

    def groups(self) -> list[tuple[_StrPromise, list[Number]]]:
        """Give the numbers by part."""
        return [(title, [self._number(field) for field in fields]) for title, fields in GROUPS]

    def _number(self, field: str) -> Number:
        source = source_of(self.preset, field)
        return Number(
            bound=self[field],
            usual=getattr(PRESETS[self.preset], field),
            source=source,
            source_name=SOURCE_NAMES[source],
            changed=field in self.overrides,
        )

    def clean(self) -> dict[str, Any]:
        """Numbers that fit together."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                choose(self.preset, **self.chosen())
            except BadParameter as error:
                field = error.field if error.field in self.fields else None
                self.add_error(
                    field, _("This does not fit with the other numbers: %(why)s") % {"why": error.problem}
                )
        return data

    def chosen(self) -> dict[str, Any]:
        """Give what differs from the preset; what is not shown here stays as it was."""
        usual = PRESETS[self.preset]
        kept = {field: value for field, value in self.overrides.items() if field not in LABELS}
        typed = {field: self.cleaned_data.get(field) for field in LABELS}
        return kept | {
            field: value
            for field, value in typed.items()
            if value is not None and value != getattr(usual, field)
        }
