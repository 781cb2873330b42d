import django.core.validators
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
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='case', to='questions.question')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='orgs.organisation')),
                ('state', models.CharField(choices=[('received', '已收到'), ('held', '有人在办'), ('referred', '已转办'), ('asking', '等提问者补充'), ('promised', '已承诺'), ('answered', '已回答'), ('solved', '已解决'), ('unsolved', '没解决'), ('reopened', '重新打开'), ('merged', '已合并'), ('closed', '已关闭'), ('aside', '暂不公开')], default='received', max_length=10)),
                ('held_at', models.DateTimeField()),
                ('waiting_since', models.DateTimeField()),
                ('first_due_at', models.DateTimeField()),
                ('first_is_estimated', models.BooleanField(default=False)),
                ('first_reply_at', models.DateTimeField(null=True)),
                ('state_before', models.CharField(blank=True, choices=[('received', '已收到'), ('held', '有人在办'), ('referred', '已转办'), ('asking', '等提问者补充'), ('promised', '已承诺'), ('answered', '已回答'), ('solved', '已解决'), ('unsolved', '没解决'), ('reopened', '重新打开'), ('merged', '已合并'), ('closed', '已关闭'), ('aside', '暂不公开')], default='', max_length=10)),
                ('open_kinds', models.CharField(blank=True, default='', max_length=4)),
                ('version', models.IntegerField(default=1)),
            ],
            options={
                'verbose_name': '办理',
                'verbose_name_plural': '办理',
                'indexes': [models.Index(fields=['holder', 'state', 'waiting_since', 'id'], name='cases_queue'), models.Index(fields=['holder', 'waiting_since', 'id'], name='cases_of_holder'), models.Index(fields=['state', 'waiting_since', 'id'], name='cases_waiting'), models.Index(condition=models.Q(('first_is_estimated', True)), fields=['first_due_at', 'id'], name='cases_estimated')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.case')),
                ('kind', models.CharField(choices=[('asked', '提出'), ('held', '转给'), ('claimed', '接手'), ('released', '放下'), ('referred', '请来办'), ('signed', '签收'), ('returned', '退回'), ('withdrawn', '收回'), ('askedback', '想请补充'), ('replied', '补充了'), ('late', '超时'), ('promised', '承诺'), ('kept', '兑现'), ('broken', '没有兑现'), ('merged', '合并'), ('unmerged', '拆开'), ('added', '补充说明'), ('answered', '回答'), ('unanswered', '回答撤下'), ('solved', '解决了'), ('unsolved', '没解决'), ('reopened', '重新打开'), ('deleted', '提问者删除'), ('hidden', '按规则隐藏'), ('shown', '恢复显示')], max_length=10)),
                ('at', models.DateTimeField()),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('answer_kind', models.CharField(blank=True, choices=[('official', '官方回答'), ('government', '政府答复'), ('expert', '专家回答'), ('peer', '青年互助')], default='', max_length=10)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'at', 'id'], name='cases_trail')],
            },
        ),
        migrations.CreateModel(
            name='Lane',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lanes', to='cases.case')),
                ('kind', models.CharField(choices=[('league', '团帮青'), ('peer', '青帮青'), ('government', '政帮青'), ('society', '社帮青')], max_length=10)),
                ('is_own', models.BooleanField(default=False)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lanes', to='orgs.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('state', models.CharField(choices=[('asked', '等接手'), ('moving', '在办'), ('paused', '等提问者补充'), ('answered', '已回答'), ('returned', '已退回'), ('ended', '已结束')], default='asked', max_length=10)),
                ('since', models.DateTimeField()),
                ('clock', models.CharField(choices=[('first', '第一次回复'), ('next', '下一步'), ('sign', '签收'), ('done', '办结'), ('promise', '兑现承诺')], max_length=10)),
                ('due_at', models.DateTimeField()),
                ('is_estimated', models.BooleanField(default=False)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('left_seconds', models.IntegerField(null=True)),
                ('before_answer', models.JSONField(null=True)),
                ('round', models.IntegerField(default=1)),
                ('rung', models.SmallIntegerField(default=0)),
                ('escalate_at', models.DateTimeField(null=True)),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('moved_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '办理线',
                'verbose_name_plural': '办理线',
                'indexes': [models.Index(fields=['holder', 'state', 'due_at', 'id'], name='cases_lanes_desk'), models.Index(fields=['person', 'state', 'due_at', 'id'], name='cases_lanes_mine'), models.Index(fields=['holder', 'due_at', 'id'], name='cases_lanes_all'), models.Index(fields=['state', 'due_at', 'id'], name='cases_lanes_due'), models.Index(condition=models.Q(('escalate_at__isnull', False)), fields=['escalate_at', 'id'], name='cases_lanes_late'), models.Index(condition=models.Q(('is_estimated', True)), fields=['due_at', 'id'], name='cases_lanes_estimated')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_own', False)), fields=('case', 'kind', 'holder'), name='cases_one_lane_a_body'), models.UniqueConstraint(condition=models.Q(('is_own', True)), fields=('case',), name='cases_one_own_lane'), models.CheckConstraint(condition=models.Q(('stopped_at', None), ('escalate_at', None), _connector='OR'), name='cases_stopped_clock_tells_nobody')],
            },
        ),
        migrations.CreateModel(
            name='Hop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hops', to='cases.lane')),
                ('kind', models.CharField(choices=[('transfer', '移交'), ('referral', '转办'), ('summons', '吹哨')], max_length=10)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='转出')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hops', to='orgs.organisation', verbose_name='转入')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('grade', models.CharField(choices=[('simple', '简单'), ('ordinary', '一般'), ('complex', '复杂')], default='ordinary', max_length=10)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('sign_due_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('sign_is_estimated', models.BooleanField(default=False)),
                ('is_estimated', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('open', '等签收'), ('signed', '已签收'), ('answered', '已回复'), ('returned', '已退回'), ('passed', '已再转'), ('withdrawn', '已收回')], default='open', max_length=10)),
                ('signed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('return_reason', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'verbose_name': '转办',
                'verbose_name_plural': '转办',
                'indexes': [models.Index(fields=['-made_at', '-id'], name='cases_hops_new'), models.Index(fields=['receiver', '-made_at', '-id'], name='cases_hops_receiver'), models.Index(fields=['state', 'due_at', 'id'], name='cases_hops_due'), models.Index(fields=['state', '-made_at', '-id'], name='cases_hops_state'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['-made_at', '-id'], name='cases_hops_open'), models.Index(condition=models.Q(('is_estimated', True)), fields=['due_at', 'id'], name='cases_hops_estimated'), models.Index(condition=models.Q(('sign_is_estimated', True)), fields=['sign_due_at', 'id'], name='cases_hops_sign_estimated')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'signed'))), fields=('lane',), name='cases_one_open_hop_a_lane'), models.CheckConstraint(condition=models.Q(('state__in', ('open', 'signed')), ('ended_at__isnull', False), _connector='XOR'), name='cases_ended_hop_has_its_end')],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='cases.lane')),
                ('round', models.IntegerField()),
                ('rung', models.SmallIntegerField(choices=[(0, '承办人'), (1, '带班'), (2, '值班员'), (3, '省级带班')])),
                ('clock', models.CharField(choices=[('first', '第一次回复'), ('next', '下一步'), ('sign', '签收'), ('done', '办结'), ('promise', '兑现承诺')], max_length=10)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('due_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('told', models.SmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['holder', '-at', '-id'], name='cases_escalations_of')],
                'constraints': [models.UniqueConstraint(fields=('lane', 'round', 'rung'), name='cases_each_rung_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='cases.lane')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rung', models.SmallIntegerField(choices=[(0, '承办人'), (1, '带班'), (2, '值班员'), (3, '省级带班')])),
                ('round', models.IntegerField()),
                ('made_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '催办',
                'verbose_name_plural': '催办',
                'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['person', 'made_at', 'id'], name='cases_notices_mine'), models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at', 'id'], name='cases_notices_letters'), models.Index(fields=['made_at'], name='cases_notices_old')],
                'constraints': [models.UniqueConstraint(fields=('lane', 'round', 'rung', 'person'), name='cases_noticed_once')],
            },
        ),
        migrations.CreateModel(
            name='EmptyPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.organisation')),
                ('rung', models.SmallIntegerField(choices=[(0, '承办人'), (1, '带班'), (2, '值班员'), (3, '省级带班')])),
                ('first_seen_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'rung'), name='cases_empty_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=200, verbose_name='一句话')),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='cases.lane')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
            ],
            options={
                'verbose_name': '提醒',
                'verbose_name_plural': '提醒',
                'constraints': [models.UniqueConstraint(fields=('lane', 'sender', 'day'), name='cases_reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orgs.region', verbose_name='地区')),
                ('field', models.CharField(blank=True, choices=[('work', '工作'), ('life', '生活'), ('study', '学习'), ('startup', '创业'), ('social', '社交')], max_length=10, verbose_name='领域')),
                ('kind', models.CharField(blank=True, choices=[('consult', '咨询'), ('help', '求助'), ('suggest', '建议'), ('talk', '倾诉')], max_length=10, verbose_name='类型')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation', verbose_name='承办组织')),
            ],
            options={
                'verbose_name': '转办规则',
                'verbose_name_plural': '转办规则',
                'constraints': [models.UniqueConstraint(fields=('region', 'field', 'kind'), name='cases_one_route'), models.UniqueConstraint(condition=models.Q(('region', None)), fields=('field', 'kind'), name='cases_one_default')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(blank=True, choices=[('work', '工作'), ('life', '生活'), ('study', '学习'), ('startup', '创业'), ('social', '社交')], max_length=10, verbose_name='领域')),
                ('kind', models.CharField(blank=True, choices=[('consult', '咨询'), ('help', '求助'), ('suggest', '建议'), ('talk', '倾诉')], max_length=10, verbose_name='类型')),
                ('first_reply_hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='首次回复（值班小时）')),
                ('worst_hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(720)], verbose_name='首次回复最迟（小时）')),
                ('next_step_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='下一步（工作日）')),
            ],
            options={
                'verbose_name': '办理时限',
                'verbose_name_plural': '办理时限',
                'constraints': [models.UniqueConstraint(fields=('field', 'kind'), name='cases_one_term')],
            },
        ),
    ]
