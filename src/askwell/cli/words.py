"""Words for the person at the terminal: translated where a notebook is open, plain otherwise."""

from __future__ import annotations

import sys


def _(text: str) -> str:
    """Translate, without loading Django for commands that live without it."""
    if "django.conf" not in sys.modules:
        return text
    from django.utils.translation import gettext

    return gettext(text)


def _n(one: str, many: str, count: int, **words: object) -> str:
    """Choose and translate by number; both texts may hold ``%(count)s`` and what else is named."""
    words = {"count": count, **words}
    if "django.conf" not in sys.modules:
        return (one if count == 1 else many) % words
    from django.utils.translation import ngettext

    return ngettext(one, many, count) % words
