-- Offers: made by the care team, answered by the client, taken back only before they are kept (MSG-5).

create function guard.messaging_is_client_side(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.plans_role(p_client, guard.acting_person()) in ('client', 'guardian', 'supporter')
$$;

-- One trigger for each side: whose hand it is, and that nobody dates it back.
create function guard.messaging_by_the_care_team() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.by_id is distinct from guard.acting_person() or guard.messaging_is_client_side(new.client_id)
       or not guard.plans_is_now(new.at) then
        raise exception '% is by the care team, in their own name', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create function guard.messaging_by_the_client() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.person_id is distinct from guard.acting_person() or not guard.messaging_is_client_side(new.client_id)
       or not guard.plans_is_now(new.at) then
        raise exception '% is by the client, in their own name', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger by_the_care_team before insert on app.messaging_offering
    for each row execute function guard.messaging_by_the_care_team();
create trigger by_the_care_team before insert on app.messaging_recall
    for each row execute function guard.messaging_by_the_care_team();
create trigger by_the_client before insert on app.messaging_resource_answer
    for each row execute function guard.messaging_by_the_client();
create trigger by_the_client before insert on app.messaging_read_mark
    for each row execute function guard.messaging_by_the_client();
create trigger by_the_client before insert on app.messaging_own
    for each row execute function guard.messaging_by_the_client();

-- Kept is kept, taken back is taken back: of two at once the one that has the head first stands.
create function guard.messaging_recall_comes_before_keeping() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if (select a.choice from app.messaging_resource_answer a where a.resource_id = new.resource_id
         order by a.at desc, a.id desc limit 1) = 'keep' then
        raise exception 'messaging_recall_comes_before_keeping' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
create trigger comes_before_keeping before insert on app.messaging_recall
    for each row execute function guard.messaging_recall_comes_before_keeping();

create function guard.messaging_answer_is_to_what_stands() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if exists (select from app.messaging_recall r where r.resource_id = new.resource_id) then
        raise exception 'messaging_resource_answer_is_to_what_stands' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
create trigger is_to_what_stands before insert on app.messaging_resource_answer
    for each row execute function guard.messaging_answer_is_to_what_stands();

-- What a client keeps to themself: no row for anybody else, and no event until it is shown.
create policy messaging_read_mark_own on app.messaging_read_mark as restrictive for select to cp_app
    using (shown or person_id = guard.acting_person());
create policy messaging_own_own on app.messaging_own as restrictive for select to cp_app
    using (shown or person_id = guard.acting_person());
create policy messaging_read_mark_own_hand on app.messaging_read_mark as restrictive for update to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());
create policy messaging_own_own_hand on app.messaging_own as restrictive for update to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());
create constraint trigger has_event after insert or update on app.messaging_read_mark deferrable initially deferred
    for each row when (new.shown) execute function guard.must_have_event();
create constraint trigger has_event after insert or update on app.messaging_own deferrable initially deferred
    for each row when (new.shown) execute function guard.must_have_event();
revoke update on app.messaging_read_mark, app.messaging_own from cp_app;
grant update (shown) on app.messaging_read_mark to cp_app;
grant update (shown) on app.messaging_own to cp_app;

revoke execute on all functions in schema guard from public;
