"""What of a plan can be erased, and that a wording also stands in the readable snapshots of versions (AUD-5)."""

from django.db import migrations

from careplan.access.sql import run

CONTENT = """
insert into guard.erasable(table_name, columns) values
    ('plans_item_revision', array['content', 'hashed', 'why']),
    ('plans_answer', array['words', 'hashed']),
    ('plans_comment', array['words']),
    ('plans_version', array['snapshot']),
    ('plans_signature', array['name', 'notes', 'hashed']),
    ('plans_not_signed', array['words']);
"""
ALSO = """
create or replace function guard.also_carrying(p_client uuid, p_table text, p_rows uuid[])
returns table (table_name text, row_ids uuid[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select 'plans_version', array_agg(v.id) from app.plans_version v
     where p_table = 'plans_item_revision' and v.client_id = p_client and v.revision_ids && p_rows
    having count(*) > 0
$$;
"""
NOTHING_ALSO = ALSO[: ALSO.index("    select 'plans")] + "    select null::text, null::uuid[] where false\n$$;\n"


class Migration(migrations.Migration):
    dependencies = [("plans", "0010_requirements"), ("careplan", "0011_erasure")]

    operations = [
        run(CONTENT, "delete from guard.erasable where table_name like 'plans_%'"),
        run(ALSO, NOTHING_ALSO),
    ]
