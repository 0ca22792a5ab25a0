-- A diagnosis is written by those who write both notes and the plan: not by whoever only countersigns, nor by a client.
-- The client reads one only once it has been talked over with them, and none that was entered in error.
create function app.clients_untold_diagnoses() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(d.id), '{}')
      from app.clients_diagnosis d
     where d.client_id = any (guard.portal_clients()) and (d.shared_at is null or d.ended_as = 'entered_in_error')
$$;

create policy clients_diagnosis_told on app.clients_diagnosis as restrictive for select to cp_app
    using (not id = any ((select app.clients_untold_diagnoses())::uuid[]));
create policy clients_diagnosis_wording_told on app.clients_diagnosis_wording as restrictive for select to cp_app
    using (not diagnosis_id = any ((select app.clients_untold_diagnoses())::uuid[]));
create policy clients_diagnosis_by_clinicians on app.clients_diagnosis as restrictive for insert to cp_app
    with check (client_id = any ((select guard.opened('plan', true))::uuid[]));
create policy clients_diagnosis_changed_by_clinicians on app.clients_diagnosis as restrictive for update to cp_app
    using (client_id = any ((select guard.opened('plan', true))::uuid[]));
create policy clients_diagnosis_worded_by_clinicians on app.clients_diagnosis_wording as restrictive for insert to cp_app
    with check (client_id = any ((select guard.opened('plan', true))::uuid[]));

-- What was shared stays shared, what has ended stays ended; nothing else about a diagnosis can change.
revoke update on app.clients_diagnosis from cp_app;
grant update (shared_at, shared_by, ended_as, ended_at, ended_by) on app.clients_diagnosis to cp_app;
create function app.clients_diagnosis_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.ended_at is not null
       or (old.shared_at is not null and (new.shared_at, new.shared_by) is distinct from (old.shared_at, old.shared_by)) then
        raise exception 'clients_diagnosis_only_goes_on' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger moves before update on app.clients_diagnosis for each row execute function app.clients_diagnosis_moves();

-- The client's view is the client's (PLAN-3): by their own hand once it was told, or written down as they said it
-- while nobody in the record has an account.
create function app.clients_diagnosis_view_is_theirs() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_member bool := exists (select from guard.member m where m.client_id = new.client_id
        and m.person_id = new.written_by and (m.until is null or m.until > guard.now()));
    v_account bool := exists (select from guard.member m join app.careplan_user u on u.person_id = m.person_id
        where m.client_id = new.client_id and (m.until is null or m.until > guard.now()));
begin
    if new.written_by is distinct from guard.acting_person()
       or v_member <> (new.how = 'own_hand_portal') or (v_account and not v_member)
       or new.diagnosis_id = any (app.clients_untold_diagnoses()) then
        raise exception 'clients_diagnosis_view_is_the_clients' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger theirs before insert on app.clients_diagnosis_view
    for each row execute function app.clients_diagnosis_view_is_theirs();
revoke execute on function app.clients_untold_diagnoses(), app.clients_diagnosis_moves(),
    app.clients_diagnosis_view_is_theirs() from public;
grant execute on function app.clients_untold_diagnoses() to cp_app;
