"""Mailboxes: connected, looked after, let go."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import mail_accounts, signing_in

urlpatterns = [
    path("settings/mail/", mail_accounts.mailboxes, name="mailboxes"),
    path("settings/mail/connect/", mail_accounts.connect, name="mailbox_connect"),
    path("settings/mail/oauth/back/", signing_in.back, name="mailbox_signed_in"),
    path("settings/mail/oauth/go/", signing_in.leave, name="mailbox_leave"),
    path("settings/mail/oauth/<slug:key>/", signing_in.sign_in, name="mailbox_sign_in"),
    path("settings/mail/<int:pk>/", mail_accounts.mailbox, name="mailbox"),
    path("settings/mail/<int:pk>/change/", mail_accounts.change, name="mailbox_change"),
    path("settings/mail/<int:pk>/do/<slug:act>/", mail_accounts.do, name="mailbox_do"),
]
