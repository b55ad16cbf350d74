"""A member has one live talk. Older ones that were left open beside it end first."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now


def end_older(apps, schema_editor):
    live = apps.get_model("talk", "Session").objects.filter(ended_at=None)
    newest = live.filter(member=OuterRef("member")).order_by("-started_at", "-pk").values("pk")[:1]
    older = live.exclude(pk=Subquery(newest)).values_list("pk", flat=True)
    live.filter(pk__in=list(older)).update(ended_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ("personas", "0001_initial"),
        ("talk", "0007_picture_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(end_older, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("member",), name="one_live_talk"
            ),
        ),
    ]
