"""Who can introduce the seeker."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import ways

urlpatterns = [
    path("people/<int:pk>/ways/", ways.person_ways, name="person_ways"),
    path("people/<int:pk>/introduction/", ways.ask_introduction, name="ask_introduction"),
    path("organizations/<int:pk>/ways/", ways.organization_ways, name="organization_ways"),
]
