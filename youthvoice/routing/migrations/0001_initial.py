import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('questions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.question')),
                ('target', models.CharField(choices=[('group', '部门类别'), ('field', '领域'), ('holder', '承办组织')], max_length=10)),
                ('value', models.CharField(max_length=40)),
                ('suggested', models.CharField(blank=True, default='', max_length=40)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['target', '-decided_at', '-id'], name='routing_newest')],
                'constraints': [models.UniqueConstraint(fields=('question', 'target'), name='routing_last_word')],
            },
        ),
        migrations.CreateModel(
            name='Alone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.question')),
                ('value', models.CharField(blank=True, default='', max_length=40)),
                ('confidence', models.SmallIntegerField(default=0)),
                ('looked_at', models.DateTimeField()),
                ('corrected_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='TrainedModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(choices=[('group', '部门类别'), ('field', '领域'), ('holder', '承办组织')], max_length=10)),
                ('trained_at', models.DateTimeField()),
                ('rows', models.IntegerField()),
                ('macro_f1', models.FloatField()),
                ('weights', models.BinaryField()),
                ('is_current', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['target', '-trained_at', '-id'], name='routing_nights')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('target',), name='routing_one_current')],
            },
        ),
    ]
