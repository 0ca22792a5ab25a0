-- The only writers of what the guard trusts: records, members, deciders, relationships, roles (ACC-2c, ACC-4).

create function guard.by_operator() returns bool   -- a command run with the owner's address
language sql stable set search_path = pg_catalog, pg_temp as $$
    select pg_has_role(session_user, 'cp_owner', 'member')
$$;

create function guard.holds_role(p_person uuid, p_practice uuid, p_roles text[]) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from guard.staff_role s where s.person_id = p_person and s.practice_id = p_practice
                    and s.role = any (p_roles) and s.since <= guard.now() and (s.until is null or s.until > guard.now()))
$$;

-- A new record with its client, decider, lead and opening, in one. Its makes-opening works in this transaction
-- because there is nothing in the record yet.
create function guard.create_record(
    p_client uuid, p_practice uuid, p_kind text, p_members uuid[], p_ticket uuid, p_via text, p_request uuid)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_by uuid := guard.acting_person();
    v_member uuid;
    v_role text;
    v_reads text[];
    v_writes text[];
begin
    if guard.on_call() or not guard.holds_role(v_by, p_practice, array['therapist', 'practice_lead', 'trainee', 'supervisor'])
       or p_ticket is distinct from nullif(current_setting('careplan.ticket', true), '')::uuid
       or coalesce(cardinality(p_members), 0) = 0 or v_by = any (p_members) then
        raise insufficient_privilege using message = 'no record';
    end if;
    v_role := case when guard.holds_role(v_by, p_practice, array['therapist', 'practice_lead', 'supervisor'])
                   then 'lead' else 'trainee' end;
    insert into guard.record(client_id, practice_id, kind, made_at, made_by)
    values (p_client, p_practice, p_kind, guard.now(), v_by);
    insert into guard.head(client_id, last_hash) values (p_client, guard.genesis(p_client));
    foreach v_member in array p_members loop
        insert into guard.member(client_id, person_id, since) values (p_client, v_member, guard.now());
        insert into guard.decider(client_id, person_id, authority, since)
        values (p_client, v_member, case when p_kind = 'person' then 'self' else 'couple_member' end, guard.now());
    end loop;
    insert into guard.care_relationship(client_id, practice_id, person_id, role, since, started_by)
    values (p_client, p_practice, v_by, v_role, guard.now(), v_by);
    select array_agg(x.data_class order by x.data_class),
           coalesce(array_agg(x.data_class order by x.data_class) filter (where x.may_write), '{}')
      into v_reads, v_writes
      from guard.reach x where x.purpose = 'care' and x.role = v_role;
    perform guard.write_opening(p_ticket, v_by, p_client, v_role, 'care', p_via, p_request, v_reads, v_writes, true);
end $$;

