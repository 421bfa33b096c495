"""Words for the person at the terminal: translated where a notebook is open, plain otherwise."""

from __future__ import annotations

import sys


def _(text: str) -> str:
    """Translate, without loading Django for commands that live without it."""
    if "django.conf" not in sys.modules:
        return text
    from django.utils.translation import gettext

    return gettext(text)


def _n(one: str, many: str, count: int) -> str:
    """Choose and translate by number; both texts may hold ``%(count)s``."""
    if "django.conf" not in sys.modules:
        return (one if count == 1 else many) % {"count": count}
    from django.utils.translation import ngettext

    return ngettext(one, many, count) % {"count": count}
