"""A calendar of the seeker's: where it is, and what of it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askwell.mailroom.calendar_servers import is_published
from askwell.web.forms import address_books

if TYPE_CHECKING:
    from askwell.mailroom.models import CalendarAccount

NONE = "none"


class _Unshown(forms.TextInput):
    """A field whose text is not shown again."""

    def format_value(self, value: Any) -> None:
        """Show nothing."""


class ConnectForm(address_books.ConnectForm):
    """Where it is, and how to sign in; a secret address is enough by itself, and is never shown again."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        where = self.fields["where"]
        where.help_text = _(
            "The CalDAV address your provider gives, or your e-mail address. Or a calendar’s secret address "
            "(.ics or webcal): that one wants no name and no password."
        )
        typed = (data or {}).get("where", "")
        self.published = is_published(typed)
        if self.published:
            self.fields["user"].required = self.fields["secret"].required = False
            where.widget = _Unshown(where.widget.attrs)


class ChooseForm(forms.Form):
    """Which calendars are busy time, and which one takes talks."""

    counts = forms.TypedMultipleChoiceField(
        label=_("When am I busy? What stands in these"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Times are offered around it. What it is about is read, and not kept."),
    )
    writes = forms.ChoiceField(
        label=_("Where do my talks go?"),
        widget=forms.RadioSelect,
        help_text=_("A talk moved in that calendar moves here, and the other way round."),
    )

    def __init__(self, data: Any = None, *, account: CalendarAccount) -> None:
        rows = list(account.calendars.order_by("name", "pk"))
        chosen = next((str(row.pk) for row in rows if row.writes), NONE)
        initial = {"counts": [row.pk for row in rows if row.counts], "writes": chosen}
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["counts"].choices = [(row.pk, row.name) for row in rows]
        writable = [(str(row.pk), row.name) for row in rows if not row.read_only]
        fields["writes"].choices = [*writable, (NONE, _("Into none of these"))]
        if account.published:  # nobody can write there
            del fields["writes"]

    def chosen(self) -> dict[str, Any]:
        """Give what was chosen, as it is kept."""
        data = self.cleaned_data
        writes = data.get("writes", NONE)
        return {"counts": data["counts"], "writes": None if writes == NONE else int(writes)}
