import django.db.models.deletion
import youthvoice.journal.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Callback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='callbacks', to='cases.case')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('round', models.SmallIntegerField()),
                ('day', models.SmallIntegerField(choices=[(1, '1 天后'), (28, '28 天后')])),
                ('due_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('token_digest', models.CharField(max_length=64, null=True, unique=True)),
                ('next_at', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('answered_at', models.DateTimeField(null=True)),
                ('solved', models.BooleanField(null=True)),
                ('satisfied', models.SmallIntegerField(choices=[(1, '很不满意'), (2, '不满意'), (3, '一般'), (4, '满意'), (5, '很满意')], null=True)),
                ('missing', models.CharField(blank=True, default='', max_length=500)),
                ('channel', models.CharField(blank=True, choices=[('link', '信里的链接'), ('page', '登录以后'), ('receipt', '回执')], default='', max_length=10)),
            ],
            options={
                'verbose_name': '回访',
                'verbose_name_plural': '回访',
                'indexes': [models.Index(condition=models.Q(('opened_at', None)), fields=['due_at', 'id'], name='callbacks_due'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at', 'id'], name='callbacks_letters'), models.Index(fields=['opened_at', 'id'], name='callbacks_asked')],
                'constraints': [models.UniqueConstraint(fields=('case', 'round', 'day'), name='callbacks_one'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('opened_at__isnull', False), _connector='OR'), name='callbacks_answered_was_asked'), models.CheckConstraint(condition=models.Q(('case', models.F('lead')), _negated=True), name='callbacks_of_anothers_answer')],
            },
        ),
    ]
