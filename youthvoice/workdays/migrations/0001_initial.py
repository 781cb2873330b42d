from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DayOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='日期')),
                ('is_working', models.BooleanField(default=False, help_text='勾上是调休上班，不勾是放假。', verbose_name='上班')),
                ('name', models.CharField(blank=True, help_text='比如春节、国庆节调休。', max_length=40, verbose_name='名称')),
                ('notice_year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='哪年的通知')),
            ],
            options={
                'verbose_name': '放假和调休',
                'verbose_name_plural': '放假和调休',
                'ordering': ['-date'],
            },
        ),
        migrations.CreateModel(
            name='EnteredYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('entered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='UnknownYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('first_seen_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
