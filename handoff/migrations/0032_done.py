from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handoff", "0031_crisis_referrals")]

    operations = [
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["owner", "resolved_at"], name="escalation_done"),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["resolved_at"], name="escalation_done_last"),
        ),
    ]
