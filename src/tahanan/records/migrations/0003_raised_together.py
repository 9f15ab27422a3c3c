"""Children raised together, not by blood, may be drawn as a family."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_numbers_of_a_home_sealed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="siblinglink",
            name="siblinglink_bond_known",
        ),
        migrations.AddConstraint(
            model_name="siblinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("bond__in", ["full", "half", "not_sure", "raised_together"])),
                name="siblinglink_bond_known",
            ),
        ),
    ]
