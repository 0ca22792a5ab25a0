-- Whose times somebody sees: staff's by staff at work; a client, only when one of theirs is taken. On a call, nobody's (PLAN-16).

create or replace function guard.calendar_practices() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(w.practice), '{}') from guard.practice_at_work() w(practice) where w.practice is not null
$$;

create or replace function guard.calendar_hand(p_client uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case
        when guard.on_call() then null
        when current_setting('careplan.hat', true) = 'client' then (
            select 'client' from guard.member m where m.client_id = p_client and m.person_id = guard.acting_person()
               and m.since <= guard.now() and (m.until is null or m.until > guard.now()) limit 1)
        when exists (select from guard.roles_towards(guard.acting_person(), p_client,
                        coalesce(nullif(current_setting('careplan.practice', true), '')::uuid, '00000000-0000-0000-0000-000000000000'::uuid)) t
                      where t.role in ('lead', 'co_therapist', 'cover', 'trainee')) then 'care'
        when exists (select from guard.record r where r.client_id = p_client
                      and r.practice_id = any (guard.directory_practices())) then 'desk' end
$$;

-- When somebody who cares for this client, or has a time with them, can't: from when until when, and never why or with whom.
create function guard.times_taken(p_client uuid, p_clinician uuid, p_from timestamptz, p_until timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if guard.calendar_hand(p_client) is null or p_until > p_from + interval '60 days'
       or not exists (select from guard.record r cross join lateral guard.roles_towards(p_clinician, p_client, r.practice_id) t
                       where r.client_id = p_client and t.role in ('lead', 'co_therapist', 'cover', 'trainee')
                      union all
                      select from app.messaging_session s where s.client_id = p_client and s.clinician_id = p_clinician) then
        raise insufficient_privilege using message = 'no record';
    end if;
    return query
        select s.starts_at, s.ends_at from app.messaging_slot s join guard.record r on r.practice_id = s.practice_id
         where r.client_id = p_client and s.clinician_id = p_clinician and not s.free
           and s.ends_at > p_from and s.starts_at < p_until;
end $$;

create or replace function guard.slot_hold(p_id uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz, p_for text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_practice uuid := guard.practice_at_work();
begin
    if v_practice is null or not guard.works_in(p_clinician, v_practice)
       or (p_clinician <> guard.acting_person() and not v_practice = any (guard.directory_practices())) or p_for = '' then
        raise insufficient_privilege using message = 'no record';
    end if;
    insert into app.messaging_slot(id, practice_id, clinician_id, starts_at, ends_at, held_for, free)
    values (p_id, v_practice, p_clinician, p_starts, p_ends, p_for, false);
end $$;

create policy messaging_session_not_on_a_call on app.messaging_session as restrictive for select to cp_app
    using (not (select guard.on_call()));
create policy messaging_reminder_not_on_a_call on app.messaging_reminder as restrictive for select to cp_app
    using (not (select guard.on_call()));

revoke execute on all functions in schema guard from public;
grant execute on function guard.times_taken to cp_app;
