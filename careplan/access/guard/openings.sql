-- Opening a record, and what an opening shows (ACC-2, ACC-2b, ACC-3, ACC-4, ACC-5).

create function guard.now() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select clock_timestamp() + m.clock_offset from guard.mode m
$$;

create function guard.acting_person() returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select nullif(current_setting('careplan.person', true), '')::uuid
$$;

create function guard.stamp(p_at timestamptz) returns text   -- UTC, fixed milliseconds (PLAN-5f)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

create function guard.digest(p_text text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select encode(sha256(convert_to(p_text, 'UTF8')), 'hex')
$$;

-- Whether this request is one under a code that was read out on a call, by its hat or by its opening: it reaches that
-- client only, and nothing that a member of staff may do by their job.
create function guard.on_call() returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(current_setting('careplan.hat', true), '') = 'on_call'
        or exists (select from guard.opening o
                    where o.ticket = nullif(current_setting('careplan.ticket', true), '')::uuid and o.role = 'on_call')
$$;

create function guard.works_in(p_person uuid, p_practice uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from guard.staff_role s where s.person_id = p_person and s.practice_id = p_practice
                    and s.since <= guard.now() and (s.until is null or s.until > guard.now()))
$$;

-- The practice somebody is at work in now; null in their own pages, on a call, for software, and for nobody.
create function guard.practice_at_work() returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select w.practice
      from (select nullif(current_setting('careplan.practice', true), '')::uuid as practice) w
     where current_setting('careplan.hat', true) = 'staff' and not guard.on_call()
       and guard.works_in(guard.acting_person(), w.practice)
$$;

-- One recipient, however it is spelled: consents, software, charges and what was sent are told apart by this and nothing else.
create function guard.recipient_key(p_name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select lower(btrim(regexp_replace(coalesce(p_name, ''), '\s+', ' ', 'g')))
$$;

-- The consent under which a recipient may have what billing needs now, or null (CONS-3). The one place that asks.
create function guard.billing_consent(p_client uuid, p_recipient text) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return (select p.consent_id from guard.permits(p_client, 'billing', p_recipient, 'billing') p where p.decision = 'PERMIT');
end $$;

-- The roles a person holds towards a record now, each with the purpose it serves. A care role counts only while its
-- holder works in that practice, and, where a practice is named, only in that one (ACC-4: practices are separate).
create function guard.roles_towards(p_person uuid, p_client uuid, p_practice uuid default null)
returns table (role text, purpose text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.role, case c.role when 'cover' then 'cover' when 'supervisor' then 'supervision' else 'care' end
      from guard.care_relationship c
     where c.client_id = p_client and c.person_id = p_person
       and c.since <= guard.now() and (c.until is null or c.until > guard.now())
       and guard.works_in(p_person, c.practice_id)
       and (p_practice is null or c.practice_id = p_practice)
    union all
    select 'client', p.purpose   -- reading their own pages, or taking everything along (10 minutes, a line of its own)
      from guard.member m cross join (values ('portal'), ('export')) p (purpose)
     where m.client_id = p_client and m.person_id = p_person
       and m.since <= guard.now() and (m.until is null or m.until > guard.now())
    union all   -- on the strength of whoever read the code out, as long as they care for the client
    select 'on_call', 'call'
      from guard.call_code k
     where k.client_id = p_client and k.made_by = p_person
       and k.opened_at is not null and k.ended_at is null and k.good_until > guard.now()
       and (p_practice is null or k.practice_id = p_practice)
       and guard.works_in(p_person, k.practice_id)
       and exists (select from guard.care_relationship c
                    where c.client_id = p_client and c.person_id = p_person and c.practice_id = k.practice_id
                      and c.role in ('lead', 'co_therapist', 'cover', 'trainee')
                      and c.since <= guard.now() and (c.until is null or c.until > guard.now()))
    union all
    select 'biller', 'billing'   -- no role by itself: somebody has begun this record's billing
      from guard.staff_role s
      join guard.record r on r.practice_id = s.practice_id
      join guard.billed b on b.client_id = r.client_id
     where s.person_id = p_person and r.client_id = p_client and s.role = 'biller'
       and s.since <= guard.now() and (s.until is null or s.until > guard.now())
       and (p_practice is null or s.practice_id = p_practice)
    union all
    select case when guard.billing_consent(p_client, a.recipient) is not null then 'api' else 'api_results' end, 'billing'
      from guard.api_client a
      join guard.record r on r.practice_id = a.practice_id
     where a.id = p_person and r.client_id = p_client
       and a.since <= guard.now() and a.until > guard.now()
       and (p_practice is null or a.practice_id = p_practice)
       and (guard.billing_consent(p_client, a.recipient) is not null
            or exists (select from guard.sent t where t.client_id = p_client
                          and guard.recipient_key(t.recipient) = guard.recipient_key(a.recipient)))
$$;

create function guard.write_opening(
    p_ticket uuid, p_person uuid, p_client uuid, p_role text, p_purpose text, p_via text, p_request uuid,
    p_reads text[], p_writes text[], p_makes bool, p_consent uuid default null) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_at timestamptz := date_trunc('milliseconds', guard.now());
    v_granted bool := cardinality(p_reads) + cardinality(p_writes) > 0;
    v_hashed text;
begin
    v_hashed := json_strip_nulls(json_build_object(
        'at', guard.stamp(v_at), 'client', p_client, 'consent', p_consent, 'granted', v_granted, 'person', p_person, 'purpose', p_purpose,
        'reads', p_reads, 'request', p_request, 'role', p_role, 'schema', 'careplan.opening/1', 'via', p_via,
        'writes', p_writes))::text;
    insert into guard.opening(opened_at, good_until, ticket, person_id, client_id, role, purpose, via, request_id,
                              granted, makes, reads, writes, consent_id, hashed, digest)
    values (v_at, v_at + case when p_purpose = 'export' then interval '10 minutes' else interval '60 seconds' end,
            p_ticket, p_person, p_client, p_role, p_purpose, p_via, p_request,
            v_granted, p_makes, p_reads, p_writes, p_consent, v_hashed, guard.digest(v_hashed));
end $$;

create function guard.consent_of_software(p_software uuid, p_client uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.billing_consent(p_client, a.recipient) from guard.api_client a where a.id = p_software
$$;

-- Writes one row per client, a refusal too, and returns the granted ids. Unknown and not yours take the same path.
create function guard.open_records(
    p_ticket uuid, p_person uuid, p_practice uuid, p_clients uuid[], p_purpose text, p_classes text[], p_via text,
    p_request uuid) returns uuid[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_client uuid;
    v record;
    v_granted uuid[] := '{}';
begin
    if p_ticket is null or p_person is null or p_purpose is null or coalesce(p_via, '') = ''
       or coalesce(cardinality(p_classes), 0) = 0 or coalesce(cardinality(p_clients), 0) not between 1 and 200
       or array_position(p_clients, null) is not null then
        raise insufficient_privilege using message = 'no record';
    end if;
    -- Never more than once for one ticket and another person: a ticket belongs to whoever used it first. And what is
    -- opened on a call opens nothing beside it (PLAN-16).
    if exists (select from guard.opening o where o.ticket = p_ticket
                and (o.person_id <> p_person or (o.role = 'on_call') <> (p_purpose = 'call') and o.granted)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    foreach v_client in array p_clients loop
        select (array_agg(r.role order by r.place))[1] as role, (array_agg(r.purpose order by r.place))[1] as purpose,
               coalesce(array_agg(distinct x.data_class order by x.data_class) filter (where x.may_read), '{}') as reads,
               coalesce(array_agg(distinct x.data_class order by x.data_class) filter (where x.may_write), '{}') as writes
          into v
          from (select t.*, array_position(array['lead', 'co_therapist', 'trainee', 'cover', 'supervisor'], t.role) as place
                  from guard.roles_towards(p_person, v_client, p_practice) t) r   -- of several places, the nearest says why
          join guard.reach x on x.role = r.role and x.purpose = r.purpose
         where x.data_class = any (p_classes)
           and (p_practice is not null or r.role = 'client')
           and (r.purpose = p_purpose or (p_purpose = 'care' and (r.purpose in ('cover', 'supervision') or r.role = 'biller')));
        perform guard.write_opening(p_ticket, p_person, v_client, coalesce(v.role, 'none'),
            coalesce(v.purpose, p_purpose), p_via, p_request, coalesce(v.reads, '{}'), coalesce(v.writes, '{}'), false,
            case when v.role = 'api' then guard.consent_of_software(p_person, v_client) end);
        if cardinality(v.reads) + cardinality(v.writes) > 0 then
            v_granted := v_granted || v_client;
        end if;
    end loop;
    return v_granted;
end $$;

-- The clients this request has opened for a class: what every policy of the record tier asks.
create function guard.opened(p_class text, p_write bool default false) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(o.client_id), '{}')
      from guard.opening o
     where o.ticket = nullif(current_setting('careplan.ticket', true), '')::uuid
       and o.person_id = nullif(current_setting('careplan.person', true), '')::uuid
       and o.good_until > guard.now() and o.opened_at <= guard.now()
       and (o.makes or o.xact is distinct from pg_current_xact_id_if_assigned()
            or (select m.same_transaction_ok from guard.mode m))
       and p_class = any (case when p_write then o.writes else o.reads end)
$$;

-- The clients whose record this request has opened as the client's own side, in the portal: they see less of some rows.
create function guard.portal_clients() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(distinct o.client_id), '{}')
      from guard.opening o
     where o.ticket = nullif(current_setting('careplan.ticket', true), '')::uuid
       and o.person_id = nullif(current_setting('careplan.person', true), '')::uuid
       and (o.purpose in ('portal', 'proxy', 'call') or o.role = 'client') and o.granted
$$;

create function guard.may_write_record(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from guard.opening o
         where o.ticket = nullif(current_setting('careplan.ticket', true), '')::uuid
           and o.person_id = nullif(current_setting('careplan.person', true), '')::uuid
           and o.client_id = p_client and cardinality(o.writes) > 0
           and o.good_until > guard.now()
           and (o.makes or o.xact is distinct from pg_current_xact_id_if_assigned()
                or (select m.same_transaction_ok from guard.mode m)))
$$;

-- The directory: clients listed by relationship (or being the client), and practices listed by role.
create function guard.related_clients() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(distinct t.client_id), '{}') from (
        select c.client_id from guard.care_relationship c
         where c.person_id = guard.acting_person()
           and c.since <= guard.now() and (c.until is null or c.until > guard.now())
           and guard.works_in(c.person_id, c.practice_id)
           and c.practice_id = nullif(current_setting('careplan.practice', true), '')::uuid
        union all
        select m.client_id from guard.member m
         where m.person_id = guard.acting_person() and m.since <= guard.now() and (m.until is null or m.until > guard.now())
    ) t
     where not guard.on_call() or t.client_id = any (guard.opened('plan'))
$$;

create function guard.practices_as(p_roles text[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(distinct s.practice_id), '{}') from guard.staff_role s
     where s.person_id = guard.acting_person() and s.role = any (p_roles)
       and s.practice_id = nullif(current_setting('careplan.practice', true), '')::uuid
       and s.since <= guard.now() and (s.until is null or s.until > guard.now())
       and not guard.on_call()
$$;

create function guard.directory_practices() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.practices_as(array['front_desk', 'manager', 'practice_lead'])
$$;

-- Counts and dates of plans and consents: not for a front desk (ACC-12).
create function guard.operations_practices() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.practices_as(array['manager', 'practice_lead'])
$$;

-- A list of clients leaves one glance a week for each client and role that saw it.
create function guard.glance(p_clients uuid[], p_via text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    insert into guard.glance(client_id, practice_id, role, week, person_id, via, at)
    select r.client_id, r.practice_id, w.role, date_trunc('week', guard.now() at time zone 'UTC')::date,
           guard.acting_person(), p_via, guard.now()
      from guard.record r
      cross join lateral (
          select t.role from guard.roles_towards(guard.acting_person(), r.client_id) t where t.role <> 'on_call'
          union
          select s.role from guard.staff_role s
           where s.person_id = guard.acting_person() and s.practice_id = r.practice_id
             and s.role in ('front_desk', 'manager', 'practice_lead', 'biller')
             and s.since <= guard.now() and (s.until is null or s.until > guard.now())) w
     where r.client_id = any (p_clients)
    on conflict do nothing
$$;

create function guard.frozen() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'append only: %', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- The access ledger of one client, folded for reading (AUD-3): glances one line a week for each role, openings one line a
-- day for each person, place and purpose; what was sent out, emergencies and refusals always lines of their own. A line's key stays the same.
create function guard.access_folded(p_client uuid, p_zone text, p_show text, p_hidden text[], p_limit int, p_offset int)
returns table (key text, what text, person_id uuid, role text, purpose text, times bigint, at timestamptz, reads text[], total bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with seen as (
        select o.*, (o.opened_at at time zone p_zone)::date as day,
               o.purpose in ('export', 'emergency', 'billing') or not o.granted as alone
          from guard.opening o
         where o.client_id = p_client and p_client = any (guard.opened('ledger'))
           and ((o.purpose <> 'portal' and o.role <> 'client') or o.person_id = guard.acting_person())),
    line as (
        select 'g:' || g.role || ':' || g.week as key, 'glance' as what, null::uuid as person_id, g.role, 'operations' as purpose,
               1::bigint as times, g.at, '{}'::text[] as reads
          from guard.glance g
         where g.client_id = p_client and p_client = any (guard.opened('ledger')) and g.role <> 'client'
        union all
        select 'd:' || s.day || ':' || s.person_id || ':' || s.role || ':' || s.purpose, 'opened', s.person_id, s.role, s.purpose,
               count(distinct s.id), max(s.opened_at), array_agg(distinct c)
          from seen s left join lateral unnest(s.reads) c on true
         where not s.alone
         group by s.day, s.person_id, s.role, s.purpose
        union all
        select 'o:' || s.id, case when s.granted then 'alone' else 'refused' end, s.person_id, s.role, s.purpose, 1, s.opened_at, s.reads
          from seen s where s.alone)
    select l.*, count(*) over ()
      from line l
     where not l.key = any (p_hidden)
       and case p_show when 'out' then l.what in ('alone', 'refused') when 'others' then l.purpose <> 'portal' else true end
     order by l.at desc, l.key
     limit p_limit offset p_offset
$$;

-- On how many days each person opened the record since a moment, for the sentence above the list: without the lines, by
-- their keys, that the list leaves out or holds back, so that the sentence tells nothing of them.
create function guard.access_days(p_client uuid, p_zone text, p_since timestamptz, p_hidden text[])
returns table (person_id uuid, role text, days bigint, refused bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select o.person_id, min(o.role), count(distinct (o.opened_at at time zone p_zone)::date) filter (where o.granted),
           count(*) filter (where not o.granted)
      from guard.opening o
     where o.client_id = p_client and p_client = any (guard.opened('ledger')) and o.opened_at >= p_since
       and o.purpose <> 'portal' and o.role <> 'client'
       and not case when o.purpose in ('export', 'emergency', 'billing') or not o.granted then 'o:' || o.id
                    else 'd:' || (o.opened_at at time zone p_zone)::date || ':' || o.person_id || ':' || o.role || ':' || o.purpose
               end = any (p_hidden)
     group by o.person_id
$$;

-- What the access ledger says about one client, newest first: for the record's own pages, themselves opened. A client's
-- own visits are in it for that client alone: when somebody reads their own pages is nobody else's to know (MSG-2, MSG-5).
create function guard.access_rows(p_client uuid, p_limit int default 200)
returns table (opened_at timestamptz, person_id uuid, role text, purpose text, via text, granted bool, reads text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select o.opened_at, o.person_id, o.role, o.purpose, o.via, o.granted, o.reads
      from guard.opening o
     where o.client_id = p_client and p_client = any (guard.opened('ledger'))
       and ((o.purpose <> 'portal' and o.role <> 'client') or o.person_id = guard.acting_person())
     order by o.opened_at desc, o.id desc limit least(p_limit, 1000)
$$;
