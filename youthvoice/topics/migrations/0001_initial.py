import django.db.models.deletion
import youthvoice.kit.text
import youthvoice.topics.names
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
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, validators=[youthvoice.topics.names.check_name], verbose_name='名字')),
                ('key', models.CharField(editable=False, max_length=60, unique=True)),
                ('intro', models.CharField(max_length=100, validators=[youthvoice.kit.text.check_clean, youthvoice.kit.text.check_line], verbose_name='说的是什么')),
                ('host', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='orgs.organisation', verbose_name='主持')),
                ('opened_at', models.DateTimeField(verbose_name='开始时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('active_at', models.DateTimeField()),
                ('question_count', models.IntegerField(default=0)),
                ('participant_count', models.IntegerField(default=0)),
            ],
            options={
                'verbose_name': '话题',
                'verbose_name_plural': '话题',
                'indexes': [models.Index(fields=['-active_at', '-id'], name='topics_active'), models.Index(fields=['host', '-active_at', '-id'], name='topics_of_host')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='questions.question')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='topics.topic')),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'question'), name='topics_tagged_once')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='topics.topic')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'person'), name='topics_counted_once')],
            },
        ),
    ]
