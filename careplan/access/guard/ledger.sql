-- The event ledger: one chain per client, appended to under the client's head (AUD-1, AUD-2).

create function guard.genesis(p_client uuid) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select guard.digest('careplan.chain/1:' || p_client)
$$;

create function guard.lock_head(p_client uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.may_write_record(p_client) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
end $$;

create function guard.append_event(
    p_client uuid, p_kind text, p_object_type text, p_object_id uuid, p_before text, p_after text, p_reason text,
    p_detail jsonb, p_on_behalf_of uuid) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_head guard.head;
    v_practice uuid;
    v_id uuid := uuidv7();
    v_at timestamptz := date_trunc('milliseconds', guard.now());
    v_actor uuid := guard.acting_person();
    v_hat text := coalesce(nullif(current_setting('careplan.hat', true), ''), 'none');
    v_request uuid := nullif(current_setting('careplan.request', true), '')::uuid;
    v_salt text;
    v_reason_digest text;
    v_hashed text;
    v_hash text;
begin
    select * into v_head from guard.head h where h.client_id = p_client for no key update;
    select r.practice_id into v_practice from guard.record r where r.client_id = p_client;
    if coalesce(p_reason, '') <> '' then
        v_salt := replace(gen_random_uuid()::text, '-', '');
        v_reason_digest := guard.digest(v_salt || p_reason);
    end if;
    v_hashed := json_strip_nulls(json_build_object(
        'actor', v_actor, 'after', p_after, 'at', guard.stamp(v_at), 'before', p_before, 'client', p_client,
        'detail', p_detail::json, 'hat', v_hat, 'id', v_id, 'kind', p_kind, 'number', v_head.events + 1,
        'object_id', p_object_id, 'object_type', p_object_type, 'on_behalf_of', p_on_behalf_of,
        'practice', v_practice, 'reason_digest', v_reason_digest, 'request', v_request,
        'schema', 'careplan.event/1'))::text;
    v_hash := guard.digest(v_head.last_hash || v_hashed);
    insert into guard.event(client_id, practice_id, number, id, at, kind, actor_id, hat, on_behalf_of, object_type,
        object_id, before, after, reason, reason_salt, reason_digest, request_id, detail, hashed, previous_hash, hash)
    values (p_client, v_practice, v_head.events + 1, v_id, v_at, p_kind, v_actor, v_hat, p_on_behalf_of, p_object_type,
        p_object_id, p_before, p_after, nullif(p_reason, ''), v_salt, v_reason_digest, v_request, p_detail,
        v_hashed, v_head.last_hash, v_hash);
    update guard.head set events = events + 1, last_hash = v_hash, last_xact = pg_current_xact_id()
     where client_id = p_client;
    return v_head.events + 1;
end $$;

-- The door for the application: only under an opening of this request that may write what the event tells about. A kind
-- outside the catalogue passes here and is refused by its foreign key.
create function guard.record_event(
    p_client uuid, p_kind text, p_object_type text, p_object_id uuid, p_before text, p_after text, p_reason text,
    p_detail jsonb, p_on_behalf_of uuid) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.may_write_record(p_client) or exists (
        select from guard.event_kind k
         where k.kind = p_kind and not p_client = any (guard.opened(k.data_class, true))) then
        raise insufficient_privilege using message = 'no record';
    end if;
    return guard.append_event(p_client, p_kind, p_object_type, p_object_id, p_before, p_after, p_reason, p_detail,
                              p_on_behalf_of);
end $$;

-- Deferred on every record table: a change and its event are in one transaction, or neither is.
create function guard.must_have_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from guard.head h where h.client_id = new.client_id and h.last_xact = pg_current_xact_id()) then
        raise exception 'a change to % needs its event', tg_table_name using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
