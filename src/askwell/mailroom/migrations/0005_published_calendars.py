from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mailroom', '0004_find_what_is_new'),
    ]

    operations = [
        migrations.AddField(
            model_name='calendaraccount',
            name='published',
            field=models.BooleanField(default=False),
        ),
    ]
