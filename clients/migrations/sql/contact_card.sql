-- What a front desk may know (ACC-12): written here and nowhere else, in the transaction of the change it follows.
create function app.clients_contact_card_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into app.clients_contact_card as card (client_id, practice_id, call_ok, voicemail_ok, text_ok, email_ok,
        post_ok, discreet, shared_phone, do_not_contact, quiet_from, quiet_until, most_a_week)
    values (new.client_id, new.practice_id, new.call_ok, new.voicemail_ok, new.text_ok, new.email_ok,
        new.post_ok, new.discreet, new.shared_phone, new.do_not_contact, new.quiet_from, new.quiet_until, new.most_a_week)
    on conflict (client_id) do update
       set (call_ok, voicemail_ok, text_ok, email_ok, post_ok, discreet, shared_phone, do_not_contact, quiet_from,
            quiet_until, most_a_week)
         = (excluded.call_ok, excluded.voicemail_ok, excluded.text_ok, excluded.email_ok, excluded.post_ok,
            excluded.discreet, excluded.shared_phone, excluded.do_not_contact, excluded.quiet_from,
            excluded.quiet_until, excluded.most_a_week);
    return null;
end $$;
create trigger contact_card after insert or update on app.clients_contact
    for each row execute function app.clients_contact_card_follows();

-- Of the consents to one channel: what forbids before what allows, what was answered before what is only asked.
-- One that is still being written, or was entered in error, says nothing.
create function app.clients_channel_state_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.kind not in ('texts', 'email', 'calendar', 'portal_messages') then
        return null;
    end if;
    insert into app.clients_channel_state as channel (client_id, practice_id, kind, effect, state, starts_at, until)
    select c.client_id, c.practice_id, c.kind, c.effect, c.state, c.starts_at, c.until
      from app.clients_consent c
     where c.client_id = new.client_id and c.kind = new.kind
     order by c.state in ('draft', 'entered_in_error'), (c.state = 'given' and c.effect = 'deny') desc, c.state = 'given' desc,
              c.state_at desc, c.id desc
     limit 1
    on conflict (client_id, kind) do update
       set (effect, state, starts_at, until) = (excluded.effect, excluded.state, excluded.starts_at, excluded.until);
    return null;
end $$;
create trigger channel_state after insert or update on app.clients_consent
    for each row execute function app.clients_channel_state_follows();
revoke execute on function app.clients_contact_card_follows(), app.clients_channel_state_follows() from public;
revoke insert, update on app.clients_contact_card, app.clients_channel_state from cp_app;
