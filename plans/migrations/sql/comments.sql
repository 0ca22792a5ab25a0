-- Comments: in one's own name and role, now, about a line of a plan that goes on (PLAN-1).

create function guard.plans_comment_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_plan uuid;
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    select i.plan_id into v_plan from app.plans_item i where i.id = new.item_id and i.client_id = new.client_id;
    perform guard.plans_answerable_plan(v_plan, new.client_id);
    if new.author_id is distinct from guard.acting_person()
       or new.author_role is distinct from guard.plans_role(new.client_id, new.author_id) then
        raise exception 'plans_comment_is_written_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    if new.words is null or not guard.plans_is_now(new.at) then
        raise exception 'plans_comment_is_said_now' using errcode = 'check_violation';
    end if;
    if new.about_id is not null and not exists (
            select from app.plans_item_revision r where r.id = new.about_id and r.item_id = new.item_id) then
        raise exception 'plans_comment_is_about_a_wording_of_its_line' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger sound before insert on plans_comment for each row execute function guard.plans_comment_is_sound();
revoke execute on function guard.plans_comment_is_sound from public;
