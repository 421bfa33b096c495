from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from askwell.web.views import find, offline, rules, shell

urlpatterns = [
    path("healthz", shell.healthz, name="healthz"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
    path("style.css", shell.style_sheet, name="style"),
    path("theme/", shell.theme, name="theme"),
    path("language/", set_language, name="set_language"),
    path("keys/", shell.keys, name="keys"),
    path("help/", shell.help_page, name="help"),
    path("more/", shell.more, name="more"),
    path("changes/", shell.changes, name="changes"),
    path("undo/<int:pk>/", shell.undo_change, name="undo"),
    path("find/", find.find, name="find"),
    path("add/", find.add, name="add"),
    path("rules/", rules.index, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
]
