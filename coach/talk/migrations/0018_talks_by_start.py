from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talk", "0017_timing")]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["started_at"], name="talks_by_start"),
        ),
    ]
