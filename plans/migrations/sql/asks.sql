-- What was sent to the client: by staff, of open wordings; the client alone says how they want to answer (PLAN-17).

create function guard.plans_is_client_side(p_client uuid, p_person uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.plans_role(p_client, p_person) in ('client', 'guardian', 'supporter')
$$;

create function guard.plans_ask_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        perform guard.plans_answerable_plan(new.plan_id, new.client_id);
        if guard.plans_is_client_side(new.client_id, new.sent_by_id) or new.way <> '' or new.withdrawn_at is not null then
            raise exception 'plans_ask_is_sent_by_staff' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if old.withdrawn_at is not null then
        raise exception 'plans_ask_stays_withdrawn' using errcode = 'check_violation';
    end if;
    if new.withdrawn_by_id is distinct from old.withdrawn_by_id
           and (new.withdrawn_by_id is distinct from guard.acting_person()
                or guard.plans_is_client_side(new.client_id, new.withdrawn_by_id))
       or (new.way, new.way_at, new.way_by_id) is distinct from (old.way, old.way_at, old.way_by_id)
           and (new.way_by_id is distinct from guard.acting_person()
                or not guard.plans_is_client_side(new.client_id, new.way_by_id)) then
        raise exception 'plans_ask_is_handled_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function guard.plans_ask_line_is_open() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
            select from app.plans_ask a
              join app.plans_standing s on s.client_id = a.client_id and s.plan_id = a.plan_id
             where a.id = new.ask_id and a.client_id = new.client_id and a.withdrawn_at is null
               and s.item_id = new.item_id and s.open_id = new.revision_id) then
        raise exception 'plans_ask_line_is_an_open_wording_of_its_plan' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger moves before insert or update on plans_ask for each row execute function guard.plans_ask_moves();
create trigger own_name before insert on plans_ask
    for each row execute function guard.plans_made_by_acting_person('sent_by_id');
create trigger keeps before update on plans_ask
    for each row execute function guard.plans_only_these_move('way', 'way_at', 'way_by_id', 'withdrawn_at', 'withdrawn_by_id');
create trigger of_its_plan before insert on plans_ask_line
    for each row execute function guard.plans_ask_line_is_open();
