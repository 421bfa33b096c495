"""Every address.  Each file of ``routes`` belongs to one part of the pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("askwell.web.routes.shell")),
    path("", include("askwell.web.routes.outreach")),
    path("", include("askwell.web.routes.people")),
    path("", include("askwell.web.routes.employers")),
    path("", include("askwell.web.routes.giving")),
    path("", include("askwell.web.routes.tools")),
    path("", include("askwell.web.routes.back")),
    path("", include("askwell.web.routes.mail")),
    path("", include("askwell.web.routes.address_books")),
    path("", include("askwell.web.routes.calendars")),
    path("", include("askwell.web.routes.reminding")),
    path("", include("askwell.web.routes.mailing")),
    path("", include("askwell.web.routes.circles")),
    path("", include("askwell.web.routes.ways")),
]

handler403 = "askwell.web.views.errors.forbidden"
handler404 = "askwell.web.views.errors.missing"
handler500 = "askwell.web.views.errors.broken"
