import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.ForeignKey(blank=True, help_text='不选就是全国的。', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.region', verbose_name='地区')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('number', models.CharField(max_length=20, verbose_name='号码')),
                ('hours', models.CharField(blank=True, max_length=40, verbose_name='什么时候有人接')),
                ('position', models.SmallIntegerField(default=50, verbose_name='次序')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('code', models.CharField(editable=False, max_length=20, null=True, unique=True)),
            ],
            options={
                'verbose_name': '求助电话',
                'verbose_name_plural': '求助电话',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ListedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True, verbose_name='词')),
                ('kind', models.CharField(choices=[('abuse', '辱骂'), ('fraud', '诈骗'), ('danger', '伤害')], max_length=10, verbose_name='类别')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('is_shipped', models.BooleanField(default=False, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True, db_index=True)),
            ],
            options={
                'verbose_name': '提醒词',
                'verbose_name_plural': '提醒词',
            },
        ),
    ]
