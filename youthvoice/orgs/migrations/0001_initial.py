import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='行政区划代码')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('short_name', models.CharField(max_length=20, verbose_name='简称')),
                ('pinyin', models.CharField(max_length=60, verbose_name='拼音')),
                ('level', models.CharField(choices=[('province', '省'), ('city', '市'), ('county', '县（市、区）'), ('town', '乡镇（街道）')], max_length=10, verbose_name='级别')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='orgs.region', verbose_name='上级地区')),
            ],
            options={
                'verbose_name': '地区',
                'verbose_name_plural': '地区',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='网址名')),
                ('kind', models.CharField(choices=[('league', '团组织'), ('line', '战线'), ('branch', '基层团组织'), ('expert', '专家'), ('alliance', '服务联盟'), ('government', '政府部门'), ('social', '社会组织')], max_length=10, verbose_name='类别')),
                ('name', models.CharField(max_length=80, verbose_name='全称')),
                ('short_name', models.CharField(max_length=40, verbose_name='简称')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='orgs.region', verbose_name='地区')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='orgs.organisation', verbose_name='上级组织')),
                ('about', models.TextField(blank=True, verbose_name='介绍')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='领域')),
                ('group', models.CharField(blank=True, choices=[('construction', '城乡建设'), ('labour', '劳动和社会保障'), ('education', '教育文体'), ('health', '卫生计生'), ('justice', '政法'), ('civil', '民政'), ('transport', '交通运输'), ('trade', '商贸旅游'), ('economy', '经济管理'), ('rural', '农村农业'), ('land', '国土资源'), ('environment', '环境保护'), ('technology', '科技与信息产业'), ('party', '党务政务'), ('discipline', '纪检监察')], default='', help_text='政府部门管的是哪一类事。别的组织不用填。', max_length=20, verbose_name='归口')),
                ('contact_email', models.EmailField(blank=True, default='', help_text='写单位的邮箱，不写个人的。没有账号的单位，转办函寄到这里；不会公开。', max_length=254, verbose_name='联系邮箱')),
                ('contact_phone', models.CharField(blank=True, default='', help_text='写值班或办公室的电话，不写个人的。催办和紧急情况时给工作人员看；不会公开。', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9+() -]{3,40}\\Z', '写单位的电话，只写数字和 - 。')], verbose_name='联系电话')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
            ],
            options={
                'verbose_name': '组织',
                'verbose_name_plural': '组织',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['kind', 'region'], name='orgs_organi_kind_535833_idx')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('answerer', '答复员'), ('duty', '值班员'), ('lead', '带班'), ('operator', '平台管理员')], max_length=10)),
                ('whom', models.CharField(max_length=20)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='orgs.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='人')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='orgs.organisation', verbose_name='组织')),
                ('role', models.CharField(choices=[('answerer', '答复员'), ('duty', '值班员'), ('lead', '带班'), ('operator', '平台管理员')], default='answerer', max_length=10, verbose_name='角色')),
            ],
            options={
                'verbose_name': '成员',
                'verbose_name_plural': '成员',
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation', 'role'), name='orgs_one_role_once')],
            },
        ),
    ]
