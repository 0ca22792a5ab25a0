"""What the running role may do with the tables that django-allauth and Django bring along."""

from django.db import migrations

from careplan.access.sql import grant


class Migration(migrations.Migration):
    dependencies = [
        ("careplan", "0001_identity"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        grant("mfa_authenticator", "select, insert, update, delete"),
        grant("django_migrations", "select"),
    ]
