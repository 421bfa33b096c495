"""Circles: friends pool whom they know without showing it."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import circles

urlpatterns = [
    path("people/circles/", circles.circles, name="circles"),
    path("people/circles/<int:pk>/", circles.circle, name="circle"),
    path("people/circles/<int:pk>/file/", circles.circle_file, name="circle_file"),
    path("people/circles/<int:pk>/leave/", circles.leave, name="circle_leave"),
    path("people/circles/members/<int:pk>/", circles.member, name="circle_member"),
    path("people/circles/members/<int:pk>/ask/", circles.ask, name="circle_ask"),
    path("people/<int:pk>/circles/", circles.keep_out, name="keep_out_of_circles"),
]
