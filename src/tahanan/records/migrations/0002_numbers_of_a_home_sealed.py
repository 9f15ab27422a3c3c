"""The days of a home move into its sealed field; parted siblings get a clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_kind_known",
        ),
        migrations.RenameField(
            model_name="facility",
            old_name="address",
            new_name="private",
        ),
        migrations.RemoveField(
            model_name="facility",
            name="review_days",
        ),
        migrations.RemoveField(
            model_name="facility",
            name="stay_target_days",
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
