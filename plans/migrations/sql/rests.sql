-- Pausing and stopping: by the client's own hand, until the first moment of a day on their clock (PLAN-14).

create function guard.plans_pause_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_zone text := (select c.time_zone from app.clients_client c where c.client_id = new.client_id);
begin
    if tg_op = 'UPDATE' then
        if old.ended_at is not null or new.ended_by_id is distinct from guard.acting_person() then
            raise exception 'plans_pause_is_ended_once_in_ones_own_name' using errcode = 'insufficient_privilege';
        end if;
        return new;
    end if;
    if not guard.plans_is_client_side(new.client_id, new.began_by_id) then
        raise exception 'plans_pause_is_the_clients_to_begin' using errcode = 'insufficient_privilege';
    end if;
    if new.ended_at is not null or not guard.plans_is_now(new.began_at)
       or new.goes_on is distinct from (new.until::timestamp at time zone v_zone) or new.goes_on <= new.began_at then
        raise exception 'plans_pause_lasts_until_a_day_to_come' using errcode = 'check_violation';
    end if;
    return new;
end $$;

-- The line that lists and sweepers read, kept here so that it can't lag behind.
create function guard.plans_keep_pausing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into app.pausing(client_id, practice_id, plan_since, plan_goes_on, all_since, all_goes_on, stopped_since)
    select new.client_id, new.practice_id,
           min(p.began_at) filter (where p.scope = 'plan'), min(p.goes_on) filter (where p.scope = 'plan'),
           min(p.began_at) filter (where p.scope = 'everything'), min(p.goes_on) filter (where p.scope = 'everything'),
           min(p.began_at) filter (where p.scope = 'therapy')
      from app.plans_pause p
     where p.client_id = new.client_id and p.ended_at is null
    on conflict (client_id) do update
       set plan_since = excluded.plan_since, plan_goes_on = excluded.plan_goes_on, all_since = excluded.all_since,
           all_goes_on = excluded.all_goes_on, stopped_since = excluded.stopped_since;
    return null;
end $$;

-- Whether nothing may be sent to a client now. For definer functions of whatever sends; the running role reads `pausing`.
create function guard.is_resting(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from app.pausing p where p.client_id = p_client
                    and (p.stopped_since is not null
                         or (p.all_since is not null and (p.all_goes_on is null or p.all_goes_on > guard.now()))))
$$;

-- The gate of everything that leaves asks this about whoever it writes to, at the moment of sending.
create function guard.rest_says(p_person uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case when bool_or(guard.is_resting(r.client_id)) then 'resting' else '' end from guard.records_of(p_person) r
$$;

create trigger moves before insert or update on plans_pause for each row execute function guard.plans_pause_moves();
create trigger own_name before insert on plans_pause
    for each row execute function guard.plans_made_by_acting_person('began_by_id');
create trigger keeps before update on plans_pause
    for each row execute function guard.plans_only_these_move('ended_at', 'ended_by_id');
create trigger keeps_pausing after insert or update on plans_pause
    for each row execute function guard.plans_keep_pausing();

create function guard.pausing_follows_the_pauses() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'pausing_follows_the_pauses' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger follows before insert or update on pausing
    for each row execute function guard.pausing_follows_the_pauses();
