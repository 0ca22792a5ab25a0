"""A message may be about a session (MSG-2)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from careplan.access.sql import run

OWN = "messaging_message_about_session_id_own"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0006_notes_guard")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="about_session",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="messaging.session",
            ),
        ),
        run(
            f"alter table app.messaging_message add constraint {OWN} "
            "foreign key (client_id, about_session_id) references app.messaging_session (client_id, id)",
            f"alter table app.messaging_message drop constraint {OWN}",
        ),
        migrations.RemoveConstraint(model_name="message", name="messaging_message_is_about_one_thing"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(about_item=None, about_resource=None)
                | Q(about_item=None, about_session=None)
                | Q(about_resource=None, about_session=None),
                name="messaging_message_is_about_one_thing",
            ),
        ),
    ]
