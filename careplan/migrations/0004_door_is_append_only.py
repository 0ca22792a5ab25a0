"""What happened at the door stays written (AUTH-1): the owner cannot change it either."""

from django.db import migrations

from careplan.access.sql import freeze


class Migration(migrations.Migration):
    dependencies = [("careplan", "0003_guard")]

    operations = [freeze("careplan_signinevent")]
