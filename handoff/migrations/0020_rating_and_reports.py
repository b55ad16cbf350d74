"""Whether the expert helped, as members say; and cases by the time at which they were raised."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('handoff', '0019_transfers_warm_and_cold'),
        ('talk', '0012_guidance_that_is_seen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.PositiveSmallIntegerField(choices=[(3, 'yes'), (2, 'partly'), (1, 'no')], null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(fields=['created_at'], name='escalation_raised'),
        ),
        migrations.AddField(
            model_name='rating',
            name='escalation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='handoff.escalation'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('answer__isnull', True), ('answer__in', [1, 2, 3]), _connector='OR'), name='rating_is_a_tap'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('answered_at__isnull', True)), models.Q(('answer__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='rating_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), ('answer__isnull', False), _connector='OR'), name='rating_words_follow_a_tap'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('answer__isnull', True), _connector='OR'), name='rating_is_closed_or_answered'),
        ),
    ]
