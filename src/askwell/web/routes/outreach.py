from __future__ import annotations

from django.urls import path

from askwell.web.views import today

urlpatterns = [
    path("", today.today, name="today"),
]
