import django.db.models.deletion
import youthvoice.journal.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('question', models.BigIntegerField(unique=True)),
                ('sealed_on', models.DateField(db_index=True)),
                ('outer_key', models.CharField(max_length=16)),
                ('inner_key', models.CharField(max_length=16)),
                ('box', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('question', models.BigIntegerField()),
                ('record', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='openings', to='sealed.record')),
                ('state', models.CharField(choices=[('asked', '等另一位同意'), ('granted', '同意了，等解开外层'), ('peeled', '外层解开了，等打开'), ('opened', '打开过'), ('refused', '没有同意'), ('lapsed', '过期作废')], default='asked', max_length=10)),
                ('ground', models.CharField(choices=[('crime', '公安、检察机关办案调取证据（刑事诉讼法第五十四条）'), ('security', '防范、调查恐怖活动（反恐怖主义法第十八条）'), ('court', '法院调查取证（民事诉讼法）'), ('rescue', '紧急情况下保护生命健康（个人信息保护法第十三条）')], max_length=10, verbose_name='依据')),
                ('reason', models.TextField(verbose_name='理由')),
                ('court_order', models.CharField(default='', max_length=100, verbose_name='法院文书号')),
                ('silent_until', models.DateField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(null=True)),
                ('peeled_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('lapses_at', models.DateTimeField()),
                ('told_from', models.DateField(null=True)),
                ('inner', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='sealed_openings_new'), models.Index(fields=['question', 'told_from'], name='sealed_openings_told'), models.Index(condition=models.Q(('state__in', ['asked', 'granted', 'peeled'])), fields=['lapses_at'], name='sealed_openings_running')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'peeled'])), fields=('question',), name='sealed_one_opening_at_a_time'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('decided_by')), _negated=True), name='sealed_nobody_grants_their_own'), models.CheckConstraint(condition=models.Q(('inner', None), ('state', 'peeled'), _connector='OR'), name='sealed_inner_only_between')],
            },
        ),
    ]
