import django.db.models.deletion
import youthvoice.journal.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('kind', models.CharField(choices=[('consult', '咨询'), ('help', '求助'), ('suggest', '建议'), ('talk', '倾诉')], max_length=10, verbose_name='类型')),
                ('field', models.CharField(choices=[('work', '工作'), ('life', '生活'), ('study', '学习'), ('startup', '创业'), ('social', '社交')], max_length=10, verbose_name='领域')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.region', verbose_name='地区')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('text', models.TextField(verbose_name='内容')),
                ('origin', models.CharField(choices=[('local', '本站'), ('imported', '导入')], default='local', max_length=10)),
                ('is_nameless', models.BooleanField(default=False, verbose_name='匿名')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to=settings.AUTH_USER_MODEL, verbose_name='提问者')),
                ('asked_at', models.DateTimeField(verbose_name='提问时间')),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('hidden_reason', models.CharField(blank=True, choices=[('personal', '写出了个人信息'), ('abuse', '辱骂、威胁别人'), ('fraud', '诈骗'), ('spam', '广告、刷屏'), ('danger', '可能让人受到伤害'), ('illegal', '法律不允许')], default='', max_length=10)),
                ('withheld_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(choices=[('open', '还没说'), ('solved', '解决了'), ('unsolved', '没解决')], default='open', max_length=10, verbose_name='结果')),
                ('outcome_at', models.DateTimeField(null=True)),
                ('first_answered_at', models.DateTimeField(null=True)),
                ('first_answer_seconds', models.IntegerField(null=True)),
                ('official_count', models.IntegerField(default=0)),
                ('government_count', models.IntegerField(default=0)),
                ('expert_count', models.IntegerField(default=0)),
                ('peer_count', models.IntegerField(default=0)),
                ('comment_count', models.IntegerField(default=0)),
                ('follow_count', models.IntegerField(default=0)),
                ('useful_count', models.IntegerField(default=0)),
                ('hot', models.FloatField(default=0)),
                ('key_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('import_code', models.CharField(max_length=80, null=True, unique=True)),
            ],
            options={
                'verbose_name': '提问',
                'verbose_name_plural': '提问',
                'indexes': [models.Index(fields=['deleted_at', '-asked_at', '-id'], name='questions_all_new'), models.Index(fields=['field', '-asked_at', '-id'], name='questions_fld_new'), models.Index(fields=['region', '-asked_at', '-id'], name='questions_reg_new'), models.Index(fields=['deleted_at', '-hot', '-id'], name='questions_all_hot'), models.Index(fields=['field', '-hot', '-id'], name='questions_fld_hot'), models.Index(fields=['region', '-hot', '-id'], name='questions_reg_hot'), models.Index(fields=['outcome', '-outcome_at', '-id'], name='questions_outcome'), models.Index(condition=models.Q(('deleted_at', None), ('first_answered_at', None), ('origin', 'local')), fields=['asked_at', 'id'], name='questions_waiting'), models.Index(condition=models.Q(('deleted_at', None), ('first_answered_at__isnull', False), ('origin', 'local')), fields=['-first_answered_at', '-id'], name='questions_echoed'), models.Index(fields=['author', '-asked_at', '-id'], name='questions_mine'), models.Index(fields=['asked_at', 'id'], name='questions_asked')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_nameless', False), ('author', None), _connector='OR'), name='questions_nameless_has_no_author'), models.CheckConstraint(condition=models.Q(('hidden_reason', ''), ('deleted_at__isnull', False), _connector='OR'), name='questions_hidden_is_gone')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='receipt', to='questions.question')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='questions.question')),
                ('position', models.IntegerField()),
                ('name', models.CharField(max_length=32, unique=True)),
                ('width', models.IntegerField()),
                ('height', models.IntegerField()),
                ('thumb_width', models.IntegerField()),
                ('thumb_height', models.IntegerField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('question', 'position'), name='questions_picture_place')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='questions.question')),
                ('kind', models.CharField(choices=[('official', '官方回答'), ('government', '政府答复'), ('expert', '专家回答'), ('peer', '青年互助')], max_length=10, verbose_name='类别')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='orgs.organisation')),
                ('show_writer', models.BooleanField(default=False)),
                ('text', models.TextField(verbose_name='内容')),
                ('origin', models.CharField(choices=[('local', '本站'), ('imported', '导入')], default='local', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('hidden_reason', models.CharField(blank=True, choices=[('personal', '写出了个人信息'), ('abuse', '辱骂、威胁别人'), ('fraud', '诈骗'), ('spam', '广告、刷屏'), ('danger', '可能让人受到伤害'), ('illegal', '法律不允许')], default='', max_length=10)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('useful_count', models.IntegerField(default=0)),
                ('comment_count', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['question', 'created_at', 'id'], name='answers_of_question'), models.Index(fields=['organisation', '-created_at', '-id'], name='answers_of_org'), models.Index(fields=['author', '-created_at', '-id'], name='answers_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hidden_reason', ''), ('deleted_at__isnull', False), _connector='OR'), name='questions_hidden_answer_is_gone')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='questions.question')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='questions.answer')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organisation')),
                ('is_asker', models.BooleanField(default=False)),
                ('thread', models.BigIntegerField()),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='questions.comment')),
                ('text', models.TextField(verbose_name='内容')),
                ('created_at', models.DateTimeField()),
                ('deleted_at', models.DateTimeField(null=True)),
                ('hidden_reason', models.CharField(blank=True, choices=[('personal', '写出了个人信息'), ('abuse', '辱骂、威胁别人'), ('fraud', '诈骗'), ('spam', '广告、刷屏'), ('danger', '可能让人受到伤害'), ('illegal', '法律不允许')], default='', max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['question', 'answer', 'thread', 'id'], name='comments_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hidden_reason', ''), ('deleted_at__isnull', False), _connector='OR'), name='questions_hidden_comment_is_gone')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='questions.question')),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='questions.answer')),
                ('title', models.CharField(default='', max_length=200)),
                ('text', models.TextField()),
                ('since', models.DateTimeField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('question', None), ('answer', None), _connector='XOR'), name='questions_revision_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Hidden',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('question', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hidden', to='questions.question')),
                ('answer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hidden', to='questions.answer')),
                ('comment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hidden', to='questions.comment')),
                ('title', models.CharField(default='', max_length=200)),
                ('text', models.TextField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', None), ('comment', None), ('question__isnull', False)), models.Q(('answer__isnull', False), ('comment', None), ('question', None)), models.Q(('answer', None), ('comment__isnull', False), ('question', None)), _connector='OR'), name='questions_hidden_is_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Useful',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='useful', to='questions.answer')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'answer'), name='questions_useful_once')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='questions.question')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at', '-id'], name='questions_followed')],
                'constraints': [models.UniqueConstraint(fields=('person', 'question'), name='questions_follow_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('name', models.CharField(choices=[('questions', '提问'), ('imported', '导入的提问'), ('people', '署名参与的人'), ('nameless', '匿名的提问者')], max_length=20, primary_key=True, serialize=False)),
                ('value', models.BigIntegerField(default=0)),
            ],
        ),
    ]
