-- Answers: to a wording that can still be answered, by somebody who was asked, in nobody else's name (PLAN-4, PLAN-5e).

create function guard.plans_answer_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_revision app.plans_item_revision;
    v_item app.plans_item;
    v_standing app.plans_item_standing;
    v_said jsonb;
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    select * into v_revision from app.plans_item_revision r
     where r.id = new.revision_id and r.client_id = new.client_id and r.item_id = new.item_id;
    select * into v_item from app.plans_item i where i.id = new.item_id and i.client_id = new.client_id;
    if v_revision.id is null or v_item.id is null then
        raise exception 'plans_answer_is_to_a_wording_of_its_item' using errcode = 'foreign_key_violation';
    end if;
    perform guard.plans_answerable_plan(v_item.plan_id, new.client_id);
    if new.number <> 1 + coalesce((select max(a.number) from app.plans_answer a where a.item_id = new.item_id), 0) then
        raise exception 'plans_answer_is_the_next_one' using errcode = 'serialization_failure';
    end if;
    select * into v_standing from app.plans_item_standing s where s.item_id = new.item_id and s.client_id = new.client_id;
    if new.revision_id <> v_standing.highest_id and new.revision_id is distinct from v_standing.in_force_id then
        raise exception 'plans_answer_replaced_wordings_take_no_answers' using errcode = 'serialization_failure';
    end if;
    if new.role_held is distinct from guard.plans_role(new.client_id, new.person_id) then
        raise exception 'plans_answer_keeps_the_role_held' using errcode = 'check_violation';
    end if;
    if not exists (select from app.plans_party p where p.revision_id = new.revision_id
                    and (p.person_id = new.person_id
                         or (p.kind = 'therapist' and new.role_held in ('lead', 'co_therapist')))) then
        raise exception 'plans_answer_is_by_somebody_who_was_asked' using errcode = 'insufficient_privilege';
    end if;
    v_said := new.hashed::jsonb;
    if v_said is null or new.words is null or new.sha256 <> guard.digest(new.hashed)
       or v_said ->> 'revision' is distinct from v_revision.sha256
       or v_said ->> 'item' is distinct from new.item_id::text
       or v_said ->> 'person' is distinct from new.person_id::text
       or v_said ->> 'choice' is distinct from new.choice
       or (v_said ->> 'number')::int is distinct from new.number
       or coalesce(v_said ->> 'words', '') is distinct from new.words
       or v_said ->> 'how' is distinct from new.how
       or v_said ->> 'recorded_by' is distinct from new.recorded_by_id::text
       or v_said ->> 'role' is distinct from new.role_held
       or v_said ->> 'sheet' is distinct from new.sheet_id::text
       or v_said -> 'present' is distinct from new.present
       or v_said ->> 'until' is distinct from new.until::text
       or (v_said ->> 'until_raised')::bool is distinct from new.until_raised
       or v_said ->> 'at' is distinct from guard.stamp(new.at) or not guard.plans_is_now(new.at)
       or v_said ->> 'salt' is distinct from new.salt or new.salt !~ '^[0-9a-f]{32}$' then
        raise exception 'plans_answer_hash_is_of_this_answer' using errcode = 'check_violation';
    end if;
    if new.recorded_by_id is null then
        perform guard.plans_answer_by_own_hand(new, v_revision);
    else
        perform guard.plans_answer_recorded(new, v_item.plan_id);
    end if;
    return new;
end $$;

-- One's own answer: the acting person's, and no yes by proposing for what was only written down for somebody.
create function guard.plans_answer_by_own_hand(p_answer app.plans_answer, p_revision app.plans_item_revision) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_of_client bool := p_answer.role_held in ('client', 'guardian', 'supporter');
begin
    if p_answer.person_id is distinct from guard.acting_person() then
        raise exception 'plans_answer_nobody_answers_for_another' using errcode = 'insufficient_privilege';
    end if;
    if p_answer.how = (case when v_of_client then 'own_hand_practice' else 'own_hand_portal' end) then
        raise exception 'plans_answer_how_is_true' using errcode = 'check_violation';
    end if;
    if p_answer.how = 'by_proposing' and (
           p_revision.author_id <> p_answer.person_id
           or (p_revision.dictated and not 'clinical_wording' = any (p_revision.asks))
           or exists (select from app.plans_answer a where a.revision_id = p_revision.id and a.person_id = p_answer.person_id)) then
        raise exception 'plans_answer_proposing_is_a_yes_once_for_ones_own_words' using errcode = 'check_violation';
    end if;
end $$;

-- An answer written down: by the acting member of staff, for somebody who is not staff, on an open sheet that holds it.
create function guard.plans_answer_recorded(p_answer app.plans_answer, p_plan uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_answer.recorded_by_id is distinct from guard.acting_person()
       or p_answer.role_held not in ('client', 'guardian', 'supporter')
       or guard.plans_role(p_answer.client_id, p_answer.recorded_by_id) in ('client', 'guardian', 'supporter') then
        raise exception 'plans_answer_nobody_answers_for_another' using errcode = 'insufficient_privilege';
    end if;
    if not guard.plans_sheet_is_open(p_answer.sheet_id, p_answer.client_id)
       or not exists (select from app.plans_sheet_line l
                       where l.sheet_id = p_answer.sheet_id and l.item_id = p_answer.item_id and l.client_id = p_answer.client_id) then
        raise exception 'plans_answer_recorded_on_an_open_sheet' using errcode = 'check_violation';
    end if;
end $$;

create trigger sound before insert on plans_answer for each row execute function guard.plans_answer_is_sound();
