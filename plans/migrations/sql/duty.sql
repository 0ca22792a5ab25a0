-- The duty to answer (PLAN-7): derived from moments whenever it is asked, so that nothing has to be kept up.

-- When everybody who could answer for a client is away: the overlap of what each of them said. Back early counts.
create function guard.plans_away(p_client uuid) returns tstzmultirange
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(range_intersect_agg(one.away), '{}')
      from guard.care_relationship c
      cross join lateral (
          select coalesce(range_agg(tstzrange(a.starts, least(a.ends, a.called_off_at))), '{}') as away
            from app.plans_absence a
           where a.person_id = c.person_id and a.practice_id = c.practice_id
             and (a.called_off_at is null or a.called_off_at > a.starts)) one
     where c.client_id = p_client and c.role in ('lead', 'co_therapist')
       and c.since <= guard.now() and (c.until is null or c.until > guard.now())
$$;

-- When an answer to something proposed at p_since is due, how much of the window is left (time away, past or to come,
-- doesn't count), and who covers until when while everybody is away. The window that counted then is kept.
create function guard.plans_duty(p_client uuid, p_since timestamptz)
returns table (due timestamptz, days int, remaining interval, away_until timestamptz, cover uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_practice uuid;
    v_away tstzmultirange;
    v_range tstzrange;
    v_now timestamptz := guard.now();
begin
    select r.practice_id into v_practice from guard.record r
     where r.client_id = p_client
       and (r.client_id = any (guard.related_clients()) or r.practice_id = any (guard.operations_practices()));
    if v_practice is null or p_since is null then
        return;
    end if;
    v_away := guard.plans_away(p_client);
    days := coalesce((select w.days from app.plans_answer_window w where w.practice_id = v_practice
                       and w.said_at <= p_since order by w.said_at desc, w.id desc limit 1), 7);
    due := p_since + make_interval(hours => 24 * days);
    remaining := make_interval(secs => extract(epoch from due - v_now)::float8);
    for v_range in select r from unnest(v_away) r order by lower(r) loop
        exit when lower(v_range) >= due;
        if upper(v_range) > p_since then
            due := due + make_interval(secs => extract(epoch from upper(v_range) - greatest(lower(v_range), p_since))::float8);
            remaining := remaining + make_interval(secs => extract(
                epoch from least(upper(v_range), greatest(v_now, p_since, lower(v_range))) - greatest(lower(v_range), p_since))::float8);
        end if;
        if v_range @> v_now then
            away_until := upper(v_range);
        end if;
    end loop;
    if away_until is not null then
        select a.cover_id into cover
          from app.plans_absence a
          join guard.care_relationship c on c.person_id = a.person_id and c.client_id = p_client and c.until is null
                                        and c.role in ('lead', 'co_therapist')
         where a.practice_id = v_practice and a.called_off_at is null and a.cover_id is not null
           and tstzrange(a.starts, a.ends) @> v_now
         order by c.role desc, a.ends desc limit 1;
    end if;
    return next;
end $$;

-- Away: one's own to say, or the practice's leads' and managers' for somebody who can't. Seen within the practice.
alter table plans_absence enable row level security;
create policy plans_absence_read on plans_absence for select to cp_app
    using (practice_id = nullif(current_setting('careplan.practice', true), '')::uuid);
create policy plans_absence_insert on plans_absence for insert to cp_app
    with check (practice_id = nullif(current_setting('careplan.practice', true), '')::uuid and said_by_id = guard.acting_person()
        and (person_id = guard.acting_person() or practice_id = any (guard.operations_practices())));
create policy plans_absence_update on plans_absence for update to cp_app
    using (practice_id = nullif(current_setting('careplan.practice', true), '')::uuid
        and (person_id = guard.acting_person() or practice_id = any (guard.operations_practices())))
    with check (called_off_by_id = guard.acting_person());
create function guard.plans_absence_is_called_off_once() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.called_off_at is not null or not guard.plans_is_now(coalesce(new.called_off_at, new.said_at))
       or tg_op = 'INSERT' and (new.called_off_at is not null or new.ends <= guard.now()
                                or not guard.works_in(new.person_id, new.practice_id)
                                or not guard.works_in(coalesce(new.cover_id, new.person_id), new.practice_id)) then
        raise exception 'plans_absence_is_said_before_it_ends' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger sound before insert or update on plans_absence
    for each row execute function guard.plans_absence_is_called_off_once();
create trigger keeps before update on plans_absence
    for each row execute function guard.plans_only_these_move('called_off_at', 'called_off_by_id');

alter table plans_answer_window enable row level security;
create policy plans_answer_window_read on plans_answer_window for select to cp_app
    using (practice_id = nullif(current_setting('careplan.practice', true), '')::uuid);
create policy plans_answer_window_insert on plans_answer_window for insert to cp_app
    with check (practice_id = any (guard.operations_practices()) and said_by_id = guard.acting_person()
        and guard.plans_is_now(said_at));

revoke execute on function
    guard.plans_is_client_side, guard.plans_ask_moves, guard.plans_ask_line_is_open, guard.plans_pause_moves,
    guard.plans_keep_pausing, guard.is_resting, guard.rest_says, guard.pausing_follows_the_pauses, guard.plans_away, guard.plans_duty, guard.plans_absence_is_called_off_once
    from public;
grant execute on function guard.plans_duty, guard.rest_says to cp_app;
-- The policies above call it as the running role.
grant execute on function guard.plans_is_now to cp_app;
