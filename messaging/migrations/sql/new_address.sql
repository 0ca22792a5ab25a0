-- Another number or another e-mail address: what waits does not go to the old one, in the same transaction, and is put out
-- anew (REM-4, REM-8).
create function guard.messaging_address_moved() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    with back as (
        update app.careplan_outgoing o
           set state = 'cancelled', why = 'address_changed', carries = null, settled_at = now(), claimed_until = null
          from app.messaging_reminder r
         where r.client_id = new.client_id and r.state = 'out' and o.key = 'reminder:' || r.id || ':' || r.tries and o.state = 'due'
           and ((o.channel = 'text' and new.phone <> old.phone) or (o.channel = 'email' and new.email <> old.email))
        returning r.id)
    update app.messaging_reminder m set state = 'due', changed_at = guard.now() from back where m.id = back.id;
    return null;
end $$;
create trigger address_moved after update on app.clients_contact
    for each row when (old.phone <> new.phone or old.email <> new.email) execute function guard.messaging_address_moved();
revoke execute on function guard.messaging_address_moved from public;
