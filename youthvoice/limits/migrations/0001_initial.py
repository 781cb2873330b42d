from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('key', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('used', models.IntegerField()),
                ('ends', models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
