"""The employer list."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import employers

urlpatterns = [
    path("leads/employers/", employers.employers, name="employers"),
    path("employers/<int:pk>/do/<slug:act>/", employers.employer_do, name="employer_do"),
]
