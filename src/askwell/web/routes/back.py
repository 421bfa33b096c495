"""Telling people of the search, and looking back."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import evidence, telling

urlpatterns = [
    path("people/tell/", telling.tell_people, name="tell"),
    path("evidence/", evidence.cards, name="evidence"),
    path("telling/<int:pk>/<slug:act>/", telling.telling_do, name="telling_do"),
]
