"""Facts that are taken back by a word."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0005_memory")]
    operations: ClassVar = [
        migrations.AddField(
            "healthfact", "undone_at", models.DateTimeField(blank=True, null=True)
        ),
    ]
