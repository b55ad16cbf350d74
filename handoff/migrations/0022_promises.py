"""What was promised stands in clocks alone: the columns that told it a second time go."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from coach.clock import CreatedAtField


def keep_promises_after_talks(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """By when an expert gets back to a member who has left stood in columns until now."""
    clocks = apps.get_model("handoff", "ServiceClock").objects
    cases = apps.get_model("handoff", "Escalation").objects
    owned = cases.filter(owner__isnull=False, session__ended_at__isnull=False)
    for state, kind in (("follow_up", "contact"), ("assigned", "first_word")):
        for case in owned.filter(state=state).iterator():
            due = case.next_action_at or case.due_at
            began = min(case.accepted_at or case.created_at, due)
            times = {"started_at": began, "due_at": due, "next_at": due}
            clocks.get_or_create(escalation=case, kind=kind, stopped_at=None, defaults=times)
    # What calls is walked each second; what has an owner waits for clocks.
    follow_ups = cases.filter(state="follow_up")
    follow_ups.filter(owner__isnull=True).update(next_action_at=F("created_at"))
    follow_ups.filter(owner__isnull=False).update(next_action_at=None)
    cases.filter(state="assigned").update(next_action_at=None)
    cases.filter(state="wrap_up", tier=0, owner__isnull=False).update(next_action_at=None)
    schema.connection.check_constraints()  # what is pending would forbid to change the table


class Migration(migrations.Migration):
    dependencies = [
        ("handoff", "0021_told_outside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="serviceclock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "somebody takes it"),
                    ("first_word", "first word"),
                    ("next_word", "next word"),
                    ("contact", "next contact"),
                    ("resolution", "resolved"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(keep_promises_after_talks, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="escalation", name="escalation_queue"),
        migrations.RemoveField(model_name="escalation", name="due_at"),
        migrations.RemoveField(model_name="escalation", name="overdue"),
        migrations.RemoveField(model_name="escalation", name="warned"),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["state", "tier"], name="escalation_queue"),
        ),
        migrations.CreateModel(
            name="PlannedFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("called", "a case of its own"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.deletion.SET_NULL,
                        related_name="planned_by",
                        to="handoff.escalation",
                    ),
                ),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="planned_follow_ups",
                        to="handoff.escalation",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.deletion.SET_NULL,
                        related_name="+",
                        to="handoff.expert",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["due_at"],
                        name="planned_follow_ups_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("escalation",),
                        name="one_planned_follow_up_of_a_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("author_name", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=2000)),
                ("after", models.PositiveIntegerField()),
                ("client_id", models.CharField(max_length=64)),
                ("created_at", CreatedAtField()),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="notes",
                        to="handoff.escalation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("escalation", "client_id"), name="note_client_id"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="mentions",
                        to="handoff.expert",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="mentions",
                        to="handoff.casenote",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["expert"],
                        name="mentions_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("note", "expert"), name="mentioned_once_in_a_note"
                    )
                ],
            },
        ),
    ]
