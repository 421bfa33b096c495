"""The daily mail keeps the language it was asked for in: who makes it sees no page."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="digest",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
    ]
