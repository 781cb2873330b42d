from django.db import migrations, models


def note_open_kinds(apps, schema_editor):
    """Of lanes that were opened before there was the column."""
    Case, Lane = apps.get_model("cases", "Case"), apps.get_model("cases", "Lane")
    lanes = Lane.objects.filter(is_own=False, state__in=["asked", "moving", "paused"])
    found = {}
    for case, kind in lanes.values_list("case", "kind"):
        found.setdefault(case, set()).add(kind[0])
    for case, letters in found.items():
        in_order = "".join(letter for letter in "lpgs" if letter in letters)
        Case.objects.filter(pk=case).update(open_kinds=in_order)


class Migration(migrations.Migration):
    dependencies = [('cases', '0007_merging')]

    operations = [
        migrations.AddField(
            model_name="case",
            name="open_kinds",
            field=models.CharField(blank=True, default="", max_length=4),
        ),
        migrations.RunPython(note_open_kinds, migrations.RunPython.noop),
    ]
