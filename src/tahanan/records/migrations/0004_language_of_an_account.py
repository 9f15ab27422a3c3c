"""The language somebody reads in is kept with her account, sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_raised_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="language",
            field=models.BinaryField(max_length=160, null=True),
        ),
    ]
