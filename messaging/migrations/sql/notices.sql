-- That there is something new is a reminder like any other (REM-1, MSG-3): by the client's terms, capped, paused and quiet as
-- they said, with the link that stops, once on a day of theirs. And STOP in reply to a text (REM-1).

-- May this reminder go now? `why` says why not, `later` when else; without either, this is the way and the address.
create or replace function guard.reminder_says(p_reminder app.messaging_reminder)
returns table (why text, later timestamptz, channel text, address text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v record;
    k app.clients_contact;
    v_new bool := p_reminder.kind = 'something_new';
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
        when v.channel = 'calendar' then 'in_calendar'
        when v.paused_until > guard.now() then 'paused'
        when not v_new and guard.reminder_due(p_reminder.client_id, p_reminder.kind, p_reminder.subject_id, v.zone)
             is distinct from p_reminder.due_at then 'over'
        when not v_new and (guard.permits(p_reminder.client_id, 'treatment')).decision <> 'PERMIT' then 'no_treatment'
        when v_new and (guard.permits(p_reminder.client_id, 'portal_messages')).decision <> 'PERMIT' then 'no_messages'
        when p_reminder.kind <> 'session' and guard.shows_nothing(p_reminder.client_id) then 'shows_nothing'
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
    select count(*) into v_had from app.messaging_reminder m
     where m.person_id = p_reminder.person_id and m.state = 'out' and m.id <> p_reminder.id
       and m.changed_at > guard.now() - interval '7 days';
    if v_had >= v.most then
        why := 'enough';
    else
        later := guard.quiet_ends(v.quiet_from, v.quiet_until, v.zone, guard.now());
        channel := v.channel;
        address := case v.channel when 'text' then k.phone else k.email end;
    end if;
    return next;
end $$;

-- Whether a client's pages show nothing now (SAFE-7): then nothing points there.
create function guard.shows_nothing(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select q.shows = 'nothing' from app.clients_quiet q where q.client_id = p_client
                      order by q.set_at desc, q.id desc limit 1), false)
$$;

-- Puts down that there is something, by whoever wrote it: one on a day of the client's. What comes of it is decided when it leaves.
create function guard.something_new(p_client uuid, p_person uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not p_client = any (guard.opened('message', true)) or guard.acting_person() = p_person or not exists (
            select from guard.member m where m.client_id = p_client and m.person_id = p_person and m.until is null) then
        raise insufficient_privilege using message = 'no record';
    end if;
    insert into app.messaging_reminder(id, client_id, practice_id, person_id, kind, subject_id, due_at, not_before, state, why,
                                       channel, tries, changed_at)
    select uuidv7(), p_client, r.practice_id, p_person, 'something_new', p_client,
           date_trunc('day', guard.now() at time zone t.zone) at time zone t.zone, guard.now(), 'due', '', '', 0, guard.now()
      from guard.record r cross join lateral guard.reminder_terms(p_client, p_person) t
     where r.client_id = p_client and 'something_new' = any (t.kinds) and not t.stopped and t.channel in ('text', 'email')
    on conflict do nothing;
end $$;

drop function guard.notice_may_leave;

-- STOP in reply to a text: for whoever is reached by that number. How many records it was for.
create index clients_contact_digits on app.clients_contact ((regexp_replace(phone, '\D', '', 'g'))) where phone <> '';
create function guard.reminders_stop_number(p_digits text) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_person uuid;
    v_stopped int := 0;
begin
    perform guard.reminder_job();
    if length(p_digits) < 6 then
        return 0;
    end if;
    for v_person in
        select distinct m.person_id from app.clients_contact k join guard.member m on m.client_id = k.client_id and m.until is null
         where k.phone <> '' and regexp_replace(k.phone, '\D', '', 'g') = p_digits order by 1 loop
        v_stopped := v_stopped + guard.reminders_stop(v_person);
    end loop;
    return v_stopped;
end $$;

create or replace function guard.reminders_state() returns table (waiting bigint, overdue bigint, next_at timestamptz, out_week bigint, dropped_week bigint, failed_week bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) filter (where m.state = 'due'),
           count(*) filter (where m.state = 'due' and m.not_before < guard.now() - interval '5 minutes'),
           min(m.not_before) filter (where m.state = 'due'),
           count(*) filter (where m.state = 'out' and m.changed_at > guard.now() - interval '7 days'),
           count(*) filter (where m.state = 'dropped' and m.changed_at > guard.now() - interval '7 days'),
           (select count(*) from app.careplan_outgoing o where o.key like 'reminder:%' and o.state = 'failed'
               and o.settled_at > guard.now() - interval '7 days')
      from app.messaging_reminder m
     where guard.acting_person() is null
$$;

revoke execute on all functions in schema guard from public;
grant execute on function guard.something_new, guard.reminders_stop_number to cp_app;
