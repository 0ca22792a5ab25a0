-- The calendar: whose hand, which moves, no two at once; every change by one of these functions (APPT-1, ACC-2c, CONS-12).

-- The practices whose times somebody may see: where they are at work now, or whose client they are.
create function guard.calendar_practices() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(t.practice_id), '{}') from (
        select s.practice_id from guard.staff_role s
         where s.person_id = guard.acting_person() and s.practice_id = nullif(current_setting('careplan.practice', true), '')::uuid
           and s.since <= guard.now() and (s.until is null or s.until > guard.now())
        union
        select r.practice_id from guard.member m join guard.record r on r.client_id = m.client_id
         where m.person_id = guard.acting_person() and m.since <= guard.now() and (m.until is null or m.until > guard.now())) t
$$;
alter table app.messaging_slot enable row level security;
create policy messaging_slot_read on app.messaging_slot for select to cp_app
    using (practice_id = any ((select guard.calendar_practices())::uuid[]));
grant select on app.messaging_slot to cp_app;

-- As whose hand somebody touches a client's calendar: of the care team, of the desk, or the client's own. Null: none.
create function guard.calendar_hand(p_client uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case
        when current_setting('careplan.hat', true) = 'client' then (
            select 'client' from guard.member m where m.client_id = p_client and m.person_id = guard.acting_person()
               and m.since <= guard.now() and (m.until is null or m.until > guard.now()) limit 1)
        when exists (select from guard.roles_towards(guard.acting_person(), p_client,
                        coalesce(nullif(current_setting('careplan.practice', true), '')::uuid, '00000000-0000-0000-0000-000000000000'::uuid)) t
                      where t.role in ('lead', 'co_therapist', 'cover', 'trainee')) then 'care'
        when exists (select from guard.record r where r.client_id = p_client
                      and r.practice_id = any (guard.directory_practices())) then 'desk' end
$$;

create function guard.calendar_enter(p_client uuid, p_hands text[]) returns text   -- the hand, with the record's head taken
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_hand text := guard.calendar_hand(p_client);
begin
    if v_hand is null or not v_hand = any (p_hands) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    return v_hand;
end $$;

-- A time to come needs a yes to treatment, and somebody of the care team (CONS-12); what has been is only written down.
create function guard.calendar_ensure(p_client uuid, p_clinician uuid, p_starts timestamptz) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_starts > guard.now() and (guard.permits(p_client, 'treatment')).decision <> 'PERMIT' then
        raise check_violation using message = 'messaging_session_needs_a_yes_to_treatment';
    end if;
    if not exists (select from guard.record r
                     cross join lateral guard.roles_towards(p_clinician, p_client, r.practice_id) t
                    where r.client_id = p_client and t.role in ('lead', 'co_therapist', 'cover', 'trainee')) then
        raise check_violation using message = 'messaging_session_is_with_the_care_team';
    end if;
end $$;

create function guard.calendar_take(p_practice uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_slot uuid := uuidv7();
begin
    insert into app.messaging_slot(id, practice_id, clinician_id, starts_at, ends_at, held_for, free)
    values (v_slot, p_practice, p_clinician, p_starts, p_ends, '', false);
    return v_slot;
end $$;

create function guard.session_book(
    p_id uuid, p_client uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz, p_modality text, p_place text,
    p_link text, p_series uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_practice uuid;
begin
    perform guard.calendar_enter(p_client, array['care', 'desk']);
    perform guard.calendar_ensure(p_client, p_clinician, p_starts);
    select r.practice_id into v_practice from guard.record r where r.client_id = p_client;
    insert into app.messaging_session(id, client_id, practice_id, clinician_id, slot_id, starts_at, ends_at, state, modality,
        place, link, series_id, sequence, made_at, made_by_id, cancelled_for, short_notice)
    values (p_id, p_client, v_practice, p_clinician, guard.calendar_take(v_practice, p_clinician, p_starts, p_ends), p_starts,
        p_ends, 'booked', p_modality, p_place, p_link, p_series, 0, guard.now(), guard.acting_person(), '', false);
    perform guard.append_event(p_client, 'session.booked', 'session', p_id, '', 'booked', '', '{}', null);
end $$;

-- A client asks for a time: nothing is held for it. Three at once are enough.
create function guard.session_ask(
    p_id uuid, p_client uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz, p_modality text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform guard.calendar_enter(p_client, array['client']);
    perform guard.calendar_ensure(p_client, p_clinician, p_starts);
    if p_starts <= guard.now() then
        raise check_violation using message = 'messaging_session_is_asked_for_a_time_to_come';
    end if;
    if (select count(*) from app.messaging_session s where s.client_id = p_client and s.state = 'asked'
         and s.starts_at > guard.now()) >= 3 then
        raise check_violation using message = 'messaging_session_three_asked_at_once';
    end if;
    insert into app.messaging_session(id, client_id, practice_id, clinician_id, starts_at, ends_at, state, modality, place,
        link, sequence, made_at, made_by_id, cancelled_for, short_notice)
    select p_id, p_client, r.practice_id, p_clinician, p_starts, p_ends, 'asked', p_modality, '', '', 0, guard.now(),
           guard.acting_person(), '', false
      from guard.record r where r.client_id = p_client;
    perform guard.append_event(p_client, 'session.asked', 'session', p_id, '', 'asked', '', '{}', null);
end $$;

-- The session somebody may touch, with its record's head taken and its row as it is then. Unknown and not theirs are the same.
create function guard.calendar_session(p_id uuid, p_hands text[]) returns app.messaging_session
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.messaging_session;
begin
    select * into v from app.messaging_session s where s.id = p_id;
    perform guard.calendar_enter(v.client_id, p_hands);
    select * into v from app.messaging_session s where s.id = p_id for update;
    return v;
end $$;

create function guard.session_answer(p_id uuid, p_accept bool, p_place text, p_link text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.messaging_session := guard.calendar_session(p_id, array['care', 'desk']);
begin
    if p_accept then
        perform guard.calendar_ensure(v.client_id, v.clinician_id, v.starts_at);
        update app.messaging_session set state = 'booked', place = p_place, link = p_link,
               slot_id = guard.calendar_take(v.practice_id, v.clinician_id, v.starts_at, v.ends_at)
         where id = p_id;
    else
        update app.messaging_session set state = 'turned_down', settled_at = guard.now(), settled_by_id = guard.acting_person()
         where id = p_id;
    end if;
    perform guard.append_event(v.client_id, case when p_accept then 'session.booked' else 'session.turned_down' end, 'session',
        p_id, v.state, case when p_accept then 'booked' else 'turned_down' end, '', '{}', null);
end $$;

create function guard.session_notice(p_practice uuid) returns interval
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select make_interval(hours => coalesce(
        (select c.notice_hours::int from app.messaging_calendar_rules c where c.practice_id = p_practice), 24))
$$;

create function guard.session_move(
    p_id uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz, p_modality text, p_place text, p_link text)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.messaging_session := guard.calendar_session(p_id, array['care', 'desk', 'client']);
begin
    if guard.calendar_hand(v.client_id) = 'client' then
        if v.starts_at < guard.now() + guard.session_notice(v.practice_id) or p_starts <= guard.now() then
            raise check_violation using message = 'messaging_session_moves_within_the_notice';
        end if;
        if (p_clinician, p_modality, p_place, p_link) is distinct from (v.clinician_id, v.modality, v.place, v.link) then
            raise insufficient_privilege using message = 'no record';
        end if;
    end if;
    if p_clinician <> v.clinician_id or p_starts > v.starts_at then   -- a later time is a new booking (CONS-12)
        perform guard.calendar_ensure(v.client_id, p_clinician, p_starts);
    end if;
    update app.messaging_slot set clinician_id = p_clinician, starts_at = p_starts, ends_at = p_ends where id = v.slot_id;
    update app.messaging_session set clinician_id = p_clinician, starts_at = p_starts, ends_at = p_ends, modality = p_modality,
           place = p_place, link = p_link, sequence = sequence + 1
     where id = p_id;
    perform guard.append_event(v.client_id, 'session.moved', 'session', p_id, v.state, 'booked', '', '{}', null);
end $$;

create function guard.session_cancel(p_id uuid, p_for text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.messaging_session := guard.calendar_session(p_id, array['care', 'desk', 'client']);
    v_for text := case when guard.calendar_hand(v.client_id) = 'client' then 'client' else p_for end;
begin
    if guard.calendar_hand(v.client_id) = 'client' and v.ends_at <= guard.now() then   -- it has been: staff say how
        raise check_violation using message = 'messaging_session_moves_only_so';
    end if;
    update app.messaging_session set state = 'cancelled', cancelled_for = v_for, settled_at = guard.now(),
           settled_by_id = guard.acting_person(),
           short_notice = v.state = 'booked' and v.starts_at < guard.now() + guard.session_notice(v.practice_id)
     where id = p_id;
    update app.messaging_slot set free = true where id = v.slot_id;
    perform guard.append_event(v.client_id, 'session.cancelled', 'session', p_id, v.state, v_for, '', '{}', null);
end $$;

create function guard.session_settle(p_id uuid, p_state text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.messaging_session := guard.calendar_session(p_id, array['care', 'desk']);
begin
    if p_state not in ('kept', 'did_not_attend') or v.starts_at > guard.now() then
        raise check_violation using message = 'messaging_session_is_settled_when_its_time_has_come';
    end if;
    update app.messaging_session set state = p_state, settled_at = guard.now(), settled_by_id = guard.acting_person()
     where id = p_id;
    perform guard.append_event(v.client_id, case p_state when 'kept' then 'session.kept' else 'session.missed' end, 'session',
        p_id, v.state, p_state, '', '{}', null);
end $$;

-- The moves, whoever makes them: the same as in messaging/sessions.py. Whose session it is never changes.
create function guard.messaging_session_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if (new.id, new.client_id, new.practice_id, new.made_at, new.made_by_id)
       is distinct from (old.id, old.client_id, old.practice_id, old.made_at, old.made_by_id) then
        raise exception 'messaging_session_stays_whose_it_is' using errcode = 'check_violation';
    end if;
    if not (old.state, new.state) in (('asked', 'booked'), ('asked', 'turned_down'), ('asked', 'cancelled'),
            ('booked', 'booked'), ('booked', 'cancelled'), ('booked', 'kept'), ('booked', 'did_not_attend'),
            ('kept', 'did_not_attend'), ('did_not_attend', 'kept')) then
        raise exception 'messaging_session_moves_only_so' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger moves before update on app.messaging_session for each row execute function guard.messaging_session_moves();

-- Time somebody holds for themself: their own, or by the desk.
create function guard.slot_hold(p_id uuid, p_clinician uuid, p_starts timestamptz, p_ends timestamptz, p_for text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_practice uuid := nullif(current_setting('careplan.practice', true), '')::uuid;
begin
    if not guard.works_in(guard.acting_person(), v_practice) or not guard.works_in(p_clinician, v_practice)
       or (p_clinician <> guard.acting_person() and not v_practice = any (guard.directory_practices())) or p_for = '' then
        raise insufficient_privilege using message = 'no record';
    end if;
    insert into app.messaging_slot(id, practice_id, clinician_id, starts_at, ends_at, held_for, free)
    values (p_id, v_practice, p_clinician, p_starts, p_ends, p_for, false);
end $$;
create function guard.slot_release(p_id uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    update app.messaging_slot s set free = true
     where s.id = p_id and s.held_for <> '' and s.practice_id = any (guard.calendar_practices())
       and guard.works_in(guard.acting_person(), s.practice_id)
       and (s.clinician_id = guard.acting_person() or s.practice_id = any (guard.directory_practices()));
    if not found then
        raise insufficient_privilege using message = 'no record';
    end if;
end $$;

-- Sessions that took place, for whoever has opened the record's billing or lists its sessions.
create function guard.sessions_kept(p_client uuid)
returns table (id uuid, client_id uuid, practice_id uuid, clinician_id uuid, starts_at timestamptz, ends_at timestamptz, modality text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id, s.client_id, s.practice_id, s.clinician_id, s.starts_at, s.ends_at, s.modality
      from app.messaging_session s
     where s.client_id = p_client and s.state = 'kept'
       and (p_client = any (guard.opened('billing')) or p_client = any (guard.related_clients())
            or s.practice_id = any (guard.directory_practices()))
     order by s.starts_at, s.id
$$;

-- What hangs on a session in the record.
create trigger by_the_care_team before insert or update on app.messaging_session_line
    for each row execute function guard.messaging_by_the_care_team();
create trigger by_the_client before insert or update on app.messaging_agenda
    for each row execute function guard.messaging_by_the_client();
revoke update on app.messaging_session_line, app.messaging_agenda from cp_app;
grant update (linked, by_id, at) on app.messaging_session_line to cp_app;
grant update (words, at) on app.messaging_agenda to cp_app;

revoke execute on all functions in schema guard from public;
grant execute on function guard.calendar_practices, guard.calendar_hand, guard.session_book, guard.session_ask, guard.session_answer,
    guard.session_move, guard.session_cancel, guard.session_settle, guard.slot_hold, guard.slot_release, guard.sessions_kept
    to cp_app;

revoke insert, update on app.messaging_session from cp_app;
