from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('verb', models.CharField(max_length=60, verbose_name='动作')),
                ('subject', models.CharField(max_length=80, verbose_name='对象')),
                ('actor', models.BigIntegerField(null=True, verbose_name='操作人编号')),
                ('data', models.JSONField(default=dict, verbose_name='数据')),
                ('prev_hash', models.CharField(max_length=64, verbose_name='前一条的散列')),
                ('hash', models.CharField(max_length=64, verbose_name='散列')),
            ],
            options={
                'verbose_name': '日志',
                'verbose_name_plural': '日志',
                'indexes': [models.Index(fields=['subject', 'seq'], name='journal_ent_subject_ff9340_idx'), models.Index(fields=['verb', 'seq'], name='journal_ent_verb_b75e72_idx')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='journal_one_head')],
            },
        ),
    ]
