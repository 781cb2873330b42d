import django.db.models.deletion
import youthvoice.journal.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('orgs', '0001_initial'),
        ('questions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cases.case')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(max_length=1000)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'body', '-at', '-id'], name='desks_notes')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='desks.note')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at', '-id'], name='desks_mentioned')],
                'constraints': [models.UniqueConstraint(fields=('note', 'person'), name='desks_mentioned_once')],
            },
        ),
        migrations.CreateModel(
            name='Canned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='canned', to='orgs.organisation')),
                ('title', models.CharField(max_length=40, verbose_name='叫什么')),
                ('text', models.TextField(max_length=5000, verbose_name='内容')),
            ],
            options={
                'verbose_name': '常用回复',
                'verbose_name_plural': '常用回复',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'title'), name='desks_canned_once')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('seen_at', models.DateTimeField()),
                ('is_writing', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['seen_at'], name='desks_presence_seen')],
                'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='desks_one_presence')],
            },
        ),
        migrations.CreateModel(
            name='OnBehalf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='on_behalf', to='questions.question')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('call', '来电'), ('visit', '来访'), ('letter', '来信')], max_length=10)),
                ('consented_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '代为提出',
                'verbose_name_plural': '代为提出',
            },
        ),
    ]
