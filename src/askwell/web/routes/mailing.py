"""Letters the mailbox sends, and what comes back."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import mailing

urlpatterns = [
    path("mail/", mailing.mail, name="mail"),
    path("mail/look/", mailing.look, name="mail_look"),
    path("mail/out/<int:pk>/take-back/", mailing.take_back, name="outgoing_take_back"),
    path("mail/out/<int:pk>/settle/", mailing.settle, name="outgoing_settle"),
    path("mail/in/<int:pk>/confirm/<int:number>/", mailing.confirm, name="arrival_confirm"),
    path("mail/in/<int:pk>/means/", mailing.means, name="arrival_means"),
    path("mail/in/<int:pk>/aside/", mailing.put_aside, name="arrival_aside"),
    path("mail/in/<int:pk>/keep/", mailing.keep_news, name="arrival_keep"),
    path("letters/<int:pk>/queue/", mailing.queue, name="letter_queue"),
]
