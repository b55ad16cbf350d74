import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Food',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('fndds', 'USDA FNDDS'), ('sr28', 'USDA SR28'), ('everyday', 'Everyday dishes'), ('custom', 'Added here')], db_index=True, default='custom', max_length=12, verbose_name='source')),
                ('source_id', models.CharField(blank=True, max_length=80, verbose_name='number in the source')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('group', models.CharField(blank=True, max_length=120, verbose_name='group')),
                ('kcal', models.FloatField(verbose_name='energy (kcal)')),
                ('protein_g', models.FloatField(default=0, verbose_name='protein (g)')),
                ('carbohydrate_g', models.FloatField(default=0, verbose_name='carbohydrate (g)')),
                ('fat_g', models.FloatField(default=0, verbose_name='fat (g)')),
                ('fibre_g', models.FloatField(default=0, verbose_name='fibre (g)')),
                ('sugar_g', models.FloatField(default=0, verbose_name='sugars (g)')),
                ('saturated_fat_g', models.FloatField(default=0, verbose_name='saturated fat (g)')),
                ('sodium_mg', models.FloatField(default=0, verbose_name='sodium (mg)')),
                ('others', models.JSONField(blank=True, default=dict, verbose_name='other nutrients')),
                ('searchable', models.BooleanField(default=True, verbose_name='offered in search')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
            ],
            options={
                'verbose_name': 'food',
                'verbose_name_plural': 'foods',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('source', 'source_id'), name='one_food_per_source_id'), models.CheckConstraint(condition=models.Q(('kcal__gte', 0), ('kcal__lte', 1000)), name='food_kcal_possible')],
            },
        ),
        migrations.CreateModel(
            name='FoodName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=255, verbose_name='name')),
                ('food', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='nutrition.food')),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
                'constraints': [models.UniqueConstraint(fields=('food', 'name'), name='one_name_per_food')],
            },
        ),
        migrations.CreateModel(
            name='Portion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=160, verbose_name='measure')),
                ('grams', models.FloatField(verbose_name='grams')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('food', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portions', to='nutrition.food')),
            ],
            options={
                'verbose_name': 'portion',
                'verbose_name_plural': 'portions',
                'ordering': ['food', 'position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('grams__gte', 0)), name='portion_has_weight')],
            },
        ),
    ]
