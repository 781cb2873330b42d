from datetime import timedelta

from django.db import migrations

_AT_ONCE = 500
#: What a case was when there were no lanes → its own lane.
_LANE = {"received": "asked", "answered": "answered", "aside": "asked"}


def give_lanes(apps, schema_editor):
    """Nobody gains time by the change: what waits is due a day after it began to wait."""
    Case, Lane = apps.get_model("cases", "Case"), apps.get_model("cases", "Lane")
    Case.objects.filter(state="waiting").update(state="received")
    Case.objects.filter(state="aside").update(state_before="received")
    new = []
    for case in Case.objects.filter(lanes=None).order_by("pk").iterator(_AT_ONCE):
        due_at = case.waiting_since + timedelta(hours=24)
        is_running = case.state == "received"
        new.append(
            Lane(
                case=case,
                kind="league",
                is_own=True,
                holder_id=case.holder_id,
                state=_LANE.get(case.state, "ended"),
                since=case.waiting_since,
                clock="first",
                due_at=due_at,
                stopped_at=None if is_running else case.held_at,
                escalate_at=due_at if is_running else None,
                moved_at=case.held_at,
            )
        )
        if len(new) == _AT_ONCE:
            Lane.objects.bulk_create(new)
            new = []
    Lane.objects.bulk_create(new)


def take_lanes(apps, schema_editor):
    """Back to five states; what was referred or promised waits again."""
    Case = apps.get_model("cases", "Case")
    waits = ["received", "held", "referred", "asking", "promised", "unsolved", "reopened"]
    Case.objects.filter(state__in=waits).update(state="waiting")
    Case.objects.filter(state="merged").update(state="closed")
    apps.get_model("cases", "Lane").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_lanes_and_hops")]

    operations = [migrations.RunPython(give_lanes, take_lanes)]
