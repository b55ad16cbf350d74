"""Ready sentences for experts, and their seed; rows that are there already are left alone."""

from django.db import migrations, models

from handoff.safety.reviewed import replies


def seed(apps, schema_editor):
    reply = apps.get_model("handoff", "CannedReply")
    for values in replies():
        key = {name: values.pop(name) for name in ("key", "language")}
        reply.objects.get_or_create(**key, defaults=values)


class Migration(migrations.Migration):
    dependencies = [
        ("handoff", "0017_two_fields_at_the_hand_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="CannedReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="What is typed after the slash.",
                        max_length=30,
                        verbose_name="key",
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=12, verbose_name="language"),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "text",
                    models.CharField(
                        help_text="{name} becomes the member's name.",
                        max_length=600,
                        verbose_name="text",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=10, verbose_name="order")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "reviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="reviewed on"),
                ),
            ],
            options={
                "verbose_name_plural": "canned replies",
                "ordering": ["order", "key", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "language"), name="canned_reply_once")
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
