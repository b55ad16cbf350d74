from django.db import migrations, models


def count_cards_so_far(apps, schema_editor):
    """What members were shown until now. Which help a card named then was not written down."""
    referral = apps.get_model('handoff', 'CrisisReferral')
    escalations, flags = (apps.get_model('handoff', name) for name in ('Escalation', 'FlagRecord'))
    cards = apps.get_model('talk', 'Card').objects.filter(kind__in=('crisis', 'safety', 'support'))
    rows = []
    for kind, ref, at in cards.values_list('kind', 'ref', 'created_at').order_by().iterator():
        key, _colon, code = ref.partition(':')
        if kind == 'support' and key.isdecimal():
            code = flags.objects.filter(pk=key).values_list('code', flat=True).first() or code
        elif not code and key.isdecimal():
            code = escalations.objects.filter(pk=key).values_list('code', flat=True).first() or ''
        rows.append(referral(month=at.date().replace(day=1), shown=kind, code=code[:12]))
    referral.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('handoff', '0030_fluency'),
        ('talk', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CrisisReferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('shown', models.CharField(choices=[('crisis', 'emergency, a person is called'), ('safety', 'urgent, a person is called'), ('support', 'in case it is needed, nobody is called')], max_length=8)),
                ('code', models.CharField(max_length=12)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('resources', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['month', 'pk'],
                'indexes': [models.Index(fields=['month'], name='crisis_referral_month')],
            },
        ),
        migrations.RunPython(count_cards_so_far, migrations.RunPython.noop),
    ]
