-- Plans, items and sheets: made in one's own name, changed only by the moves of the table and in the columns that move.

create function guard.plans_only_these_move() returns trigger   -- its arguments are the columns that may change
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if to_jsonb(new) - tg_argv is distinct from to_jsonb(old) - tg_argv then
        raise exception '% keeps what it was made with', tg_table_name using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_made_by_acting_person() returns trigger   -- its argument is the column that names them
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if to_jsonb(new) ->> tg_argv[0] is distinct from guard.acting_person()::text then
        raise exception '% is made in one''s own name', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function guard.plans_plan_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'draft' then
            raise exception 'plans_plan_begins_as_a_draft' using errcode = 'check_violation';
        end if;
    elsif new.status <> old.status and not (old.status, new.status) in (
            ('draft', 'active'), ('draft', 'ended_early'), ('draft', 'entered_in_error'),
            ('active', 'on_hold'), ('on_hold', 'active'),
            ('active', 'completed'), ('on_hold', 'completed'),
            ('active', 'ended_early'), ('on_hold', 'ended_early'),
            ('active', 'superseded'), ('on_hold', 'superseded'),
            ('active', 'entered_in_error'), ('on_hold', 'entered_in_error')) then
        raise exception 'plans_plan_moves_by_the_table' using errcode = 'check_violation';
    elsif (old.status, new.status) = ('draft', 'active') and not exists (
            select from app.plans_standing s where s.client_id = new.client_id and s.plan_id = new.id and s.effective) then
        raise exception 'plans_plan_begins_with_its_first_agreed_line' using errcode = 'check_violation';
    elsif new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from guard.acting_person() then
        raise exception 'plans_plan_is_ended_in_ones_own_name' using errcode = 'insufficient_privilege';
    elsif old.activated_at is not null and new.activated_at is distinct from old.activated_at then
        raise exception 'plans_plan_keeps_its_first_day' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_item_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        perform guard.plans_answerable_plan(new.plan_id, new.client_id);
        if new.progress <> 'not_started' then
            raise exception 'plans_item_begins_not_started' using errcode = 'check_violation';
        end if;
    elsif new.progress <> old.progress and not (old.progress, new.progress) in (
            ('not_started', 'in_progress'), ('not_started', 'dropped'), ('not_started', 'replaced'),
            ('in_progress', 'paused'), ('paused', 'in_progress'),
            ('in_progress', 'met'), ('paused', 'met'),
            ('in_progress', 'partly_met'), ('paused', 'partly_met'),
            ('in_progress', 'not_met'), ('paused', 'not_met'),
            ('in_progress', 'dropped'), ('paused', 'dropped'),
            ('in_progress', 'replaced'), ('paused', 'replaced'),
            ('met', 'in_progress'), ('partly_met', 'in_progress'), ('not_met', 'in_progress'), ('dropped', 'in_progress')) then
        raise exception 'plans_item_moves_by_the_table' using errcode = 'check_violation';
    elsif new.progress <> old.progress and not exists (
            select from app.plans_item_standing s
             where s.client_id = new.client_id and s.item_id = new.id and s.in_force_id is not null) then
        raise exception 'plans_item_only_what_is_agreed_has_progress' using errcode = 'check_violation';
    elsif new.progress <> old.progress and new.progress_by_id is distinct from guard.acting_person() then
        raise exception 'plans_item_progress_is_said_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create function guard.plans_item_has_a_wording() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from app.plans_item_revision r where r.item_id = new.id) then
        raise exception 'plans_item_has_a_wording' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

create function guard.plans_sheet_line_is_of_its_plan() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.plans_sheet_is_open(new.sheet_id, new.client_id)
       or not exists (select from app.plans_item i join app.plans_sheet s on s.plan_id = i.plan_id
                       join app.plans_item_revision r on r.item_id = i.id
                      where i.id = new.item_id and s.id = new.sheet_id and r.id = new.revision_id) then
        raise exception 'plans_sheet_line_is_of_its_plan' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_sheet_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if old.closed_at is not null and (new.closed_at, new.closed_by_id, new.turned_at, new.handed_back_at, new.how, new.present)
           is distinct from (old.closed_at, old.closed_by_id, old.turned_at, old.handed_back_at, old.how, old.present) then
        raise exception 'plans_sheet_stays_closed' using errcode = 'check_violation';
    end if;
    if new.closed_by_id is distinct from old.closed_by_id and new.closed_by_id is distinct from guard.acting_person()
       or new.turned_by_id is distinct from old.turned_by_id and new.turned_by_id is distinct from guard.acting_person()
       or new.handed_back_by_id is distinct from old.handed_back_by_id and new.handed_back_by_id is not null
          and new.handed_back_by_id is distinct from guard.acting_person()
       or new.copy_by_id is distinct from old.copy_by_id and new.copy_by_id is distinct from guard.acting_person() then
        raise exception 'plans_sheet_is_handled_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger moves before insert or update on plans_plan for each row execute function guard.plans_plan_moves();
create trigger own_name before insert on plans_plan
    for each row execute function guard.plans_made_by_acting_person('started_by_id');
create trigger keeps before update on plans_plan
    for each row execute function guard.plans_only_these_move('status', 'activated_at', 'ended_at', 'ended_by_id');
create trigger moves before insert or update on plans_item for each row execute function guard.plans_item_moves();
create trigger own_name before insert on plans_item
    for each row execute function guard.plans_made_by_acting_person('created_by_id');
create trigger keeps before update on plans_item
    for each row execute function guard.plans_only_these_move('position', 'progress', 'progress_at', 'progress_by_id');
create constraint trigger has_a_wording after insert on plans_item deferrable initially deferred
    for each row execute function guard.plans_item_has_a_wording();
create trigger own_name before insert on plans_sheet
    for each row execute function guard.plans_made_by_acting_person('opened_by_id');
create trigger moves before update on plans_sheet for each row execute function guard.plans_sheet_moves();
create trigger keeps before update on plans_sheet
    for each row execute function guard.plans_only_these_move('closed_at', 'closed_by_id', 'how', 'present', 'copy',
        'copy_at', 'copy_by_id', 'turned_at', 'turned_by_id', 'handed_back_at',
        'handed_back_by_id');
create trigger of_its_plan before insert or update on plans_sheet_line
    for each row execute function guard.plans_sheet_line_is_of_its_plan();
create trigger keeps before update on plans_sheet_line
    for each row execute function guard.plans_only_these_move('revision_id', 'position');
create trigger own_name before insert on plans_pace
    for each row execute function guard.plans_made_by_acting_person('by_id');
create trigger keeps before update on plans_draft
    for each row execute function guard.plans_only_these_move('content', 'at');

-- A draft is its writer's only.
create policy plans_draft_own on plans_draft as restrictive for all to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());

-- Parties are written by the database alone, when a wording is proposed.
revoke insert on plans_party from cp_app;

revoke execute on all functions in schema guard from public;
grant execute on function guard.role_in_plan, guard.plans_asks to cp_app;
