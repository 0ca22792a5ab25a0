-- Who took over a plan is asked to read it (PLAN-5c). Nothing waits for it, and nothing falls without it.

-- The records whose plan the acting person became a therapist of after it was agreed, and has not read since: ids, no content.
-- A place that followed on one of their own is no handover.
create function guard.plans_to_read() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(distinct c.client_id), '{}')
      from guard.care_relationship c
      join app.plans_plan p on p.client_id = c.client_id and p.ended_at is null and p.activated_at < c.since
     where c.person_id = guard.acting_person() and not guard.on_call()
       and c.role in ('lead', 'co_therapist') and c.since <= guard.now() and (c.until is null or c.until > guard.now())
       and not exists (select from guard.care_relationship before
                        where before.client_id = c.client_id and before.person_id = c.person_id
                          and before.role in ('lead', 'co_therapist') and before.since < c.since
                          and (before.until is null or before.until >= c.since))
       and not exists (select from app.plans_plan_read r
                        where r.plan_id = p.id and r.person_id = c.person_id and r.at >= c.since)
$$;

create function guard.plans_plan_read_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if new.person_id is distinct from guard.acting_person() or not new.client_id = any (guard.plans_to_read()) then
        raise exception 'plans_plan_read_is_said_by_who_took_over' using errcode = 'insufficient_privilege';
    end if;
    if not guard.plans_is_now(new.at) then
        raise exception 'plans_plan_read_is_said_now' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger sound before insert on plans_plan_read for each row execute function guard.plans_plan_read_is_sound();
revoke execute on function guard.plans_to_read, guard.plans_plan_read_is_sound from public;
grant execute on function guard.plans_to_read to cp_app;
