"""How staff see the client's words, and what they can't offer, beside them (PLAN-5b)."""

from pathlib import Path

from django.db import migrations, models

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds, run_file

SQL = Path(__file__).parent / "sql"
UNDO = "drop trigger beside_own_words on plans_comment; drop function guard.plans_comment_is_beside_own_words;"


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0011_erasable"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="says",
            field=models.TextField(
                choices=[
                    ("comment", "A comment"),
                    ("differently", "I see it differently"),
                    ("cannot_offer", "What I can’t offer"),
                ],
                default="comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("says__in", ["comment", "differently", "cannot_offer"])),
                name="plans_comment_says_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("says", "comment"),
                    models.Q(("author_role__in", ("client", "guardian", "supporter")), _negated=True),
                    _connector="OR",
                ),
                name="plans_comment_only_staff_see_it_differently",
            ),
        ),
        event_kinds(["item.seen_differently", "item.cannot_offer"], DataClass.PLAN),
        run_file(SQL / "seen_differently.sql", reverse=UNDO),
    ]
