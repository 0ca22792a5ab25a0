-- How a plan stands as to signatures, for whoever has opened the plan, or billing (BILL-1): derived, never stored.
-- The last word of those who decide counts: a signature, a rather not, or else what staff noted. Billing asks about one plan
-- as it stood at a moment: what was said of another plan, or later, is not about that day.
drop function if exists guard.plans_signature_status(uuid);
create function guard.plans_signature_status(p_client uuid, p_plan uuid default null, p_at timestamptz default null)
returns table (status text, version_id uuid, number int, sha256 text, said_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with said as (
        select case s.statement when 'mine' then 'signed' when 'parts' then 'agreed_in_part' else 'took_part_disagrees' end as status,
               s.version_id, s.at, s.plan_id
          from app.plans_signature s where s.client_id = p_client and s.role_held in ('client', 'guardian')
        union all
        select 'prefers_not', r.version_id, r.state_at, r.plan_id
          from app.plans_signature_request r
         where r.client_id = p_client and r.state = 'declined' and r.state_by_id = r.signer_id
           and guard.plans_role(p_client, r.signer_id) in ('client', 'guardian')
        union all
        select case n.reason when 'declined' then 'declined_documented' else n.reason end, n.version_id, n.at, n.plan_id
          from app.plans_not_signed n
         where n.client_id = p_client   -- what staff note never outweighs what those who decide said of that version
           and not exists (select from app.plans_signature s where s.client_id = p_client and s.version_id = n.version_id
                            and s.role_held in ('client', 'guardian') and (p_at is null or s.at < p_at))),
    last as (
        select * from said d where (p_plan is null or d.plan_id = p_plan) and (p_at is null or d.at < p_at) order by d.at desc limit 1),
    then_in_force as (   -- without a plan: whatever is in force now
        select unnest(case when p_plan is null
                           then array(select s.in_force_id from app.plans_standing s where s.client_id = p_client and s.effective)
                           else (select v.revision_ids from app.plans_version v
                                  where v.client_id = p_client and v.plan_id = p_plan and (p_at is null or v.at < p_at)
                                  order by v.sequence desc limit 1) end) as revision_id),
    spoken as (   -- every yes of those who decide to what is in force was said and written down
        select bool_and(exists (select from app.plans_answer a
                                 where a.client_id = p_client and a.revision_id = f.revision_id and a.choice = 'yes'
                                   and a.recorded_by_id is not null and (p_at is null or a.at < p_at))) as all_of_it
          from then_in_force f)
    select coalesce((select l.status from last l), case when (select all_of_it from spoken) then 'verbal_recorded' else 'not_offered' end),
           v.id, n.number, v.sha256, (select l.at from last l)
      from (select 1) one
      left join app.plans_version v on v.client_id = p_client and v.id = coalesce((select l.version_id from last l),
               (select x.id from app.plans_version x
                 where x.client_id = p_client and (p_plan is null or x.plan_id = p_plan) and (p_at is null or x.at < p_at)
                 order by x.at desc limit 1))
      left join app.plans_version_number n on n.client_id = p_client and n.version_id = v.id
     where p_client = any (guard.opened('plan')) or p_client = any (guard.opened('billing'))
$$;
revoke execute on function guard.plans_signature_status from public;
grant execute on function guard.plans_signature_status to cp_app;

-- A version's number for people. Billing's reading gives one too (PLAN-8), and software is nobody: the event says who it was.
create or replace function guard.plans_version_number_is_next() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if new.number <> 1 + coalesce((select max(n.number) from app.plans_version_number n
                                    where n.plan_id = new.plan_id and n.client_id = new.client_id), 0) then
        raise exception 'plans_version_number_is_the_next_one' using errcode = 'serialization_failure';
    end if;
    if new.by_id is distinct from (case when guard.acting_recipient() is null then guard.acting_person() end)
       or (new.by_id is null) > (new.why = 'billing')
       or not exists (select from app.plans_version v where v.id = new.version_id and v.plan_id = new.plan_id
                       and v.sha256 = new.sealed::jsonb ->> 'version') then
        raise exception 'plans_version_number_seals_its_version' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create or replace trigger is_next before insert on plans_version_number
    for each row execute function guard.plans_version_number_is_next();

-- The version that was in force at the end of a day, by the practice's clock, in the plan that then was.
create function app.plans_version_on(p_client uuid, p_on date) returns app.plans_version
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select v.* from guard.record r
      join app.careplan_practice a on a.id = r.practice_id
      join app.plans_plan p on p.client_id = r.client_id
      join app.plans_version v on v.client_id = r.client_id and v.plan_id = p.id
     where r.client_id = p_client and v.at < (p_on + 1)::timestamp at time zone a.time_zone
     order by p.ended_at is null desc, p.started_at desc, v.sequence desc limit 1
$$;

-- What a seal has to say when billing reads the version of a day that has no number yet; nothing when it has one.
create function app.plans_unnumbered_on(p_client uuid, p_on date)
returns table (version_id uuid, plan_id uuid, practice_id uuid, sha256 text, number int, at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_version := app.plans_version_on(p_client, p_on);
begin
    if v.id is null or not p_client = any (guard.opened('billing', true))
       or exists (select from app.plans_version_number n where n.client_id = p_client and n.version_id = v.id) then
        return;
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    return query select v.id, v.plan_id, v.practice_id, v.sha256, 1 + coalesce((
        select max(n.number) from app.plans_version_number n where n.client_id = p_client and n.plan_id = v.plan_id), 0),
        date_trunc('milliseconds', guard.now())
     where not exists (select from app.plans_version_number n where n.client_id = p_client and n.version_id = v.id);
end $$;

-- The number that a version gets by being read for billing: the text is made and sealed outside, and has to say the truth.
create function app.plans_number_for_billing(p_id uuid, p_client uuid, p_version uuid, p_sealed text, p_seal text, p_key uuid)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_version;
    v_said jsonb := p_sealed::jsonb;
begin
    select * into v from app.plans_version x where x.client_id = p_client and x.id = p_version;
    if v.id is null or not p_client = any (guard.opened('billing', true)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    if v_said ->> 'plan' is distinct from v.plan_id::text or v_said ->> 'version' is distinct from v.sha256
       or v_said ->> 'why' is distinct from 'billing' or not guard.plans_is_now((v_said ->> 'at')::timestamptz)
       or not exists (select from app.careplan_practicekey k where k.id = p_key and k.practice_id = v.practice_id) then
        raise exception 'plans_version_number_seals_its_version' using errcode = 'check_violation';
    end if;
    insert into app.plans_version_number(id, client_id, practice_id, plan_id, version_id, number, why, at, by_id, sealed, seal, key_id)
    values (p_id, p_client, v.practice_id, v.plan_id, v.id, (v_said ->> 'number')::int, 'billing', (v_said ->> 'at')::timestamptz,
            case when guard.acting_recipient() is null then guard.acting_person() end, p_sealed, p_seal, p_key);
    perform guard.append_event(p_client, 'plan.version_numbered', 'version', v.id, '', v_said ->> 'number', '',
                               jsonb_build_object('sha256', v.sha256, 'sequence', v.sequence), null);
end $$;

revoke execute on function app.plans_version_on, app.plans_unnumbered_on, app.plans_number_for_billing from public;
grant execute on function app.plans_unnumbered_on, app.plans_number_for_billing to cp_app;
