import django.db.models.deletion
import django.utils.timezone
from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Min, OuterRef, Subquery

_AT_ONCE = 500


def look_back(apps, schema_editor):
    """The first deadline is that of a first clock which still stands or runs; else a day after
    asking. The first reply is the first that stands and is no peer's."""
    Case, Lane = apps.get_model("cases", "Case"), apps.get_model("cases", "Lane")
    Answer = apps.get_model("questions", "Answer")
    lanes = Lane.objects.filter(case=OuterRef("pk"), is_own=True, clock="first")
    replies = Answer.objects.filter(question=OuterRef("question"), deleted_at=None)
    replies = replies.exclude(kind="peer").order_by().values("question")
    rows = Case.objects.annotate(
        asked_at=F("question__asked_at"),
        first_clock=Subquery(lanes.values("due_at")[:1]),
        first_reply=Subquery(replies.annotate(first=Min("created_at")).values("first")[:1]),
    )
    found = []
    for case in rows.order_by("pk").iterator(_AT_ONCE):
        case.first_due_at = case.first_clock or case.asked_at + timedelta(hours=24)
        case.first_reply_at = case.first_reply
        found.append(case)
        if len(found) == _AT_ONCE:
            Case.objects.bulk_update(found, ["first_due_at", "first_reply_at"])
            found = []
    Case.objects.bulk_update(found, ["first_due_at", "first_reply_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_promises_and_call_backs'),
        ("questions", "0003_answers_of_the_government"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="first_due_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="case",
            name="first_reply_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="exclusions", to="cases.case")),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "不计入统计",
                "verbose_name_plural": "不计入统计",
                "indexes": [
                    models.Index(condition=models.Q(("confirmed_at__isnull", False), ("ended_at", None)), fields=["-confirmed_at", "-id"], name="cases_excluded"),
                    models.Index(condition=models.Q(("confirmed_at", None), ("ended_at", None)), fields=["asked_at", "id"], name="cases_exclusions_open"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("case",), name="cases_one_exclusion"),
                    models.CheckConstraint(condition=models.Q(("asked_by", None), ("confirmed_by", None), models.Q(("asked_by", models.F("confirmed_by")), _negated=True), _connector="OR"), name="cases_exclusion_takes_two"),
                ],
            },
        ),
        migrations.RunPython(look_back, migrations.RunPython.noop),
    ]