-- The records that stand for somebody: what a door needs to know before anything is opened.
create function guard.records_of(p_person uuid) returns table (client_id uuid, practice_id uuid, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.client_id, r.practice_id, m.since
      from guard.member m join guard.record r on r.client_id = m.client_id
     where m.person_id = p_person and m.since <= guard.now() and (m.until is null or m.until > guard.now())
     order by m.since, m.id
$$;

create function guard.may_arrange_care(p_client uuid, p_practice uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.by_operator() or not guard.on_call() and (
        guard.holds_role(guard.acting_person(), p_practice, array['manager', 'practice_lead'])
        or exists (select from guard.roles_towards(guard.acting_person(), p_client) r where r.role = 'lead'))
$$;

create function guard.start_care(p_client uuid, p_person uuid, p_role text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_practice uuid;
    v_id uuid := uuidv7();
begin
    select r.practice_id into v_practice from guard.record r where r.client_id = p_client;
    if v_practice is null or not guard.may_arrange_care(p_client, v_practice)
       or not guard.works_in(p_person, v_practice) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    if exists (select from guard.decider d where d.client_id = p_client and d.person_id = p_person
                and (d.until is null or d.until > guard.now())) then
        raise check_violation using message = 'no decider works here';
    end if;
    if exists (select from guard.care_relationship c where c.client_id = p_client and c.person_id = p_person
                and c.role = p_role and c.until is null) then   -- a second row would outlive the end of the first
        raise unique_violation using message = 'they are that already';
    end if;
    insert into guard.care_relationship(id, client_id, practice_id, person_id, role, since, started_by)
    values (v_id, p_client, v_practice, p_person, p_role, guard.now(), guard.acting_person());
    perform guard.append_event(p_client, 'care.started', 'care_relationship', v_id, '', p_role, '',
                               jsonb_build_object('person', p_person), null);
    return v_id;
end $$;

create function guard.end_care(p_relationship uuid, p_reason text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.care_relationship;
begin
    select * into v from guard.care_relationship c where c.id = p_relationship and c.until is null for update;
    if v.id is null or not guard.may_arrange_care(v.client_id, v.practice_id) then
        raise insufficient_privilege using message = 'no record';
    end if;
    update guard.care_relationship set until = guard.now(), ended_by = guard.acting_person() where id = p_relationship;
    perform guard.append_event(v.client_id, 'care.ended', 'care_relationship', v.id, v.role, '', p_reason,
                               jsonb_build_object('person', v.person_id), null);
end $$;

-- Who decides is written down by the therapist, in an opened record: not by who covers, nor by another decider.
create function guard.may_say_who_decides(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select p_client = any (guard.opened('identity', true))
       and exists (select from guard.roles_towards(guard.acting_person(), p_client) r
                    where r.role in ('lead', 'co_therapist'))
$$;

-- A further decider, or one whose assent is asked beside; asked at the next review, nothing falls (PLAN-5a).
-- Nobody who works here decides about the work: their yes would be the client's (PLAN-4).
create function guard.add_decider(
    p_client uuid, p_person uuid, p_authority text, p_voice text, p_reason text default '') returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_id uuid := uuidv7();
begin
    if not guard.may_say_who_decides(p_client) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    if exists (select from guard.record r where r.client_id = p_client and guard.works_in(p_person, r.practice_id))
       or exists (select from guard.care_relationship c where c.client_id = p_client and c.person_id = p_person
                   and (c.until is null or c.until > guard.now())) then
        raise check_violation using message = 'no decider works here';
    end if;
    insert into guard.decider(id, client_id, person_id, authority, voice, since)
    values (v_id, p_client, p_person, p_authority, p_voice, guard.now());
    perform guard.append_event(p_client, 'decider.added', 'decider', v_id, '', p_authority, p_reason,
                               jsonb_build_object('person', p_person, 'voice', p_voice), null);
    return v_id;
end $$;

create function guard.end_decider(p_decider uuid, p_reason text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.decider;
begin
    select * into v from guard.decider d where d.id = p_decider;
    if v.id is null or not guard.may_say_who_decides(v.client_id) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = v.client_id for no key update;
    select * into v from guard.decider d where d.id = p_decider and d.until is null;
    if v.id is null then
        raise insufficient_privilege using message = 'no record';
    end if;
    if v.voice = 'decides' and not exists (select from guard.decider d where d.client_id = v.client_id
            and d.id <> v.id and d.voice = 'decides' and d.until is null) then
        raise check_violation using message = 'somebody decides';
    end if;
    update guard.decider set until = guard.now() where id = p_decider;
    perform guard.append_event(v.client_id, 'decider.ended', 'decider', v.id, v.authority, '', p_reason,
                               jsonb_build_object('person', v.person_id), null);
end $$;

-- Roles are granted by a manager or practice lead, or by the operator's command with the owner's address.
create function guard.grant_role(p_practice uuid, p_person uuid, p_role text, p_by uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_id uuid := uuidv7();
begin
    if not guard.by_operator() and (guard.on_call() or not (p_by = guard.acting_person()
            and guard.holds_role(p_by, p_practice, array['manager', 'practice_lead']))) then
        raise insufficient_privilege using message = 'not yours to grant';
    end if;
    insert into guard.staff_role(id, practice_id, person_id, role, since, granted_by)
    values (v_id, p_practice, p_person, p_role, guard.now(), p_by);
    return v_id;
end $$;

create function guard.end_role(p_practice uuid, p_person uuid, p_role text, p_by uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.by_operator() and (guard.on_call() or not (p_by = guard.acting_person()
            and guard.holds_role(p_by, p_practice, array['manager', 'practice_lead']))) then
        raise insufficient_privilege using message = 'not yours to end';
    end if;
    update guard.staff_role set until = guard.now(), ended_by = p_by
     where practice_id = p_practice and person_id = p_person and role = p_role and until is null;
    if not guard.works_in(p_person, p_practice) then
        perform guard.leave_care_teams(p_practice, p_person, p_by);
    end if;
end $$;

-- Whoever works here no more is in no care team here any more; if they come back, they join anew (ACC-4).
create function guard.leave_care_teams(p_practice uuid, p_person uuid, p_by uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.care_relationship;
begin
    for v in select * from guard.care_relationship c where c.practice_id = p_practice and c.person_id = p_person and c.until is null
              order by c.client_id, c.id loop
        perform from guard.head h where h.client_id = v.client_id for no key update;
        update guard.care_relationship set until = greatest(guard.now(), v.since), ended_by = p_by where id = v.id and until is null;
        if found then
            perform guard.append_event(v.client_id, 'care.ended', 'care_relationship', v.id, v.role, '', '',
                                       jsonb_build_object('person', v.person_id), null);
        end if;
    end loop;
end $$;
