-- Since when this session lasts (PLAN-20): the last one that began, until the next begins. Somebody whose sessions are no longer
-- written into the calendar would wait for one for ever: after a month without, it is by the day again.

create or replace function guard.session_began(p_client uuid, p_at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select max(s.starts_at) from app.messaging_session s
     where s.client_id = p_client and p_client = any (guard.opened('plan')) and s.state in ('booked', 'kept')
       and s.starts_at <= p_at and s.starts_at > p_at - interval '31 days'
$$;
