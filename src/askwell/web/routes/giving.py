"""Giving: this week's favours, the log of gives and asks, the reading shelf, new jobs."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import giving, shelf

urlpatterns = [
    path("giving/", giving.giving, name="giving"),
    path("giving/log/", giving.log, name="giving_log"),
    path("giving/shelf/", shelf.shelf, name="shelf"),
    path("shelf/<int:pk>/", shelf.item, name="shelf_item"),
    path("shelf/<int:pk>/edit/", shelf.edit, name="shelf_edit"),
    path("shelf/<int:pk>/do/<slug:act>/", shelf.do, name="shelf_do"),
    path("new-jobs/<int:pk>/<slug:act>/", giving.new_job_do, name="new_job_do"),
]
