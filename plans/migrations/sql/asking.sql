-- Who writes as what, what a wording asks about, and whom it asks (PLAN-5a, PLAN-5b).

-- As what a person acts towards a record now: the client's side first, then the nearest care role.
create function guard.plans_role(p_client uuid, p_person uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case
        when exists (select from guard.member m where m.client_id = p_client and m.person_id = p_person
                      and m.since <= guard.now() and (m.until is null or m.until > guard.now())) then 'client'
        when exists (select from guard.decider d where d.client_id = p_client and d.person_id = p_person
                      and d.since <= guard.now() and (d.until is null or d.until > guard.now())) then 'guardian'
        else coalesce(
            (select t.role from guard.roles_towards(p_person, p_client) t
              where t.role in ('lead', 'co_therapist', 'cover', 'supervisor', 'trainee')
              order by array_position(array['lead', 'co_therapist', 'cover', 'supervisor', 'trainee'], t.role) limit 1),
            (select 'staff' from guard.record r where r.client_id = p_client and guard.works_in(p_person, r.practice_id)),
            'supporter')
    end
$$;

-- The application asks for a person's role only in a record it has opened.
create function guard.role_in_plan(p_client uuid, p_person uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.plans_role(p_client, p_person) where p_client = any (guard.opened('plan'))
$$;

-- What is written down was said just now: nobody dates a word or an answer back or ahead.
create function guard.plans_is_now(p_at timestamptz) returns bool
language sql stable set search_path = pg_catalog, pg_temp as $$
    select p_at between guard.now() - interval '1 minute' and guard.now() + interval '1 second'
$$;

-- The parts of a content, each by itself.
create function guard.plans_part(p_content jsonb, p_part text) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case p_part
        when 'details' then nullif(p_content - 'client_words' - 'clinical_wording', '{}'::jsonb)
        else p_content -> p_part end
$$;

-- A wording asks about the parts that differ from what is in force; with nothing in force, or nothing different,
-- about everything it says.
create function guard.plans_asks(p_content jsonb, p_in_force jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    with part as (select unnest(array['client_words', 'clinical_wording', 'details']) as name),
         said as (select name from part where guard.plans_part(p_content, name) is not null),
         differs as (select name from part
                      where guard.plans_part(p_content, name) is distinct from guard.plans_part(p_in_force, name))
    select case when p_in_force is not null and exists (select from differs)
                then (select array_agg(name order by name) from differs)
                else (select array_agg(name order by name) from said) end
$$;

create function guard.plans_asks_therapist(p_kind text, p_content jsonb, p_asks text[]) returns bool
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case p_kind
        when 'objective' then true
        when 'goal' then 'clinical_wording' = any (p_asks)
        when 'intervention' then p_content #>> '{doer,who}' = 'therapist'
        else false end
$$;
