import django.db.models.deletion
import youthvoice.journal.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='cases.case')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '不计入统计',
                'verbose_name_plural': '不计入统计',
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', False), ('ended_at', None)), fields=['-confirmed_at', '-id'], name='rates_excluded'), models.Index(condition=models.Q(('confirmed_at', None), ('ended_at', None)), fields=['asked_at', 'id'], name='rates_exclusions_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='rates_one_exclusion'), models.CheckConstraint(condition=models.Q(('asked_by', None), ('confirmed_by', None), models.Q(('asked_by', models.F('confirmed_by')), _negated=True), _connector='OR'), name='rates_exclusion_takes_two')],
            },
        ),
    ]
