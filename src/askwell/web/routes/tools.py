"""The seeker's tools: cards and resumes; places to go, and the evening itself."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import cards, gatherings, places, resumes

urlpatterns = [
    path("settings/cards/", cards.cards, name="cards"),
    path("settings/cards/print/", cards.printed, name="cards_print"),
    path("settings/cards/qr/", cards.code, name="cards_qr"),
    path("settings/cards/qr.svg", cards.code_svg, name="cards_qr_svg"),
    path("settings/cards/card.vcf", cards.vcf, name="cards_vcf"),
    path("settings/resumes/", resumes.resumes, name="resumes"),
    path("settings/resumes/<int:pk>/", resumes.version, name="resume"),
    path("settings/resumes/<int:pk>/file/", resumes.version_file, name="resume_file"),
    path("settings/resumes/<int:pk>/do/<slug:act>/", resumes.version_do, name="resume_do"),
    path("settings/resumes/asked/<int:pk>/<slug:act>/", resumes.request_do, name="resume_request_do"),
    path("people/<int:pk>/resume/", resumes.asked, name="resume_asked"),
    path("people/<int:pk>/resume/sent/", resumes.sent, name="resume_sent"),
    path("events/places/", places.places, name="places"),
    path("events/places/<int:pk>/", places.place, name="place"),
    path("events/places/<int:pk>/do/<slug:act>/", places.place_do, name="place_do"),
    path("events/<int:pk>/edit/", places.edit, name="event_edit"),
    path("events/<int:pk>/here/", gatherings.here, name="event_here"),
    path("events/<int:pk>/plan/", gatherings.plan, name="event_plan"),
    path("events/<int:pk>/met/<int:number>/", gatherings.met, name="event_met"),
]
