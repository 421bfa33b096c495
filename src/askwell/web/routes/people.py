"""Everybody, their organizations, bringing them in, and telling namesakes apart."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import (
    begin,
    data,
    events,
    imports,
    introductions,
    leads,
    organizations,
    people,
    reviews,
    settings,
)

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/bulk/", people.bulk, name="people_bulk"),
    path("people/<int:pk>/merge/", reviews.merge, name="merge"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<int:pk>/", organizations.organization, name="organization"),
    path("welcome/", begin.begin, name="begin"),
    path("goal/", begin.goal, name="goal"),
    path("goal/check/", begin.goal_check, name="goal_check"),
    path("sample/", begin.sample, name="sample"),
    path("sample/remove/", begin.sample_remove, name="sample_remove"),
    path("who/", leads.who, name="who"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<int:pk>/", leads.lead, name="lead"),
    path("leads/<int:pk>/edit/", leads.lead_edit, name="lead_edit"),
    path("leads/<int:pk>/do/<slug:act>/", leads.lead_do, name="lead_do"),
    path("events/", events.events, name="events"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/do/<slug:act>/", events.event_do, name="event_do"),
    path("events/<int:pk>/met/<int:number>/wrote/", events.wrote, name="event_wrote"),
    path("introductions/", introductions.introductions, name="introductions"),
    path("introductions/<int:pk>/leave/", introductions.leave, name="introduction_leave"),
    path("settings/", settings.you, name="settings"),
    path("settings/numbers/", settings.numbers, name="settings_numbers"),
    path("settings/confidential/", settings.confidential, name="settings_confidential"),
    path("settings/data/", data.data, name="settings_data"),
    path("settings/data/export/<slug:kind>/", data.export, name="export"),
    path("settings/data/backup/", data.copy, name="backup"),
    path("settings/data/restore/", data.put_back, name="restore"),
    path("review/", reviews.reviews, name="reviews"),
    path("review/<int:pk>/", reviews.decide, name="review_decide"),
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.one, name="import"),
    path("import/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("import/<int:pk>/problems/", imports.problems, name="import_problems"),
    path("import/<int:pk>/again/", imports.again, name="import_again"),
    path("import/<int:pk>/bring/", imports.bring, name="import_bring"),
    path("import/<int:pk>/leave/", imports.leave, name="import_leave"),
    path("import/<int:pk>/undo/", imports.take_back, name="import_undo"),
]
