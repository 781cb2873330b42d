import django.db.models.deletion
import youthvoice.journal.models
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
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.question')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.answer')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.comment')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('desk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orgs.organisation')),
                ('state', models.CharField(choices=[('open', '待处理'), ('dismissed', '没有违规'), ('hidden', '已隐藏'), ('undone', '已撤销隐藏'), ('restored', '申诉后恢复'), ('gone', '作者已撤下')], default='open', max_length=10, verbose_name='状态')),
                ('opened_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decide_seconds', models.IntegerField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('reason', models.CharField(blank=True, choices=[('personal', '写出了个人信息'), ('abuse', '辱骂、威胁别人'), ('fraud', '诈骗'), ('spam', '广告、刷屏'), ('danger', '可能让人受到伤害'), ('illegal', '法律不允许')], default='', max_length=10)),
                ('undone_at', models.DateTimeField(null=True)),
                ('about', models.ManyToManyField(related_name='+', to='orgs.organisation')),
                ('named', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '举报事项',
                'verbose_name_plural': '举报事项',
                'indexes': [models.Index(fields=['state', 'opened_at', 'id'], name='moderation_open'), models.Index(fields=['desk', 'state', 'opened_at', 'id'], name='moderation_desk'), models.Index(fields=['-decided_at', '-id'], name='moderation_done'), models.Index(fields=['decided_for', '-decided_at', '-id'], name='moderation_done_by'), models.Index(fields=['author', '-decided_at', '-id'], name='moderation_author'), models.Index(fields=['undone_at'], name='moderation_undone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer', None), ('comment', None), _connector='OR'), name='moderation_of_one'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('comment',), name='moderation_open_comment'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('answer',), name='moderation_open_answer'), models.UniqueConstraint(condition=models.Q(('state', 'open'), ('answer', None), ('comment', None)), fields=('question',), name='moderation_open_question')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='moderation.item')),
                ('reason', models.CharField(choices=[('personal', '写出了个人信息'), ('abuse', '辱骂、威胁别人'), ('fraud', '诈骗'), ('spam', '广告、刷屏'), ('danger', '可能让人受到伤害'), ('illegal', '法律不允许')], max_length=10, verbose_name='理由')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='补充')),
                ('mark', models.CharField(blank=True, default='', max_length=64)),
                ('by_list', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='moderation_report_at'), models.Index(fields=['mark', '-at', '-id'], name='moderation_reporter')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('item', 'mark'), name='moderation_report_once'), models.UniqueConstraint(condition=models.Q(('by_list', True)), fields=('item', 'reason'), name='moderation_flag_once')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='moderation.item')),
                ('text', models.TextField(verbose_name='申诉')),
                ('made_at', models.DateTimeField()),
                ('desk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orgs.organisation')),
                ('state', models.CharField(choices=[('open', '等待复核'), ('upheld', '维持隐藏'), ('restored', '已恢复'), ('settled', '已先恢复')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('answer', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'made_at', 'id'], name='moderation_appeals'), models.Index(fields=['desk', 'state', 'made_at', 'id'], name='moderation_appeal_desk'), models.Index(fields=['made_at'], name='moderation_appeal_made'), models.Index(fields=['decided_at'], name='moderation_appeal_done')],
            },
        ),
        migrations.CreateModel(
            name='Left',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.BigIntegerField()),
                ('organisation', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'organisation', 'at'], name='moderation_left_when')],
            },
        ),
    ]
