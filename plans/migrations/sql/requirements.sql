-- Requirements: noted by staff in their own name, ended once; how the client sees one is the client's (PLAN-3, PLAN-19).

create function guard.plans_requirement_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if guard.plans_role(new.client_id, guard.acting_person()) in ('client', 'guardian', 'supporter') then
        raise exception 'plans_requirement_is_noted_by_staff' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'INSERT' and (new.by_id is distinct from guard.acting_person() or not guard.plans_is_now(new.at)
                             or new.ended_at is not null) then
        raise exception 'plans_requirement_is_noted_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and (old.ended_at is not null or new.ended_at is null or not guard.plans_is_now(new.ended_at)
                             or new.ended_by_id is distinct from guard.acting_person()) then
        raise exception 'plans_requirement_ends_once' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_requirement_view_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if new.role_held is distinct from guard.plans_role(new.client_id, new.person_id)
       or new.role_held not in ('client', 'guardian') or not guard.plans_is_now(new.at) then
        raise exception 'plans_requirement_view_is_the_clients' using errcode = 'insufficient_privilege';
    end if;
    if coalesce(new.recorded_by_id, new.person_id) is distinct from guard.acting_person() then
        raise exception 'plans_requirement_view_is_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    if new.recorded_by_id is not null and exists (
            select from app.careplan_user u join guard.member m on m.person_id = u.person_id
             where m.client_id = new.client_id and m.until is null) then
        raise exception 'plans_requirement_view_of_somebody_with_an_account_is_their_own' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from app.plans_requirement r where r.id = new.requirement_id and r.ended_at is not null) then
        raise exception 'plans_requirement_view_is_of_what_stands' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;

create trigger sound before insert or update on plans_requirement
    for each row execute function guard.plans_requirement_is_sound();
create trigger sound before insert on plans_requirement_view
    for each row execute function guard.plans_requirement_view_is_sound();
revoke update on plans_requirement from cp_app;
grant update (ended_at, ended_by_id) on plans_requirement to cp_app;
revoke execute on function guard.plans_requirement_is_sound, guard.plans_requirement_view_is_sound from public;
