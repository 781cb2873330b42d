import django.db.models.deletion
import youthvoice.journal.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
        ('questions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='crises', to='questions.question')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='questions.answer')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='questions.comment')),
                ('signs', models.JSONField(default=list)),
                ('opened_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', '待处理'), ('closed', '已处理'), ('false', '误报')], default='open', max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('safe', '联系上了，人平安'), ('handed', '已交给专业的人跟进'), ('unreached', '想尽办法也没联系上')], default='', max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('first_read_at', models.DateTimeField(null=True)),
                ('raise_at', models.DateTimeField(null=True)),
                ('objected_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '紧急记录',
                'verbose_name_plural': '紧急记录',
                'indexes': [models.Index(fields=['state', 'opened_at', 'id'], name='crisis_by_state'), models.Index(fields=['raise_at'], name='crisis_raise')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='crisis.record')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'organisation'), name='crisis_told_once')],
            },
        ),
        migrations.CreateModel(
            name='LogLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='crisis.record')),
                ('to', models.CharField(blank=True, choices=[('12355', '12355 青少年服务台'), ('12356', '12356 心理援助热线'), ('110', '110 公安'), ('120', '120 急救'), ('school', '学校'), ('guardian', '监护人或家人'), ('civil', '民政、妇联、社区'), ('other', '其他')], default='', max_length=10, verbose_name='交给了谁')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='做了什么')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['record', 'at', 'id'], name='crisis_log')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='crisis.record')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hour', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'person', 'hour'), name='crisis_read_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='crisis.record')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('why', models.CharField(choices=[('opened', '新的紧急记录'), ('raised', '一直没有带班的人打开'), ('objected', '提问者说是误会')], max_length=10)),
                ('tries', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['record', 'why'], name='crisis_notices')],
            },
        ),
    ]
