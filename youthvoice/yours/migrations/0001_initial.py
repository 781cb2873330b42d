import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('state', models.CharField(choices=[('waiting', '在准备'), ('ready', '准备好了'), ('failed', '没做成'), ('taken', '取走了')], default='waiting', max_length=10)),
                ('name', models.CharField(max_length=32, unique=True)),
                ('size', models.BigIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-asked_at', '-id'], name='yours_exports')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人')),
                ('law', models.CharField(max_length=200, verbose_name='依据的法律条文')),
                ('reason', models.TextField(help_text='本人会看到这段话。', max_length=500, verbose_name='原因')),
                ('is_lifted', models.BooleanField(default=False, verbose_name='已解除')),
            ],
            options={
                'verbose_name': '依法保留',
                'verbose_name_plural': '依法保留',
                'indexes': [models.Index(condition=models.Q(('is_lifted', False)), fields=['person'], name='yours_held')],
            },
        ),
        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.BigIntegerField(unique=True)),
                ('state', models.CharField(choices=[('asked', '可以反悔'), ('erasing', '正在抹去'), ('erased', '抹去了')], default='asked', max_length=10)),
                ('answers_too', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_at'], name='yours_leaving_due')],
            },
        ),
    ]
