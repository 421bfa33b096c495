"""The list of where to find what the guides ask names what really stands on the pages."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def named():
    """Every page, tab and button that the list names, as it is printed on the page."""
    guide = (ROOT / "docs/guide.md").read_text()
    _before, _heading, rest = guide.partition("## Where to find what the guides ask")
    rows = re.findall(r"^\| .+? \| (.+) \|$", rest.partition("\n## ")[0], re.MULTILINE)
    return {label.partition(":")[0] for row in rows for label in re.findall(r"\*(.+?)\*", row)}


def printed():
    """Every sentence of the pages."""
    catalogue = (ROOT / "src/askwell/web/locale/de/LC_MESSAGES/django.po").read_text()
    return set(re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE))


def test_every_page_tab_and_button_of_the_list_is_called_so():
    labels = named()
    assert len(labels) > 20
    assert labels - printed() == set()
