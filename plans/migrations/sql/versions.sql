-- Versions: each follows the one before, and at commit the latest says exactly what is in force (PLAN-8).

-- What the readable snapshot of these wordings says: it is what pages show, so it is as true as the manifest.
create function guard.plans_snapshot_items(p_client uuid, p_revisions uuid[]) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'id', i.id, 'kind', i.kind, 'statement_type', i.statement_type, 'parent', r.parent_id, 'order', i.position,
               'revision', r.id, 'number', r.number, 'sha256', r.sha256, 'content', r.content, 'author', r.author_id,
               'author_role', r.author_role, 'dictated', r.dictated,
               'answers', (select coalesce(jsonb_agg(jsonb_build_object(
                                      'person', a.person_id, 'role', a.role_held, 'choice', a.choice, 'how', a.how,
                                      'recorded_by', a.recorded_by_id, 'at', guard.stamp(a.at)) order by a.number), '[]')
                             from app.plans_answer a where a.client_id = p_client and a.revision_id = r.id)))
               order by i.id::text)
      from app.plans_item_revision r join app.plans_item i on i.id = r.item_id
     where r.client_id = p_client and r.id = any (p_revisions)
$$;

create function guard.plans_version_is_next() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_last app.plans_version;
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    select * into v_last from app.plans_version v
     where v.plan_id = new.plan_id and v.client_id = new.client_id order by v.sequence desc limit 1;
    if new.sequence <> coalesce(v_last.sequence, 0) + 1 or new.previous_sha256 <> coalesce(v_last.sha256, '') then
        raise exception 'plans_version_follows_the_one_before' using errcode = 'serialization_failure';
    end if;
    if new.sha256 <> guard.digest(new.manifest) or new.snapshot is null
       or new.manifest::jsonb ->> 'plan' is distinct from new.plan_id::text
       or (new.manifest::jsonb ->> 'sequence')::int is distinct from new.sequence
       or coalesce(new.manifest::jsonb ->> 'previous', '') <> new.previous_sha256 then
        raise exception 'plans_version_hash_is_of_this_manifest' using errcode = 'check_violation';
    end if;
    if not guard.plans_is_now(new.at)
       or new.snapshot - 'items' is distinct from jsonb_build_object('schema', 'careplan.plan-snapshot/1',
              'plan', new.plan_id, 'sequence', new.sequence, 'at', guard.stamp(new.at))
       or (select jsonb_agg(i order by i ->> 'id') from jsonb_array_elements(new.snapshot -> 'items') i)
              is distinct from guard.plans_snapshot_items(new.client_id, new.revision_ids) then
        raise exception 'plans_version_snapshot_shows_what_was_agreed' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function guard.plans_version_matches(p_client uuid, p_plan uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_effective uuid[] := array(select s.in_force_id from app.plans_standing s
                                 where s.client_id = p_client and s.plan_id = p_plan and s.effective order by 1);
    v_hashes text[] := array(select r.sha256 from app.plans_item_revision r where r.id = any (v_effective) order by 1);
    v_last app.plans_version;
begin
    select * into v_last from app.plans_version v
     where v.plan_id = p_plan and v.client_id = p_client order by v.sequence desc limit 1;
    if array(select unnest(coalesce(v_last.revision_ids, '{}')) order by 1) is distinct from v_effective then
        raise exception 'plans_version_says_what_is_in_force' using errcode = 'integrity_constraint_violation';
    end if;
    if v_last.id is not null and v_hashes is distinct from
           array(select i ->> 'revision' from jsonb_array_elements(v_last.manifest::jsonb -> 'items') i order by 1) then
        raise exception 'plans_version_manifest_says_what_is_in_force' using errcode = 'integrity_constraint_violation';
    end if;
    if v_last.id is not null and exists (   -- it names every answer that brought a wording in, and no other's
        select from jsonb_array_elements(v_last.manifest::jsonb -> 'items') i
          join app.plans_item_revision r on r.item_id = (i ->> 'id')::uuid and r.sha256 = i ->> 'revision'
          join app.plans_revision_standing s on s.revision_id = r.id
         where exists (select from app.plans_answer a where a.revision_id = r.id and a.number <= s.came_at
                          and not i -> 'answers' ? a.sha256)
            or exists (select from jsonb_array_elements_text(i -> 'answers') h
                        where not exists (select from app.plans_answer a where a.revision_id = r.id and a.sha256 = h))) then
        raise exception 'plans_version_manifest_names_the_answers' using errcode = 'integrity_constraint_violation';
    end if;
    if cardinality(v_effective) > 0 and exists (select from app.plans_plan p where p.id = p_plan and p.status = 'draft') then
        raise exception 'plans_plan_is_active_once_something_is_in_force' using errcode = 'integrity_constraint_violation';
    end if;
end $$;

create function guard.plans_version_matches_at_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_new jsonb := to_jsonb(new);
    v_plan uuid := (v_new ->> 'plan_id')::uuid;
begin
    if v_plan is null then
        select i.plan_id into v_plan from app.plans_item i where i.id = (v_new ->> 'item_id')::uuid;
    end if;
    perform guard.plans_version_matches(new.client_id, v_plan);
    return null;
end $$;

create trigger is_next before insert on plans_version for each row execute function guard.plans_version_is_next();
create constraint trigger matches after insert on plans_version deferrable initially deferred
    for each row execute function guard.plans_version_matches_at_commit();
create constraint trigger version_matches after insert on plans_answer deferrable initially deferred
    for each row execute function guard.plans_version_matches_at_commit();
