import django.db.models.deletion
import youthvoice.journal.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('orgs', '0001_initial'),
        ('questions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=youthvoice.journal.models.new_salt, editable=False, max_length=32)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='cases.case')),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='cases.lane')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='promise', to='questions.answer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='orgs.organisation')),
                ('text', models.CharField(max_length=200, verbose_name='承诺')),
                ('due_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', '还没到期'), ('kept', '已兑现'), ('broken', '没有兑现')], default='open', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '承诺',
                'verbose_name_plural': '承诺',
                'indexes': [models.Index(fields=['-made_at', '-id'], name='promises_new'), models.Index(fields=['state', 'due_on', 'id'], name='promises_due'), models.Index(fields=['state', '-decided_at', '-id'], name='promises_decided'), models.Index(fields=['organisation', '-made_at', '-id'], name='promises_org')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'open'), ('decided_at__isnull', False), _connector='XOR'), name='promises_decided_has_its_moment')],
            },
        ),
    ]
