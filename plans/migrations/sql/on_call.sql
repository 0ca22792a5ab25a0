-- On a call (PLAN-16): what is written there is on the one sheet that the digits open, given by phone or video and
-- recorded by whoever read them out. A closed sheet ends its calls.

create function guard.plans_on_call_is_on_its_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if guard.on_call() and new.sheet_id is distinct from guard.call_object(new.client_id) then
        raise exception 'plans_on_a_call_everything_is_on_its_sheet' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function guard.plans_answer_on_a_call_says_so() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if guard.on_call() and (new.how <> 'phone_or_video' or new.recorded_by_id is null) then
        raise exception 'plans_answer_on_a_call_says_so' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_closed_sheet_ends_calls() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.closed_at is not null and old.closed_at is null then
        perform guard.end_calls_of(new.client_id, new.id, 'closed');
    end if;
    return null;
end $$;

create trigger on_call_sheet before insert on plans_answer for each row execute function guard.plans_on_call_is_on_its_sheet();
create trigger on_call_how before insert on plans_answer for each row execute function guard.plans_answer_on_a_call_says_so();
create trigger on_call_sheet before insert on plans_item_revision for each row execute function guard.plans_on_call_is_on_its_sheet();
create policy plans_item_not_on_a_call on plans_item as restrictive for insert to cp_app
    with check (not (select guard.on_call()));
create policy plans_sheet_not_on_a_call on plans_sheet as restrictive for insert to cp_app
    with check (not (select guard.on_call()));
create policy plans_sheet_stays_as_it_is_on_a_call on plans_sheet as restrictive for update to cp_app
    using (not (select guard.on_call()));

create trigger closing after update on plans_sheet for each row execute function guard.plans_closed_sheet_ends_calls();

revoke execute on all functions in schema guard from public;
