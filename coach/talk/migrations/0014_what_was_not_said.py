"""Why an expert's word or guidance was not said, and which of them nobody has settled yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talk", "0013_what_a_tool_was_called_for")]

    operations = [
        migrations.AlterField(
            model_name="directive",
            name="became",
            field=models.CharField(
                blank=True,
                choices=[
                    ("used", "it was in the conversation at an answer"),
                    ("spoken", "spoken"),
                    ("cut_off", "not spoken to its end"),
                    ("expired", "its time was over before it could be said"),
                    ("floor", "not said: somebody else had the floor"),
                    ("refused", "refused: the coach cannot use it"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(
                condition=models.Q(("became", ""), ("expires_at__isnull", False)),
                fields=["expires_at"],
                name="directives_expire",
            ),
        ),
    ]
