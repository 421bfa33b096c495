"""The seeker's tools: cards and resumes."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import cards

urlpatterns = [
    path("settings/cards/", cards.cards, name="cards"),
    path("settings/cards/print/", cards.printed, name="cards_print"),
    path("settings/cards/qr/", cards.code, name="cards_qr"),
    path("settings/cards/qr.svg", cards.code_svg, name="cards_qr_svg"),
    path("settings/cards/card.vcf", cards.vcf, name="cards_vcf"),
]
