-- A quiet portal leaves no trace in the portal (SAFE-7): its own tables can't be read under a portal or proxy opening.
create policy clients_quiet_is_staffs on app.clients_quiet as restrictive for select to cp_app
    using (not client_id = any ((select guard.portal_clients())::uuid[]));
create policy clients_tucked_away_is_staffs on app.clients_tucked_away as restrictive for select to cp_app
    using (not client_id = any ((select guard.portal_clients())::uuid[]));
revoke update on app.clients_tucked_away from cp_app;
grant update (back_at, back_by) on app.clients_tucked_away to cp_app;

-- The pages ask here what to show, whatever class they opened: only about a record this request has open.
create function app.clients_quiet_now(p_client uuid)
returns table (shows text, parts text[], big_steps text, tucked jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(q.shows, 'everything'), coalesce(q.parts, '{}'), coalesce(q.big_steps, 'here'),
           coalesce((select jsonb_agg(jsonb_build_array(t.kind, t.key)) from app.clients_tucked_away t
                      where t.client_id = p_client and t.back_at is null), '[]')
      from (select) one
      left join lateral (select * from app.clients_quiet s where s.client_id = p_client
                          order by s.set_at desc, s.id desc limit 1) q on true
     where p_client = any (guard.portal_clients()) or p_client = any (guard.opened('safety'))
$$;

-- The pages never show the agreed word, so saving them can't bring it along: it stays what it was, for the next call.
create function app.clients_quiet_keeps_the_word() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    select q.agreed_word into new.agreed_word from app.clients_quiet q
     where q.client_id = new.client_id order by q.set_at desc, q.id desc limit 1;
    new.agreed_word := coalesce(new.agreed_word, '');
    return new;
end $$;
create trigger keeps_the_word before insert on app.clients_quiet for each row
    when (new.how = 'own_hand_portal' and new.big_steps = 'with_us' and new.agreed_word = '')
    execute function app.clients_quiet_keeps_the_word();

-- From the portal something is tucked away once, and again without a word: the row may be there already, unseen.
create function app.clients_tuck_away(p_id uuid, p_client uuid, p_practice uuid, p_kind text, p_key text, p_how text)
returns bool
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not p_client = any (guard.opened('safety', true)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    insert into app.clients_tucked_away (id, client_id, practice_id, kind, key, how, tucked_at, tucked_by)
    values (p_id, p_client, p_practice, p_kind, p_key, p_how, guard.now(), guard.acting_person())
    on conflict do nothing;
    return found;
end $$;
revoke execute on function app.clients_quiet_keeps_the_word(), app.clients_quiet_now(uuid), app.clients_tuck_away(uuid, uuid, uuid, text, text, text) from public;
grant execute on function app.clients_quiet_now(uuid), app.clients_tuck_away(uuid, uuid, uuid, text, text, text) to cp_app;
