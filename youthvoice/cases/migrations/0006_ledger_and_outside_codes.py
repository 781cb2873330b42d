import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('cases', '0005_escalation')]

    operations = [
        migrations.CreateModel(
            name="OutsideCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.BinaryField(max_length=32, unique=True)),
                ("code_digest", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "hop",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outside_code",
                        to="cases.hop",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="hop",
            index=models.Index(fields=["state", "-made_at", "-id"], name="cases_hops_state"),
        ),
        migrations.AddIndex(
            model_name="hop",
            index=models.Index(
                fields=["-made_at", "-id"],
                name="cases_hops_open",
                condition=models.Q(("ended_at__isnull", True)),
            ),
        ),
    ]
