"""What falls due can be read in its order, whoever holds it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_language_of_an_account"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", True)),
                fields=["tenant", "due_on", "id"],
                name="clock_due",
            ),
        ),
    ]
