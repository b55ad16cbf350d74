"""In which talk a reminder was cancelled, so that it can be taken back by a word."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reminders", "0001_initial"), ("talk", "0009_author_and_title")]
    operations: ClassVar = [
        migrations.AddField(
            "reminder",
            "cancelled_in",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="talk.session",
            ),
        ),
    ]
