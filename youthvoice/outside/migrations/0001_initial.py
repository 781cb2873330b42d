import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outside_code', to='cases.hop')),
                ('token_digest', models.BinaryField(max_length=32, unique=True)),
                ('code_digest', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailings', to='cases.hop')),
                ('kind', models.CharField(choices=[('letter', '转办函'), ('code', '校验码')], default='letter', max_length=10)),
                ('state', models.CharField(choices=[('waiting', '在寄'), ('sent', '寄出了'), ('failed', '没寄出去'), ('stopped', '没有寄')], default='waiting', max_length=10)),
                ('code_follows', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, choices=[('refused', '试了半天，邮件服务器都没有收下'), ('replaced', '后来另做了一封信'), ('over', '事情办完了，或者收回了'), ('private', '这个提问现在不公开'), ('staffed', '对方单位有人在这里注册了，登录就能办'), ('address', '这个单位的联系邮箱删掉了')], default='', max_length=10)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at', 'id'], name='outside_mails_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('hop',), name='outside_one_mail_at_a_time'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('ended_at__isnull', False), _connector='XOR'), name='outside_ended_mail_has_its_end')],
            },
        ),
        migrations.CreateModel(
            name='NumbersRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='numbers_release', to='cases.case')),
                ('said_at', models.DateTimeField()),
            ],
        ),
    ]
