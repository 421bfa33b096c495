from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mailroom', '0003_calendars'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(fields=['state', 'at'], name='arrived_not_taken_in'),
        ),
    ]
