"""Telling people of the search, and looking back."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import back, evidence, record, telling

urlpatterns = [
    path("back/", back.back, name="back"),
    path("back/record/", record.record, name="record"),
    path("back/record/<slug:slug>.<slug:kind>", record.record_file, name="record_file"),
    path("people/tell/", telling.tell_people, name="tell"),
    path("evidence/", evidence.cards, name="evidence"),
    path("telling/<int:pk>/<slug:act>/", telling.telling_do, name="telling_do"),
]
