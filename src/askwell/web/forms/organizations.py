"""What can be said of an organization."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from askwell.people.models import Organization
from askwell.search.naming import organization_key
from askwell.web.forms.fields import Lines

_DOMAIN = re.compile(r"^(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}$")


class OrganizationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=300)
    domains = Lines(
        label=_("E-mail domains"),
        rows=2,
        required=False,
        help_text=_("One a line, like lakeside.example. Mail from there is theirs."),
    )
    parent = forms.CharField(
        label=_("Belongs to"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"list": "organization-names"}),
        help_text=_("The larger organization it is a part of, if there is one in your notebook."),
    )
    notes = Lines(label=_("Notes"), required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization

    def clean_domains(self) -> list[str]:
        """Read a domain a line."""
        words = re.split(r"[\s,;]+", self.cleaned_data["domains"].lower())
        found = [word.rpartition("@")[2].strip("./") for word in words if word]
        for domain in found:
            if not _DOMAIN.match(domain):
                raise forms.ValidationError(
                    __("“%(domain)s” is no domain. It looks like lakeside.example.") % {"domain": domain}
                )
        return list(dict.fromkeys(found))

    def clean_parent(self) -> Organization | None:
        """Find the larger organization by its name."""
        name = self.cleaned_data["parent"].strip()
        if not name:
            return None
        rows = Organization.objects.filter(owner_id=self.organization.owner_id)
        parent: Organization | None = rows.filter(key=organization_key(name)).first()
        if parent is None:
            raise forms.ValidationError(__("There is no such organization in your notebook."))
        if _is_below(parent, self.organization.pk):
            raise forms.ValidationError(__("That one is a part of this one. Choose another."))
        return parent


def _is_below(organization: Organization, top: int) -> bool:
    """Say whether going up from ``organization`` leads to ``top``."""
    seen: set[int] = set()
    at: Organization | None = organization
    while at is not None and at.pk not in seen:
        if at.pk == top:
            return True
        seen.add(at.pk)
        at = at.parent
    return False
