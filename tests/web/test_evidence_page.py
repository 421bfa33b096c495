"""The page of what is known, and the ways to it."""

from __future__ import annotations

import re

from askwell.rules.evidence import EVIDENCE


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_card_stands_there_with_its_source_and_what_it_means(lina):
    page = read(lina, "/evidence/")
    for card in EVIDENCE.values():
        assert f'id="{card.key}"' in page
    assert page.count("For you: ") == len(EVIDENCE)


def test_the_old_claim_is_met_with_what_is_known(lina):
    page = read(lina, "/evidence/")
    claim = page.partition('id="hidden"')[2].partition("</section>")[0]
    assert "About half of hires" in claim
    assert "no traceable study" in claim
    assert not re.search(r"\b(?:70|80|85|90) ?%", page)


def test_today_more_and_the_rules_lead_there(lina, scene):
    for path in ("/", "/more/", "/rules/"):
        assert 'href="/evidence/' in read(lina, path), path
