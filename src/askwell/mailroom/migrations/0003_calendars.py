"""Accounts of calendar servers, their calendars, and what stands in them for talks."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import askwell.mailroom.models


class Migration(migrations.Migration):
    dependencies = [
        ("mailroom", "0002_digest_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("where", models.CharField(max_length=1000)),
                ("user", models.CharField(blank=True, default="", max_length=320)),
                ("handle", models.CharField(default=askwell.mailroom.models.new_handle, max_length=40)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("added_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(null=True)),
                ("trouble", models.JSONField(default=dict)),
                ("looked_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("busy", models.JSONField(default=list)),
                ("busy_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServerCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=1000)),
                ("name", models.CharField(max_length=200)),
                ("read_only", models.BooleanField(default=False)),
                ("free_busy_only", models.BooleanField(default=False)),
                ("timezone", models.TextField(blank=True, default="")),
                ("counts", models.BooleanField(default=True)),
                ("writes", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="mailroom.calendaraccount",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.CharField(max_length=100)),
                ("path", models.CharField(max_length=1000)),
                ("agreed", models.JSONField(default=dict)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_step", "In Step"),
                            ("gone", "Gone"),
                            ("both", "Both"),
                            ("left", "Left"),
                            ("unreadable", "Unreadable"),
                            ("refused", "Refused"),
                        ],
                        default="in_step",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, default="", max_length=20)),
                ("there", models.JSONField(default=dict)),
                ("moved", models.JSONField(default=dict)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="mailroom.servercalendar",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="calendaraccount",
            constraint=models.UniqueConstraint(fields=("owner", "where", "user"), name="calendars_once"),
        ),
        migrations.AddConstraint(
            model_name="servercalendar",
            constraint=models.UniqueConstraint(fields=("account", "url"), name="calendar_once"),
        ),
        migrations.AddConstraint(
            model_name="servercalendar",
            constraint=models.UniqueConstraint(
                condition=models.Q(("writes", True)), fields=("owner",), name="one_calendar_of_talks"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarentry",
            constraint=models.UniqueConstraint(fields=("calendar", "uid"), name="entry_once"),
        ),
    ]
