from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talk", "0006_usage")]

    operations = [
        migrations.AlterField(
            model_name="note",
            name="kind",
            field=models.CharField(
                choices=[("voice", "voice"), ("text", "text"), ("picture", "picture")],
                default="voice",
                max_length=8,
            ),
        ),
    ]
