-- What billing may learn of a record, column by column (BILL-1, BILL-3, BILL-8, ADR 14). No column here holds a client's or a
-- therapist's words. Each function asks for an opening of class billing and shows nothing without one.

-- How the plan is signed, or not, and who had signed which version by a moment: roles, times and hashes.
create or replace function app.plans_signature_facts(p_client uuid, p_plan uuid, p_at timestamptz) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'status', coalesce((select s.status from guard.plans_signature_status(p_client, p_plan, p_at) s where p_plan is not null), 'not_offered'),
        'signers', (select coalesce(jsonb_agg(jsonb_build_object(
                        'role', g.role_held, 'at', g.at, 'version', v.sequence, 'sha256', g.sha256) order by g.at), '[]')
                      from app.plans_signature g join app.plans_version v on v.id = g.version_id
                     where g.client_id = p_client and g.plan_id = p_plan and g.at < p_at))
$$;

create or replace function app.plans_diagnosis_codes(p_client uuid) returns jsonb   -- only what was talked over with the client
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('system', t.code_system, 'code', t.code, 'primary', t.place = 1)
                              order by t.place), '[]')
      from (select w.code_system, w.code, row_number() over (order by w.certainty <> 'confirmed', d.begun_at, d.id) as place
              from app.clients_diagnosis d
              join lateral (select * from app.clients_diagnosis_wording x
                             where x.client_id = d.client_id and x.diagnosis_id = d.id
                             order by x.number desc limit 1) w on true
             where d.client_id = p_client and d.ended_at is null and d.shared_at is not null
               and w.code ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$' and w.certainty in ('confirmed', 'provisional')) t
$$;

-- `p_recipient`: for whom staff ask, when it is not about whoever is permitted now. Software asks for its own recipient.
drop function if exists app.plans_billing_facts(uuid, date);
create function app.plans_billing_facts(p_client uuid, p_on date, p_recipient text default '') returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_zone text;
    v_end timestamptz;
    v_plan app.plans_plan;
    v_version app.plans_version;
    v_head app.plan_head;
    v_software text := guard.acting_recipient();
    v_recipient text := coalesce(v_software, nullif(p_recipient, ''), (
        select c.recipient from app.clients_consent c
         where c.client_id = p_client and c.kind = 'billing' and c.effect = 'permit' and c.state = 'given'
         order by guard.billing_consent(p_client, c.recipient) is not null desc, c.state_at desc, c.id limit 1));
begin
    if not p_client = any (guard.opened('billing')) then
        return null;
    end if;
    select p.time_zone into v_zone from guard.record r join app.careplan_practice p on p.id = r.practice_id
     where r.client_id = p_client;
    v_end := (p_on + 1)::timestamp at time zone v_zone;
    select * into v_plan from app.plans_plan p where p.client_id = p_client and p.started_at < v_end
     order by p.ended_at is null desc, p.started_at desc limit 1;
    select * into v_version from app.plans_version v where v.client_id = p_client and v.plan_id = v_plan.id and v.at < v_end
     order by v.sequence desc limit 1;
    select * into v_head from app.plan_head h where h.client_id = p_client;
    return jsonb_build_object(
        'plan', jsonb_build_object(
            'on_file', v_version.id is not null,
            'id', v_plan.id,
            'version', v_version.sequence,
            'number', (select n.number from app.plans_version_number n
                        where n.client_id = p_client and n.version_id = v_version.id),
            'sha256', v_version.sha256,
            'effective_from', v_version.at,
            'review_due', v_head.look_again_on,
            'agreed', coalesce(v_head.agreed, 0), 'open', coalesce(v_head.open_count, 0),
            'declined', coalesce(v_head.declined, 0)),
        'signature', app.plans_signature_facts(p_client, v_plan.id, v_end),
        'diagnoses', app.plans_diagnosis_codes(p_client),
        'coverage', (select jsonb_build_object('id', c.id, 'profile', c.profile) from app.plans_coverage c
                      where c.client_id = p_client and c.ended_at is null
                        and (c.starts_on is null or c.starts_on <= p_on) and (c.ends_on is null or c.ends_on >= p_on)
                      order by c.rank, c.made_at limit 1),
        'authorisations', (
            select coalesce(jsonb_agg(jsonb_build_object(
                    'id', a.id, 'number', a.number, 'service_code', a.service_code, 'modifier', a.modifier, 'units', a.units,
                    'times_a_week', a.times_a_week, 'starts_on', a.starts_on, 'ends_on', a.ends_on,
                    'units_left', greatest(0, a.units - coalesce((
                        select sum(c.units) from app.plans_charge c where c.client_id = p_client and c.authorisation_id = a.id
                           and c.state not in ('not_billable', 'self_pay', 'written_off', 'rejected')), 0)))
                    order by a.starts_on, a.id), '[]')
              from app.plans_authorisation a
             where a.client_id = p_client and a.starts_on <= p_on and (a.ends_on is null or a.ends_on >= p_on)),
        'consent', (select jsonb_build_object('active', true, 'until', c.until) from app.clients_consent c
                     where c.id = guard.billing_consent(p_client, v_recipient)),
        'restrictions', (select coalesce(jsonb_agg(distinct d.kind), '[]') from app.clients_consent d
                          where d.client_id = p_client and d.state = 'given' and d.effect = 'deny'
                            and d.kind in ('self_pay', 'restriction', 'billing') and d.starts_at <= guard.now()
                            and (d.until is null or d.until > guard.now())   -- about everybody, or about this recipient
                            and guard.recipient_key(d.recipient) in ('', guard.recipient_key(v_recipient))
                            and (cardinality(d.scope) = 0 or 'billing' = any (d.scope))),
        'sessions', (select coalesce(jsonb_agg(jsonb_build_object(
                        'charge', case when v_software is null or c.state in
                            ('billable', 'billed', 'paid', 'rejected', 'written_off') then c.id end,
                        'service_code', c.service_code, 'modifier', c.modifier,
                        'authorisation', c.authorisation_id, 'before_plan', coalesce((
                            select bool_or(s.before_plan) from app.plans_service_code s
                             where s.practice_id = c.practice_id and s.code = c.service_code and s.modifier = c.modifier), false))
                        order by c.starts_at nulls last, c.id), '[]')
                       from app.plans_charge c
                      where c.client_id = p_client and c.service_on = p_on
                        and c.state not in ('not_billable', 'self_pay')
                        and (v_software is null
                             or guard.recipient_key(c.sent_to) in ('', guard.recipient_key(v_software)))));
end $$;

create or replace function app.plans_evidence_facts(p_client uuid, p_on date) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_end timestamptz;
    v_version app.plans_version;
    v_number app.plans_version_number;
begin
    if not p_client = any (guard.opened('billing')) then
        return null;
    end if;
    select (p_on + 1)::timestamp at time zone p.time_zone into v_end
      from guard.record r join app.careplan_practice p on p.id = r.practice_id where r.client_id = p_client;
    v_version := app.plans_version_on(p_client, p_on);
    select * into v_number from app.plans_version_number n where n.client_id = p_client and n.version_id = v_version.id;
    return jsonb_build_object(
        'plan', v_version.plan_id, 'version', v_version.sequence, 'manifest', v_version.manifest,
        'sha256', v_version.sha256, 'previous_sha256', nullif(v_version.previous_sha256, ''),
        'effective_from', v_version.at,
        'signature', app.plans_signature_facts(p_client, v_version.plan_id, v_end),
        'seal', case when v_number.id is not null then jsonb_build_object(
            'number', v_number.number, 'text', v_number.sealed, 'signature', v_number.seal, 'key', v_number.key_id,
            'public_key', (select encode(k.public_key, 'hex') from app.careplan_practicekey k where k.id = v_number.key_id))
            end);
end $$;

-- Another system's ids are not among them: each recipient hears its own (BILL-8).
drop function if exists app.plans_claim_facts(uuid[]);
create function app.plans_claim_facts(p_clients uuid[], p_recipient text default '') returns table (client_id uuid, facts jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select i.client_id, jsonb_build_object(
        'legal_name', i.legal_name, 'birth_date', i.birth_date, 'address', coalesce(d.address, ''),
        'administrative_sex', coalesce(d.administrative_sex, ''),
        'coverages', (select coalesce(jsonb_agg(jsonb_build_object(
                'id', c.id, 'payer', c.payer, 'payer_id', c.payer_id, 'member_id', c.member_id, 'subscriber', c.subscriber,
                'relation', c.relation, 'rank', c.rank, 'starts_on', c.starts_on, 'ends_on', c.ends_on)
                order by c.rank, c.made_at), '[]')
            from app.plans_coverage c where c.client_id = i.client_id and c.ended_at is null),
        'external_ids', (select coalesce(jsonb_agg(jsonb_build_object('system', e.system, 'value', e.value)
                order by e.system), '[]') from app.plans_external_id e
                where e.client_id = i.client_id and guard.recipient_key(e.set_for)
                      = guard.recipient_key(coalesce(guard.acting_recipient(), p_recipient))))
      from app.clients_identity i
      left join app.plans_billing_details d on d.client_id = i.client_id
     where i.client_id = any (p_clients) and i.client_id = any (guard.opened('billing'))
$$;

grant execute on function app.plans_billing_facts, app.plans_evidence_facts, app.plans_claim_facts
    to cp_app;
