"""Calendars of the seeker's: connected, chosen from, looked into, answered about."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import calendars

urlpatterns = [
    path("settings/calendars/", calendars.accounts, name="calendars"),
    path("settings/calendars/<int:pk>/", calendars.account, name="calendar_account"),
    path("settings/calendars/<int:pk>/do/<slug:act>/", calendars.account_do, name="calendar_account_do"),
    path("settings/calendars/entries/<int:pk>/", calendars.answer, name="calendar_answer"),
    path("outreach/<int:pk>/times/", calendars.times, name="outreach_times"),
]
