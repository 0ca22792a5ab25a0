"""Whoever joined those who decide is asked at the next review (PLAN-5a)."""

from django.db import migrations

from careplan.access.classes import DataClass
from careplan.access.sql import event_kinds


class Migration(migrations.Migration):
    dependencies = [("plans", "0015_handover")]

    operations = [event_kinds(["item.asked_again"], DataClass.PLAN)]
