"""An emergency stay has an end of its own to fall due."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_what_falls_due_in_order"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_kind_known",
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "admission_told",
                            "basis_expires",
                            "emergency_ends",
                            "emergency_review",
                            "intake_unfinished",
                            "siblings_parted",
                            "stay_review",
                            "stay_target",
                        ],
                    )
                ),
                name="clock_kind_known",
            ),
        ),
    ]
