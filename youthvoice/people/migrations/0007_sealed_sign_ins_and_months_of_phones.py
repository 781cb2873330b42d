from django.db import migrations, models

from youthvoice.kit.clock import start_of_month


def keep_the_month(apps, schema_editor):
    phones = apps.get_model("people", "Phone").objects
    for phone in phones.iterator():
        phones.filter(pk=phone.pk).update(added_at=start_of_month(phone.added_at))


class Migration(migrations.Migration):
    # The rows of sign-ins go: each session that is still open is listed again when it comes.

    dependencies = [
        ("people", "0006_sign_ins_and_session_stamp"),
    ]

    operations = [
        migrations.DeleteModel(name="SignIn"),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(db_index=True, max_length=64)),
                ("inside", models.TextField()),
                ("seen", models.DateField(db_index=True)),
            ],
        ),
        migrations.RunPython(keep_the_month, migrations.RunPython.noop),
    ]
