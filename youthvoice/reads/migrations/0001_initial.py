from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('mark', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('hour', models.IntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('pk', models.CompositePrimaryKey('target', 'hour', 'audience', blank=True, editable=False, primary_key=True, serialize=False)),
                ('target', models.CharField(max_length=40)),
                ('hour', models.IntegerField()),
                ('audience', models.CharField(choices=[('p', '读者'), ('s', '工作人员'), ('r', '机器')], max_length=1)),
                ('reads', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Total',
            fields=[
                ('pk', models.CompositePrimaryKey('target', 'audience', blank=True, editable=False, primary_key=True, serialize=False)),
                ('target', models.CharField(max_length=40)),
                ('audience', models.CharField(choices=[('p', '读者'), ('s', '工作人员'), ('r', '机器')], max_length=1)),
                ('reads', models.BigIntegerField(default=0)),
            ],
        ),
    ]
