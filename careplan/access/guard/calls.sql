-- A code read out on a call (PLAN-16): six digits open one thing of one record, once, for whoever holds the session that
-- typed them. Written by these functions only; the running role has no right on the table.
--
-- The first two digits find the code, so that every wrong try is counted against the code it was meant for. All six are
-- hashed under the installation's secret.

create function guard.call_runs(p_code guard.call_code) returns bool
language sql stable set search_path = pg_catalog, pg_temp as $$
    select p_code.opened_at is not null and p_code.ended_at is null and p_code.good_until > guard.now()
$$;

-- A new code, good for ten minutes, by somebody who cares for the client and has opened the plan to write.
create function guard.make_call_code(p_client uuid, p_object uuid, p_finds text, p_digest text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_by uuid := guard.acting_person();
    v_practice uuid;
    v_id uuid := uuidv7();
begin
    select r.practice_id into v_practice from guard.record r where r.client_id = p_client;
    if not p_client = any (guard.opened('plan', true)) or guard.on_call()
       or not exists (select from guard.roles_towards(v_by, p_client, v_practice) r where r.purpose in ('care', 'cover')) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    perform guard.end_calls_of(p_client, p_object, 'replaced');
    update guard.call_code set ended_at = good_until, ended_as = 'ran_out'
     where ended_at is null and good_until <= guard.now();
    insert into guard.call_code(id, client_id, practice_id, object_id, made_at, made_by, finds, digest, good_until)
    values (v_id, p_client, v_practice, p_object, guard.now(), v_by, p_finds, p_digest,
            guard.now() + interval '10 minutes');
    perform guard.append_event(p_client, 'call.code_made', 'call', v_id, '', '', '',
                               jsonb_build_object('object', p_object), null);
    return v_id;
end $$;

-- One try. Right: this session holds the code from now on, and nobody else can. Wrong: counted, and the fifth ends it.
create function guard.try_call_code(p_finds text, p_digest text, p_holder text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.call_code;
begin
    select * into v from guard.call_code k
     where k.finds = p_finds and k.opened_at is null and k.ended_at is null and k.good_until > guard.now() for update;
    if v.id is null then
        return null;
    end if;
    if v.digest <> p_digest then
        update guard.call_code set tries = tries + 1,
               ended_at = case when tries + 1 >= 5 then guard.now() end,
               ended_as = case when tries + 1 >= 5 then 'tries' end
         where id = v.id;
        return null;
    end if;
    update guard.call_code set opened_at = guard.now(), holder = p_holder, good_until = guard.now() + interval '10 minutes'
     where id = v.id;
    perform guard.append_event(v.client_id, 'call.opened', 'call', v.id, '', '', '',
                               jsonb_build_object('object', v.object_id), null);
    return v.id;
end $$;

-- What the holder of a session may open, and a sign of life: ten more minutes each time, an hour in all.
create function guard.keep_call(p_code uuid, p_holder text)
returns table (client_id uuid, practice_id uuid, object_id uuid, made_by uuid)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update guard.call_code k
       set good_until = least(guard.now() + interval '10 minutes', k.opened_at + interval '1 hour')
     where k.id = p_code and k.holder = p_holder and guard.call_runs(k)
    returning k.client_id, k.practice_id, k.object_id, k.made_by
$$;

create function guard.leave_call(p_code uuid, p_holder text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update guard.call_code k set ended_at = guard.now(), ended_as = 'left'
     where k.id = p_code and k.holder = p_holder and k.ended_at is null
$$;

create function guard.end_calls_of(p_client uuid, p_object uuid, p_as text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update guard.call_code k set ended_at = least(guard.now(), k.good_until), ended_as = p_as
     where k.client_id = p_client and k.object_id = p_object and k.ended_at is null
$$;

-- Taking it back, by anybody who may write the plan.
create function guard.end_calls(p_client uuid, p_object uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not p_client = any (guard.opened('plan', true)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform guard.end_calls_of(p_client, p_object, 'taken_back');
end $$;

create function guard.call_of(p_client uuid, p_object uuid)
returns table (opened_at timestamptz, good_until timestamptz, made_by uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select k.opened_at, k.good_until, k.made_by from guard.call_code k
     where k.client_id = p_client and k.object_id = p_object and p_client = any (guard.opened('plan'))
       and k.ended_at is null and k.good_until > guard.now()
$$;

-- The one thing that this request's call is about, of this client.
create function guard.call_object(p_client uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select k.object_id from guard.call_code k
     where k.client_id = p_client and k.made_by = guard.acting_person() and guard.call_runs(k) and guard.on_call()
     order by k.opened_at desc limit 1
$$;
