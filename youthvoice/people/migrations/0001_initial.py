import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import youthvoice.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('nickname', models.CharField(max_length=20, verbose_name='昵称')),
                ('origin', models.CharField(choices=[('local', '本站'), ('imported', '导入')], default='local', max_length=10, verbose_name='来源')),
                ('import_code', models.CharField(max_length=80, null=True, unique=True, verbose_name='导入编号')),
                ('date_joined', models.DateTimeField(default=youthvoice.people.models.this_month, verbose_name='加入月份')),
                ('participated_at', models.DateTimeField(db_index=True, null=True, verbose_name='首次参与')),
                ('age_band', models.CharField(blank=True, choices=[('under-14', '未满 14 岁'), ('14-17', '14—17 岁'), ('18', '18 岁以上')], default='', max_length=10, verbose_name='年龄段')),
                ('age_said', models.SmallIntegerField(null=True, verbose_name='哪一年说的')),
                ('session_stamp', models.CharField(default='', editable=False, max_length=32)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '人',
                'verbose_name_plural': '人',
                'indexes': [models.Index(fields=['email'], name='people_email')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('what', models.CharField(choices=[('rules', '规则'), ('privacy', '隐私说明')], max_length=10)),
                ('version', models.CharField(max_length=10)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'what', 'version'), name='people_one_standing_consent')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guardianship', to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(blank=True, default='', max_length=254)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('version', models.CharField(blank=True, default='', max_length=10)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('address_proof', models.CharField(blank=True, default='', max_length=64)),
                ('erase_at', models.DateTimeField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='phone', to=settings.AUTH_USER_MODEL)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('ending', models.CharField(max_length=2)),
                ('added_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32)),
                ('ending', models.CharField(max_length=2)),
                ('code', models.BinaryField(max_length=32)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('proved', models.BooleanField(default=False)),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='EndedSession',
            fields=[
                ('mark', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('inside', models.TextField()),
                ('week', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(db_index=True, max_length=64)),
                ('inside', models.TextField()),
                ('seen', models.DateField(db_index=True)),
            ],
        ),
    ]
