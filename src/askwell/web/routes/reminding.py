"""What reaches people elsewhere: the calendar's secret address, the daily mail, invitations."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import calendar_feed, digest, inviting, notices

urlpatterns = [
    path("feed/<str:key>.ics", calendar_feed.feed, name="feed"),
    path("digest/do/<str:signed>/", digest.do, name="digest_do"),
    path("digest/off/<str:token>/", digest.off, name="digest_off"),
    path("talks/<int:pk>/invite/", inviting.invite, name="talk_invite"),
    path("notices/", notices.due, name="notices"),
    path("settings/digest/<slug:act>/", digest.turn, name="digest_turn"),
    path("settings/calendar/", calendar_feed.calendar, name="settings_calendar"),
    path("settings/calendar/do/<slug:act>/", calendar_feed.calendar_do, name="settings_calendar_do"),
]
