-- Software that acts for a recipient, and the ground for billing (ADR 14, ACC-12, BILL-6).

create function guard.add_api_client(p_id uuid, p_practice uuid, p_recipient text, p_until timestamptz, p_by uuid)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.by_operator() and not (p_by = guard.acting_person()
            and guard.holds_role(p_by, p_practice, array['manager', 'practice_lead'])) then
        raise insufficient_privilege using message = 'not yours to let in';
    end if;
    insert into guard.api_client(id, practice_id, recipient, since, until, made_by)
    values (p_id, p_practice, p_recipient, guard.now(), p_until, p_by);
end $$;

create function guard.end_api_client(p_id uuid, p_by uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.api_client;
begin
    select * into v from guard.api_client a where a.id = p_id for update;
    if v.id is null or not (guard.by_operator() or (p_by = guard.acting_person()
            and guard.holds_role(p_by, v.practice_id, array['manager', 'practice_lead']))) then
        raise insufficient_privilege using message = 'not yours to end';
    end if;
    if v.until > guard.now() then
        update guard.api_client set until = guard.now(), ended_by = p_by where id = p_id;
    end if;
end $$;

-- For whom the software acts that acts now; null for everybody else. Policies ask it (ADR 14).
create function guard.acting_recipient() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select a.recipient from guard.api_client a where a.id = guard.acting_person()
$$;

-- Something of these clients was handed to a recipient: results may come back even when permission ends (BILL-6).
create function guard.note_sent(p_clients uuid[], p_recipient text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    insert into guard.sent(client_id, recipient, at)
    select distinct c, p_recipient, guard.now() from unnest(p_clients) c on conflict do nothing
$$;

-- Billing of a record begins: by whoever may write class billing there now.
create function guard.begin_billing(p_client uuid) returns bool
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not p_client = any (guard.opened('billing', true)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    if guard.acting_recipient() is not null then
        raise insufficient_privilege using message = 'not for software';
    end if;
    insert into guard.billed values (p_client, guard.now(), guard.acting_person()) on conflict do nothing;
    return found;
end $$;

create function guard.billed_clients() returns uuid[]   -- of the practice somebody does the billing of
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(b.client_id), '{}')
      from guard.billed b join guard.record r using (client_id)
     where r.practice_id = any (guard.practices_as(array['biller']))
$$;

-- Whether this recipient once had the client and may not any more: it then hears that a consent is gone, and not that nothing is there (BILL-6).
create function guard.lost_client(p_software uuid, p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.consent_of_software(p_software, p_client) is null and exists (select from guard.api_client me
                     join guard.api_client like_me on guard.recipient_key(like_me.recipient) = guard.recipient_key(me.recipient)
                                                and like_me.practice_id = me.practice_id
                     join guard.opening o on o.person_id = like_me.id
                    where me.id = p_software and o.client_id = p_client and o.granted)
$$;

-- The clients that this software may have now, in the order of their ids: what a list of them opens.
create function guard.consenting_clients(p_software uuid, p_after uuid, p_limit int) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(t.client_id order by t.client_id), '{}') from (
        select r.client_id
          from guard.api_client a
          join guard.record r on r.practice_id = a.practice_id
         where a.id = p_software and a.since <= guard.now() and a.until > guard.now()
           and (p_after is null or r.client_id > p_after)
           and guard.billing_consent(r.client_id, a.recipient) is not null
         order by r.client_id limit least(p_limit, 201)) t
$$;

create trigger frozen before update or delete on guard.billed for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.billed execute function guard.frozen();
create trigger frozen before update or delete on guard.sent for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.sent execute function guard.frozen();
