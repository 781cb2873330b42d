from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=40)),
                ('hour', models.IntegerField()),
                ('visitor', models.BinaryField(max_length=16)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hour', 'target', 'visitor'), name='reads_once_an_hour')],
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=40)),
                ('hour', models.IntegerField()),
                ('audience', models.CharField(choices=[('p', '读者'), ('s', '工作人员'), ('r', '机器')], max_length=1)),
                ('reads', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('target', 'hour', 'audience'), name='reads_one_count')],
            },
        ),
        migrations.CreateModel(
            name='Total',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=40)),
                ('audience', models.CharField(choices=[('p', '读者'), ('s', '工作人员'), ('r', '机器')], max_length=1)),
                ('reads', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('target', 'audience'), name='reads_one_total')],
            },
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
            ],
        ),
    ]
