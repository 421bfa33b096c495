"""Which column of a table holds what: one choice for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.formats.mapped_csv import FIELDS

if TYPE_CHECKING:
    from askwell.people.importing.mappings import Columns

_SHOWN = 3
WORDS = {
    "name": _("Whole name"),
    "given": _("Given name"),
    "middle": _("Middle name"),
    "family": _("Family name"),
    "prefix": _("Title before the name"),
    "suffix": _("Suffix"),
    "nickname": _("Nickname"),
    "organization": _("Organization"),
    "title": _("Job title"),
    "department": _("Department"),
    "headline": _("In a line"),
    "email": _("E-mail"),
    "email_2": _("Second e-mail"),
    "email_3": _("Third e-mail"),
    "phone": _("Telephone"),
    "phone_mobile": _("Mobile"),
    "phone_work": _("Telephone at work"),
    "phone_home": _("Telephone at home"),
    "phone_2": _("Second telephone"),
    "phone_3": _("Third telephone"),
    "fax": _("Fax"),
    "linkedin": _("LinkedIn profile"),
    "url": _("Web page"),
    "url_2": _("Second web page"),
    "street": _("Street"),
    "city": _("City"),
    "region": _("Region"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "address": _("Whole postal address"),
    "place": _("Place"),
    "birthday": _("Birthday"),
    "connected_on": _("Connected since"),
    "notes": _("Notes"),
    "tags": _("Tags"),
    "referred_by": _("Who gave their name"),
    "met": _("How you met"),
    "last_contact": _("Last in touch"),
}
_NAMES = {"name", "given", "family", "email", "phone", "phone_mobile", "phone_work", "linkedin", "nickname"}


class ColumnsForm(forms.Form):
    """``column-0`` and so on, each a field of ``formats.mapped_csv.FIELDS`` or nothing."""

    def __init__(self, *args: Any, seen: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        meaning = {column: field for field, column in seen.mapping.items()}
        choices = [("", _("Keep as a note")), *((field, WORDS.get(field, field)) for field in FIELDS)]
        for number, column in enumerate(seen.columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column, required=False, choices=choices, initial=meaning.get(column, "")
            )

    def lines(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Give each column's field with the first things that stand in it."""
        return [
            (
                self[f"column-{number}"],
                [row[number] for row in self.seen.rows if number < len(row) and row[number]][:_SHOWN],
            )
            for number in range(len(self.seen.columns))
        ]

    def mapping(self) -> dict[str, str]:
        """Give field -> column."""
        return {
            self.cleaned_data[f"column-{number}"]: column
            for number, column in enumerate(self.seen.columns)
            if self.cleaned_data.get(f"column-{number}")
        }

    def clean(self) -> dict[str, Any]:
        """Each meaning once, and something to know a person by."""
        data: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for number, column in enumerate(self.seen.columns):
            field = data.get(f"column-{number}")
            if field and field in taken:
                words = __("“%(column)s” is that already. Choose another meaning for one of the two.")
                self.add_error(f"column-{number}", words % {"column": taken[field]})
            elif field:
                taken[field] = column
        if not _NAMES & set(taken):
            self.add_error(
                None, __("Say which column holds a name, an e-mail address or a telephone number.")
            )
        return data
