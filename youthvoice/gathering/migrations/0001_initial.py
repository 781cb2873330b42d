import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='merge', to='cases.case')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case')),
                ('state_before', models.CharField(choices=[('received', '已收到'), ('held', '有人在办'), ('referred', '已转办'), ('asking', '等提问者补充'), ('promised', '已承诺'), ('answered', '已回答'), ('solved', '已解决'), ('unsolved', '没解决'), ('reopened', '重新打开'), ('merged', '已合并'), ('closed', '已关闭'), ('aside', '暂不公开')], max_length=10)),
                ('at', models.DateTimeField()),
                ('asked_round', models.SmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': '合并',
                'verbose_name_plural': '合并',
                'indexes': [models.Index(fields=['lead', '-at', '-id'], name='gathering_merged')],
                'constraints': [models.CheckConstraint(condition=models.Q(('case', models.F('lead')), _negated=True), name='gathering_into_another')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['-score', '-id'], name='gathering_best')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='gathering.group')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='gathering_apart_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='gathering_apart_in_order')],
            },
        ),
    ]
