import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talk", "0018_talks_by_start")]

    operations = [
        migrations.CreateModel(
            name="Toolset",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("tools", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="session",
            name="toolset",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="talk.toolset",
            ),
        ),
    ]
