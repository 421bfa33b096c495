"""Forms whose texts may have been changed elsewhere since they were opened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from askwell.rules.versions import digest, reconcile

if TYPE_CHECKING:
    from collections.abc import Iterator

_SINCE = "since"


class KeepsBoth(forms.Form):
    """Overwrites nothing that was changed since the form was opened; ``initial`` is what is kept now.

    Of a text of several lines both versions are kept (``both`` names such fields); of a single line
    the one kept is shown at the field, and what was typed waits for another yes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.both: list[str] = []
        self.between: dict[str, str] = {}  # field -> line to stand between two versions
        self._clashes: dict[str, str] = {}
        self.fields[_SINCE] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._digests)

    def full_clean(self) -> None:
        """Put the versions together before anything is read."""
        if self.is_bound:
            self._put_together()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Show what stands where a single line would have been overwritten."""
        data = super().clean() or {}
        data.pop(_SINCE, None)
        for name, stored in self._clashes.items():
            said = _(
                "Meanwhile this was changed elsewhere to “%(text)s”. What you typed stands here;"
                " keep once more to put it in its place."
            )
            self.add_error(name, said % {"text": stored})
        return data

    def _put_together(self) -> None:
        self.both, self._clashes, data = [], {}, self.data.copy()  # type: ignore[attr-defined]
        since = _read(data.get(self.add_prefix(_SINCE), ""))
        for name, long in self._texts():
            key = self.add_prefix(name)
            stored = self._stored(name)
            mark = self.between.get(name, "")
            kept = reconcile(stored, data.get(key, ""), since=since.get(name, ""), between=mark)
            if kept.both and not long:
                self._clashes[name] = stored
                continue
            if kept.both:
                self.both.append(name)
            if key in data or name in since:
                data[key] = kept.text
        data[self.add_prefix(_SINCE)] = self._digests()
        self.data = data

    def _texts(self) -> Iterator[tuple[str, bool]]:
        """Fields of free text, and whether they have several lines."""
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, forms.Textarea):
                yield name, True
            elif type(widget) is forms.TextInput:
                yield name, False

    def _stored(self, name: str) -> str:
        return str(self.get_initial_for_field(self.fields[name], name) or "")

    def _digests(self) -> str:
        return json.dumps({name: digest(self._stored(name)) for name, _long in self._texts()})


def _read(given: str) -> dict[str, str]:
    try:
        read = json.loads(given)
    except ValueError:
        return {}
    return {key: str(value) for key, value in read.items()} if isinstance(read, dict) else {}
