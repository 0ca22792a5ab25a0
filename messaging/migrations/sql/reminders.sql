-- Reminders: due once, decided when they leave, by one function; a job opens nothing (REM-1, REM-4, REM-6, ACC-2a, CONS-4).

-- The client's own terms, or what follows from how they are reached when they have said none.
create function guard.reminder_terms(p_client uuid, p_person uuid)
returns table (kinds text[], channel text, quiet_from time, quiet_until time, most int, paused_until timestamptz, stopped bool,
               zone text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(c.kinds, '{session,something_new}'),
           coalesce(c.channel, case when k.text_ok then 'text' when k.email_ok then 'email' else 'none' end),
           case when c.id is null then k.quiet_from else c.quiet_from end,
           case when c.id is null then k.quiet_until else c.quiet_until end,
           case when c.id is null then k.most_a_week::int else c.most_a_week::int end,
           c.paused_until, coalesce(c.stopped, false), n.time_zone
      from app.clients_client n
      left join app.clients_contact k on k.client_id = n.client_id
      left join app.messaging_contract c on c.client_id = n.client_id and c.person_id = p_person
     where n.client_id = p_client
$$;

-- The same time of day so many days before, by a clock; both edges of daylight saving come right.
create function guard.days_before(p_at timestamptz, p_days int, p_zone text) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ((p_at at time zone p_zone) - make_interval(days => p_days)) at time zone p_zone
$$;
create function guard.morning_before(p_on date, p_days int, p_zone text) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ((p_on - p_days) + time '10:00') at time zone p_zone
$$;

-- When a quiet time that runs now ends; null when it is not quiet.
create function guard.quiet_ends(p_from time, p_until time, p_zone text, p_now timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when p_from is null or p_until is null or p_from = p_until then null
                when not case when p_from < p_until then l.t >= p_from and l.t < p_until else l.t >= p_from or l.t < p_until end
                    then null
                else (l.d + case when l.t < p_until then 0 else 1 end + p_until) at time zone p_zone end
      from (select (p_now at time zone p_zone)::time as t, (p_now at time zone p_zone)::date as d) l
$$;

-- When a reminder would be due for what it is about, as that stands now; null when there is nothing to be reminded of.
create function guard.reminder_due(p_client uuid, p_kind text, p_subject uuid, p_zone text) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case p_kind
        when 'session' then (select guard.days_before(s.starts_at, 1, p_zone) from app.messaging_session s
                              where s.client_id = p_client and s.id = p_subject and s.state = 'booked' and s.starts_at > guard.now())
        when 'review' then (select guard.morning_before(h.look_again_on, 14, p_zone) from app.plan_head h
                             where h.client_id = p_client and h.plan_id = p_subject and h.look_again_on > guard.now()::date)
        when 'consent_end' then (select guard.morning_before((c.until at time zone p_zone)::date, 30, p_zone)
                                   from app.clients_consent c
                                  where c.client_id = p_client and c.id = p_subject and c.state = 'given' and c.until > guard.now())
        end
$$;

-- May this reminder go now? `why` says why not, `later` when else; without either, this is the way and the address.
create function guard.reminder_says(p_reminder app.messaging_reminder)
returns table (why text, later timestamptz, channel text, address text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v record;
    k app.clients_contact;
    v_had int;
begin
    later := null; channel := ''; address := '';
    select * into v from guard.reminder_terms(p_reminder.client_id, p_reminder.person_id);
    select * into k from app.clients_contact c where c.client_id = p_reminder.client_id;
    why := case
        when v.stopped then 'stopped'
        when guard.is_resting(p_reminder.client_id) then 'resting'
        when not p_reminder.kind = any (v.kinds) then 'not_wanted'
        when v.channel = 'none' then 'only_here'
        when v.paused_until > guard.now() then 'paused'
        when guard.reminder_due(p_reminder.client_id, p_reminder.kind, p_reminder.subject_id, v.zone)
             is distinct from p_reminder.due_at then 'over'
        when (guard.permits(p_reminder.client_id, 'treatment')).decision <> 'PERMIT' then 'no_treatment'
        when (guard.permits(p_reminder.client_id, case v.channel when 'text' then 'texts' else 'email' end)).decision <> 'PERMIT'
             then 'no_channel'
        when k.do_not_contact is not false then 'do_not_contact'
        when not case v.channel when 'text' then k.text_ok and k.phone <> '' else k.email_ok and k.email <> '' end
             then 'no_address'
        else '' end;
    if why <> '' then
        return next;
        return;
    end if;
    select count(*) into v_had from (
        select 1 from app.messaging_reminder m
         where m.person_id = p_reminder.person_id and m.state = 'out' and m.id <> p_reminder.id
           and m.changed_at > guard.now() - interval '7 days'
        union all
        select 1 from app.careplan_outgoing o
         where o.key like 'something_new:' || p_reminder.person_id || ':%' and o.state in ('due', 'sent')
           and o.made_at > guard.now() - interval '7 days') t;
    if v_had >= v.most then
        why := 'enough';
    else
        later := guard.quiet_ends(v.quiet_from, v.quiet_until, v.zone, guard.now());
        channel := v.channel;
        address := case v.channel when 'text' then k.phone else k.email end;
    end if;
    return next;
end $$;

-- Only a job that nobody stands behind works the queue: no request of a person does.
create function guard.reminder_job() returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if guard.acting_person() is not null then
        raise insufficient_privilege using message = 'a job does this';
    end if;
end $$;

-- One line a day in the client's access ledger: a job looked whether a reminder may go (AUD-3).
create function guard.reminder_seen(p_client uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from guard.opening o where o.client_id = p_client and o.via = 'job:reminders'
                    and o.opened_at >= date_trunc('day', guard.now())) then
        perform guard.write_opening(gen_random_uuid(), '00000000-0000-0000-0000-000000000000'::uuid, p_client, 'system',
            'operations', 'job:reminders', null, array['contact'], '{}', false);
    end if;
end $$;

-- Makes the rows of what falls due in the next two days; a second time makes none.
create function guard.reminders_plan() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_made int;
begin
    perform guard.reminder_job();
    with wanted as (
        select s.client_id, 'session' as kind, s.id as subject_id, s.made_at as since from app.messaging_session s
         where s.state = 'booked' and s.starts_at > guard.now() and s.starts_at < guard.now() + interval '3 days'
        union all
        select h.client_id, 'review', h.plan_id, '-infinity' from app.plan_head h
         where h.look_again_on between (guard.now() + interval '12 days')::date and (guard.now() + interval '17 days')::date
        union all
        select c.client_id, 'consent_end', c.id, '-infinity' from app.clients_consent c
         where c.state = 'given' and c.until between guard.now() + interval '28 days' and guard.now() + interval '33 days'),
    due as (
        select w.*, r.practice_id, m.person_id, guard.reminder_due(w.client_id, w.kind, w.subject_id, t.zone) as due_at
          from wanted w
          join guard.record r on r.client_id = w.client_id
          join lateral (select x.person_id from guard.member x where x.client_id = w.client_id and x.until is null
                         order by x.since, x.id limit 1) m on true
          join lateral guard.reminder_terms(w.client_id, m.person_id) t on true
         where w.kind = any (t.kinds) and not t.stopped and t.channel <> 'none')
    insert into app.messaging_reminder(id, client_id, practice_id, person_id, kind, subject_id, due_at, not_before, state, why,
                                       channel, tries, changed_at)
    select uuidv7(), d.client_id, d.practice_id, d.person_id, d.kind, d.subject_id, d.due_at, d.due_at, 'due', '', '', 0, guard.now()
      from due d
     where d.due_at is not null and d.since <= d.due_at
       and d.due_at between guard.now() - interval '1 day' and guard.now() + interval '2 days'
    on conflict do nothing;
    get diagnostics v_made = row_count;
    return v_made;
end $$;

-- Takes up to so many that are due and in nobody's hands: heads first, as everywhere; each is put out, put off or dropped.
create function guard.reminders_take(p_limit int)
returns table (id uuid, practice_id uuid, person_id uuid, kind text, tries int, channel text, address text,
               starts_at timestamptz, zone text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    r app.messaging_reminder;
    v record;
begin
    perform guard.reminder_job();
    for r in
        with soonest as materialized (
            select m.id, m.client_id from app.messaging_reminder m
             where m.state = 'due' and m.not_before <= guard.now() order by m.not_before limit p_limit * 8),
        heads as materialized (
            select h.client_id from guard.head h where h.client_id in (select s.client_id from soonest s)
             order by h.client_id limit p_limit for no key update skip locked)
        select m.* from app.messaging_reminder m
         where m.id in (select s.id from soonest s join heads h on h.client_id = s.client_id) and m.state = 'due'
         order by m.client_id, m.id for update skip locked
    loop
        perform guard.reminder_seen(r.client_id);
        select * into v from guard.reminder_says(r);
        if v.why <> '' then
            update app.messaging_reminder m set state = 'dropped', why = v.why, changed_at = guard.now() where m.id = r.id;
        elsif v.later is not null then
            update app.messaging_reminder m set not_before = v.later, changed_at = guard.now() where m.id = r.id;
        else
            update app.messaging_reminder m set state = 'out', channel = v.channel, tries = r.tries + 1, changed_at = guard.now()
             where m.id = r.id;
            perform guard.append_event(r.client_id, 'reminder.put_out', 'reminder', r.id, 'due', r.kind, '', '{}', null);
            id := r.id; practice_id := r.practice_id; person_id := r.person_id; kind := r.kind; tries := r.tries + 1;
            channel := v.channel; address := v.address;
            select t.zone into zone from guard.reminder_terms(r.client_id, r.person_id) t;
            select s.starts_at into starts_at from app.messaging_session s where s.id = r.subject_id and r.kind = 'session';
            return next;
        end if;
    end loop;
end $$;

-- The last question, when it is about to leave: '' or why not. In a quiet time it goes back and waits.
create function guard.reminder_may_leave(p_id uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    r app.messaging_reminder;
    v record;
begin
    perform guard.reminder_job();
    select * into r from app.messaging_reminder m where m.id = p_id;
    if r.id is null or r.state <> 'out' then
        return 'over';
    end if;
    select * into v from guard.reminder_says(r);
    if v.why <> '' then
        update app.messaging_reminder set state = 'dropped', why = v.why, changed_at = guard.now() where id = p_id;
        return v.why;
    elsif v.later is not null then
        update app.messaging_reminder set state = 'due', not_before = v.later, changed_at = guard.now() where id = p_id;
        return 'quiet_now';
    end if;
    return '';
end $$;

-- A notice that there is something new keeps to the same terms, and none goes to pages that show nothing (SAFE-7);
-- its own rules look at the rest.
create function guard.notice_may_leave(p_person uuid, p_channel text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v record;
begin
    perform guard.reminder_job();
    if exists (select from guard.member m
                cross join lateral (select q.shows from app.clients_quiet q where q.client_id = m.client_id
                                     order by q.set_at desc, q.id desc limit 1) latest
                where m.person_id = p_person and m.until is null and latest.shows = 'nothing') then
        return 'shows_nothing';
    end if;
    -- A no to texts or to e-mail stops a notice as it stops a reminder (CONS-4): whatever the contact rules still say.
    if exists (select from guard.member m
                cross join lateral guard.permits(m.client_id, case p_channel when 'text' then 'texts' else 'email' end) said
                where m.person_id = p_person and m.until is null
                  and (said.decision = 'DENY' or said.reason in ('declined', 'withdrawn', 'ended'))) then
        return 'consent_ended';
    end if;
    select t.* into v from guard.member m cross join lateral guard.reminder_terms(m.client_id, p_person) t
     where m.person_id = p_person and m.until is null
       and exists (select from app.messaging_contract c where c.client_id = m.client_id and c.person_id = p_person)
     order by m.since limit 1;
    return case when not found then '' when v.stopped then 'stopped' when not 'something_new' = any (v.kinds) then 'not_wanted'
                when v.channel = 'none' then 'only_here' when v.paused_until > guard.now() then 'paused' else '' end;
end $$;

-- What waits for a client is looked at again in the transaction that changes what it stands on: what may not go is taken back.
create function guard.reminders_again(p_client uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    r app.messaging_reminder;
    v record;
    v_back int;
begin
    for r in select * from app.messaging_reminder m where m.client_id = p_client and m.state in ('due', 'out') order by m.id loop
        select * into v from guard.reminder_says(r);
        continue when v.why in ('', 'enough');
        if r.state = 'out' then
            update app.careplan_outgoing set state = 'cancelled', why = v.why, carries = null, settled_at = now(), claimed_until = null
             where key = 'reminder:' || r.id || ':' || r.tries and state = 'due';
            get diagnostics v_back = row_count;
            continue when v_back = 0;
        end if;
        update app.messaging_reminder set state = 'dropped', why = v.why, changed_at = guard.now() where id = r.id;
    end loop;
end $$;
create function guard.messaging_reminders_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform guard.reminders_again(new.client_id);
    return null;
end $$;
create trigger reminders_follow after update on app.clients_consent
    for each row when (old.state = 'given' and new.state <> 'given') execute function guard.messaging_reminders_follow();
create trigger reminders_given_up after insert on app.clients_consent
    for each row when (new.effect = 'deny') execute function guard.messaging_reminders_follow();
create trigger reminders_follow after update on app.messaging_session
    for each row execute function guard.messaging_reminders_follow();
create trigger reminders_follow after insert or update on app.messaging_contract
    for each row execute function guard.messaging_reminders_follow();
create trigger reminders_follow after update on app.clients_contact
    for each row execute function guard.messaging_reminders_follow();
-- A client who pauses everything or stops is not reminded of anything (PLAN-14).
create trigger reminders_follow after insert or update on app.pausing
    for each row execute function guard.messaging_reminders_follow();

-- The client's own hand alone; and STOP, which nobody has to sign in for, and which only ever stops.
create function guard.messaging_contract_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.plans_is_now(new.at) or not (case
        when guard.acting_person() is null then new.stopped
        else new.person_id = guard.acting_person() and guard.messaging_is_client_side(new.client_id) end) then
        raise exception 'messaging_contract_is_the_clients' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger is_sound before insert or update on app.messaging_contract
    for each row execute function guard.messaging_contract_is_sound();

create function guard.reminders_stop(p_person uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v record;
    v_stopped int := 0;
begin
    for v in select m.client_id, r.practice_id from guard.member m join guard.record r on r.client_id = m.client_id
              where m.person_id = p_person and m.until is null order by m.client_id loop
        perform from guard.head h where h.client_id = v.client_id for no key update;
        insert into app.messaging_contract(id, client_id, practice_id, person_id, kinds, channel, most_a_week, stopped, at)
        values (uuidv7(), v.client_id, v.practice_id, p_person, '{session}', 'none', 3, true, guard.now())
        on conflict on constraint messaging_contract_one_a_person do update set stopped = true, at = guard.now()
         where not messaging_contract.stopped;
        if found then
            perform guard.append_event(v.client_id, 'reminders.stopped', 'contract', null, '', 'stopped', '', '{}', null);
            v_stopped := v_stopped + 1;
        end if;
    end loop;
    return v_stopped;
end $$;

-- For the command: how the queue stands, in counts.
create function guard.reminders_state() returns table (waiting bigint, overdue bigint, next_at timestamptz, out_week bigint, dropped_week bigint, failed_week bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where m.state = 'due'),
           count(*) filter (where m.state = 'due' and m.not_before < guard.now() - interval '5 minutes'),
           min(m.not_before) filter (where m.state = 'due'),
           count(*) filter (where m.state = 'out' and m.changed_at > guard.now() - interval '7 days'),
           count(*) filter (where m.state = 'dropped' and m.changed_at > guard.now() - interval '7 days'),
           (select count(*) from app.careplan_outgoing o where o.kind like 'reminder\_%' and o.state = 'failed'
               and o.settled_at > guard.now() - interval '7 days')
      from app.messaging_reminder m
     where guard.acting_person() is null
$$;

create constraint trigger has_event after insert or update on app.messaging_reminder deferrable initially deferred
    for each row when (new.state = 'out') execute function guard.must_have_event();
revoke insert, update on app.messaging_reminder from cp_app;
revoke execute on all functions in schema guard from public;
grant execute on function guard.reminders_plan, guard.reminders_take, guard.reminder_may_leave, guard.notice_may_leave,
    guard.reminders_stop, guard.reminders_state to cp_app;
