-- Since when this session lasts, for the pace (PLAN-20): the sessions are the calendar's, which says so in its own migration.
-- Without a calendar there is none, and the pace is by the day.

create function guard.session_began(p_client uuid, p_at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select null::timestamptz
$$;
revoke execute on function guard.session_began from public;
grant execute on function guard.session_began to cp_app;
