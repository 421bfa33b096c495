"""Today, a contact, asking, letters, talks."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import after, asking, comparing, letters, noting, person, person_acts, talks, today

urlpatterns = [
    path("", today.today, name="today"),
    path("steps/done/", today.step_done, name="step_done"),
    path("steps/snooze/", today.step_snooze, name="step_snooze"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/do/<slug:act>/", person_acts.person_do, name="person_do"),
    path("people/<int:pk>/untag/", person_acts.untag, name="untag"),
    path("people/<int:pk>/allow/", person_acts.allow, name="allow"),
    path("people/<int:pk>/write/", person.write, name="write"),
    path("people/<int:pk>/ask/", asking.ask, name="ask"),
    path("points/<int:pk>/", person_acts.point_do, name="point_do"),
    path("positions/<int:pk>/", person_acts.position_do, name="position_do"),
    path("promises/<int:pk>/", person.promise_do, name="promise_do"),
    path("advice/<int:pk>/", person.advice_do, name="advice_do"),
    path("outreach/<int:pk>/homework/", asking.homework, name="homework"),
    path("outreach/<int:pk>/reply/", asking.reply, name="reply"),
    path("outreach/<int:pk>/schedule/", talks.schedule, name="schedule"),
    path("outreach/<int:pk>/withdraw/", person.withdraw, name="withdraw"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/fix/<int:number>/", letters.fix, name="letter_fix"),
    path("letters/<int:pk>/variant/", letters.variant, name="letter_variant"),
    path("letters/<int:pk>/channel/", letters.channel, name="letter_channel"),
    path("letters/<int:pk>/rebuild/", letters.rebuild, name="letter_rebuild"),
    path("letters/<int:pk>/sent/", letters.sent, name="letter_sent"),
    path("letters/<int:pk>/discard/", letters.discard, name="letter_discard"),
    path("letters/<int:pk>/letter.eml", letters.eml, name="letter_eml"),
    path("talks/", talks.talks, name="talks"),
    path("talks/compare/", comparing.compare, name="compare"),
    path("talks/compare/compare.csv", comparing.compare_csv, name="compare_csv"),
    path("talks/compare/own/", comparing.own_view, name="own_view"),
    path("talks/decisions/", comparing.decisions, name="decisions"),
    path("talks/decide/", comparing.decide, name="decide"),
    path("talks/<int:pk>/", talks.talk, name="talk"),
    path("talks/<int:pk>/occupation/", comparing.occupation, name="occupation"),
    path("talks/<int:pk>/talk.ics", talks.ics, name="talk_ics"),
    path("talks/<int:pk>/prepare/", talks.prepare, name="talk_prepare"),
    path("talks/<int:pk>/move/", talks.move, name="talk_move"),
    path("talks/<int:pk>/confirm/", talks.confirm, name="talk_confirm"),
    path("talks/<int:pk>/cancel/", talks.cancel, name="talk_cancel"),
    path("talks/<int:pk>/live/", after.live, name="talk_live"),
    path("talks/<int:pk>/notes/", noting.notes, name="talk_notes"),
    path("talks/<int:pk>/held/", after.held, name="talk_held"),
    path("talks/<int:pk>/missed/", after.missed, name="talk_missed"),
    path("talks/<int:pk>/after/", after.after, name="talk_after"),
    path("talks/<int:pk>/thanked/", after.thanked, name="talk_thanked"),
]
