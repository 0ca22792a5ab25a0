"""What the gate for everything that leaves asks at the moment of sending: does this person's record allow it?"""

from django.db import migrations

from careplan.access.sql import run

CONTACT_SAYS = """
-- Why something may not go to a person by a channel now, as a code; '' when it may, or when no record stands for them.
create function guard.contact_says(p_person uuid, p_channel text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(max(case when c.do_not_contact then 'do_not_contact'
                             when p_channel = 'email' and not c.email_ok then 'channel_off'
                             when p_channel = 'text' and not c.text_ok then 'channel_off'
                             else '' end), '')
      from guard.records_of(p_person) r join app.clients_contact c on c.client_id = r.client_id
$$;
grant execute on function guard.contact_says to cp_app;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0003_diagnoses"), ("careplan", "0007_outgoing_and_links")]

    operations = [run(CONTACT_SAYS, "drop function guard.contact_says")]
