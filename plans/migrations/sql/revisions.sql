-- Wordings: numbered, written on the latest, in the writer's own name; the client's words by the client (PLAN-1, PLAN-3).

create function guard.plans_answerable_plan(p_plan uuid, p_client uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from app.plans_plan p where p.id = p_plan and p.client_id = p_client
                    and p.status in ('draft', 'active', 'on_hold')) then
        raise exception 'plans_plan_has_ended' using errcode = 'check_violation';
    end if;
end $$;

create function guard.plans_sheet_is_open(p_sheet uuid, p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from app.plans_sheet s where s.id = p_sheet and s.client_id = p_client and s.closed_at is null)
$$;

-- The client's words are changed by the client, or written down for them in the room while nobody in the record has
-- an account (PLAN-3, PLAN-16). Words in force may always be carried over.
create function guard.plans_keep_client_words(p_new app.plans_item_revision, p_base jsonb, p_in_force jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_words text := coalesce(p_new.content ->> 'client_words', '');
begin
    if v_words = coalesce(p_base ->> 'client_words', '')
       or (p_in_force is not null and v_words = coalesce(p_in_force ->> 'client_words', ''))
       or p_new.author_role in ('client', 'guardian') then
        return;
    end if;
    if not p_new.dictated then
        raise exception 'plans_item_revision_client_words_are_the_clients' using errcode = 'check_violation';
    end if;
    if exists (select from guard.member m join app.careplan_user u on u.person_id = m.person_id
                where m.client_id = p_new.client_id and (m.until is null or m.until > guard.now())) then
        raise exception 'plans_item_revision_no_dictation_for_somebody_with_an_account' using errcode = 'check_violation';
    end if;
end $$;

-- The tree: a goal under a goal, an objective under a goal, an intervention under either; never under itself.
create function guard.plans_keep_tree(p_item app.plans_item, p_parent uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_parent app.plans_item;
begin
    if p_parent is null then
        return;
    end if;
    select * into v_parent from app.plans_item i where i.id = p_parent and i.client_id = p_item.client_id;
    if v_parent.plan_id is distinct from p_item.plan_id
       or not (case p_item.kind
              when 'goal' then v_parent.kind = 'goal'
              when 'objective' then v_parent.kind = 'goal'
              when 'intervention' then v_parent.kind in ('goal', 'objective')
              else false end) then
        raise exception 'plans_item_revision_parent_fits' using errcode = 'check_violation';
    end if;
    if exists (
        with recursive up as (
            select p_parent as item_id
            union
            select r.parent_id
              from up
              join app.plans_item_standing s on s.item_id = up.item_id
              join app.plans_item_revision r on r.id in (s.highest_id, s.in_force_id)
             where r.parent_id is not null)
        select from up where up.item_id = p_item.id) then
        raise exception 'plans_item_revision_tree_has_no_circle' using errcode = 'check_violation';
    end if;
end $$;

create function guard.plans_revision_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_item app.plans_item;
    v_base app.plans_item_revision;
    v_in_force jsonb;
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    select * into v_item from app.plans_item i where i.id = new.item_id and i.client_id = new.client_id;
    perform guard.plans_answerable_plan(v_item.plan_id, new.client_id);
    select * into v_base from app.plans_item_revision r where r.item_id = new.item_id order by r.number desc limit 1;
    if new.number <> coalesce(v_base.number, 0) + 1 or new.base_id is distinct from v_base.id then
        raise exception 'plans_item_revision_is_written_on_the_latest' using errcode = 'serialization_failure';
    end if;
    if new.content is null or new.hashed is null or new.why is null
       or new.sha256 <> guard.digest(new.hashed)
       or new.hashed::jsonb -> 'content' is distinct from new.content
       or new.hashed::jsonb ->> 'item' is distinct from new.item_id::text
       or new.hashed::jsonb ->> 'author' is distinct from new.author_id::text
       or new.hashed::jsonb ->> 'author_role' is distinct from new.author_role
       or (new.hashed::jsonb ->> 'dictated')::bool is distinct from new.dictated
       or new.hashed::jsonb -> 'asks' is distinct from to_jsonb(new.asks)
       or new.hashed::jsonb ->> 'base' is distinct from v_base.sha256
       or new.hashed::jsonb ->> 'at' is distinct from guard.stamp(new.at) or not guard.plans_is_now(new.at)
       or (new.hashed::jsonb ->> 'number')::int is distinct from new.number
       or new.hashed::jsonb ->> 'salt' is distinct from new.salt or new.salt !~ '^[0-9a-f]{32}$' then
        raise exception 'plans_item_revision_hash_is_of_these_words' using errcode = 'check_violation';
    end if;
    if new.parent_id is distinct from (new.content ->> 'parent')::uuid then
        raise exception 'plans_item_revision_parent_is_part_of_the_content' using errcode = 'check_violation';
    end if;
    if new.author_id is distinct from guard.acting_person()
       or new.author_role is distinct from guard.plans_role(new.client_id, new.author_id) then
        raise exception 'plans_item_revision_author_writes_in_their_own_name' using errcode = 'insufficient_privilege';
    end if;
    if new.sheet_id is not null and not guard.plans_sheet_is_open(new.sheet_id, new.client_id)
       or new.dictated and new.author_role in ('client', 'guardian', 'supporter') then
        raise exception 'plans_item_revision_dictation_is_on_an_open_sheet' using errcode = 'check_violation';
    end if;
    select r.content into v_in_force
      from app.plans_item_standing s join app.plans_item_revision r on r.id = s.in_force_id
     where s.item_id = new.item_id;
    if new.asks is distinct from guard.plans_asks(new.content, v_in_force) then
        raise exception 'plans_item_revision_asks_about_what_changed' using errcode = 'check_violation';
    end if;
    perform guard.plans_keep_client_words(new, v_base.content, v_in_force);
    perform guard.plans_keep_tree(v_item, new.parent_id);
    return new;
end $$;

-- Parties are fixed here, by the database, when the wording is proposed: nobody else can write one.
create function guard.plans_fix_parties() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_kind text;
    v_doer uuid := case when new.content #>> '{doer,who}' = 'person' then (new.content #>> '{doer,person}')::uuid end;
begin
    select i.kind into v_kind from app.plans_item i where i.id = new.item_id;
    insert into app.plans_party(id, client_id, practice_id, revision_id, kind, person_id, authority)
    select gen_random_uuid(), new.client_id, new.practice_id, new.id,
           case when d.voice = 'decides' then 'decider' when d.person_id = v_doer then 'doer' else 'assent' end,
           d.person_id, d.authority
      from guard.decider d
     where d.client_id = new.client_id and d.since <= guard.now() and (d.until is null or d.until > guard.now());
    if not exists (select from app.plans_party p where p.revision_id = new.id and p.kind = 'decider') then
        raise exception 'plans_party_somebody_decides' using errcode = 'check_violation';
    end if;
    if guard.plans_asks_therapist(v_kind, new.content, new.asks) then
        insert into app.plans_party(id, client_id, practice_id, revision_id, kind, person_id, authority)
        values (gen_random_uuid(), new.client_id, new.practice_id, new.id, 'therapist', null, '');
    end if;
    insert into app.plans_party(id, client_id, practice_id, revision_id, kind, person_id, authority)
    select gen_random_uuid(), new.client_id, new.practice_id, new.id, 'doer', v_doer, ''
     where v_doer is not null and v_kind = 'intervention'
       and not exists (select from app.plans_party p where p.revision_id = new.id and p.person_id = v_doer);
    return null;
end $$;

create trigger sound before insert on plans_item_revision for each row execute function guard.plans_revision_is_sound();
create trigger fix_parties after insert on plans_item_revision for each row execute function guard.plans_fix_parties();
