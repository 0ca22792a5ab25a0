-- The rules of money that the database keeps itself (BILL-2, BILL-6, ADR 14).

-- What software may not do with class billing, whatever its scope: it reads what is for its eyes, posts results and its own ids.
create policy plans_charge_for_software on app.plans_charge as restrictive for select to cp_app using (
    (select guard.acting_recipient()) is null
    or (state in ('billable', 'billed', 'paid', 'rejected', 'written_off') and sent_to in ('', (select guard.acting_recipient()))));
create policy plans_charge_not_by_software on app.plans_charge as restrictive for update to cp_app
    using ((select guard.acting_recipient()) is null);
create policy plans_charge_not_made_by_software on app.plans_charge as restrictive for insert to cp_app
    with check ((select guard.acting_recipient()) is null);
create policy plans_coverage_not_by_software on app.plans_coverage as restrictive for update to cp_app
    using ((select guard.acting_recipient()) is null);
create policy plans_coverage_not_made_by_software on app.plans_coverage as restrictive for insert to cp_app
    with check ((select guard.acting_recipient()) is null);
create policy plans_billing_details_not_by_software on app.plans_billing_details as restrictive for update to cp_app
    using ((select guard.acting_recipient()) is null);
create policy plans_billing_details_not_made_by_software on app.plans_billing_details as restrictive for insert to cp_app
    with check ((select guard.acting_recipient()) is null);
create policy plans_authorisation_not_by_software on app.plans_authorisation as restrictive for update to cp_app
    using ((select guard.acting_recipient()) is null);
create policy plans_authorisation_not_made_by_software on app.plans_authorisation as restrictive for insert to cp_app
    with check ((select guard.acting_recipient()) is null);

-- The name of whoever's billing somebody does: a biller lists these and nobody else (ACC-12).
create policy clients_client_billed on app.clients_client for select to cp_app
    using (client_id = any ((select guard.billed_clients())::uuid[]));

-- A charge moves along the table of BILL-2, and its facts stand once it was sent: a correction is a new row.
create function app.plans_charge_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    v_state text[] := array['state', 'state_at', 'state_by', 'reasons', 'released', 'sent_to', 'sent_at', 'sent_by'];
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('planned', 'billable'), ('held', 'billable'), ('not_billable', 'billable'), ('billable', 'planned'),
        ('planned', 'held'), ('billable', 'held'),
        ('planned', 'not_billable'), ('billable', 'not_billable'), ('held', 'not_billable'),
        ('planned', 'self_pay'), ('billable', 'self_pay'), ('held', 'self_pay'), ('not_billable', 'self_pay'),
        ('billable', 'billed'), ('billable', 'paid'), ('billed', 'paid'), ('rejected', 'paid'),
        ('billable', 'rejected'), ('billed', 'rejected'),
        ('billable', 'written_off'), ('billed', 'written_off'), ('rejected', 'written_off')) then
        raise exception 'a charge does not move from % to %', old.state, new.state
            using errcode = 'integrity_constraint_violation';
    end if;
    if (old.sent_at is not null or old.state not in ('planned', 'billable', 'not_billable', 'held'))
       and (to_jsonb(new) - v_state) is distinct from (to_jsonb(old) - v_state) then
        raise exception 'what was sent is not edited' using errcode = 'integrity_constraint_violation';
    end if;
    if old.sent_at is not null and (new.sent_at, new.sent_to) is distinct from (old.sent_at, old.sent_to) then
        raise exception 'what was sent stays sent' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger moves before update on app.plans_charge for each row execute function app.plans_charge_moves();

create function app.plans_charge_begins() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state <> 'planned' or new.sent_at is not null then
        raise exception 'a charge begins as planned' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger begins before insert on app.plans_charge for each row execute function app.plans_charge_begins();

-- A result moves its charge. Software may post it for what was sent to its own recipient, also when permission has ended.
create function app.plans_charge_result_comes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_charge;
    v_recipient text := guard.acting_recipient();
begin
    select * into v from app.plans_charge c where c.id = new.charge_id and c.client_id = new.client_id for no key update;
    if v.id is null or (v_recipient is not null and (v.sent_at is null or v.sent_to <> v_recipient)) then
        raise exception 'no such charge' using errcode = 'no_data_found';
    end if;
    if new.outcome = 'billed' and v.state in ('billed', 'paid', 'rejected', 'written_off')
       or new.outcome <> 'billed' and v.state not in ('billable', 'billed', 'rejected', new.outcome) then
        raise exception 'not in this state' using errcode = 'integrity_constraint_violation';
    end if;
    update app.plans_charge set state = new.outcome, state_at = new.said_at, state_by = new.said_by,
           sent_at = coalesce(sent_at, new.said_at), sent_by = coalesce(sent_by, new.said_by)
     where id = v.id and state <> new.outcome;
    return new;
end $$;
create trigger comes before insert on app.plans_charge_result for each row execute function app.plans_charge_result_comes();

-- A permission that ends holds every charge that was not sent, in its own transaction, whatever path it took (BILL-6).
create function app.plans_hold_unsent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_held uuid[];
begin
    if new.kind <> 'billing' or new.effect <> 'permit' or old.state <> 'given' or new.state in ('given', 'replaced')
       or exists (select from app.clients_consent c where c.client_id = new.client_id and c.kind = 'billing'
                   and c.effect = 'permit' and c.state = 'given' and c.id <> new.id
                   and (c.until is null or c.until > guard.now())) then
        return null;
    end if;
    with held as (
        update app.plans_charge c set state = 'held', state_at = guard.now(), state_by = new.state_by, released = false
         where c.client_id = new.client_id and c.state in ('planned', 'billable') and c.sent_at is null
        returning c.id)
    select array_agg(h.id) into v_held from held h;
    if v_held is not null then
        perform guard.append_event(new.client_id, 'charge.held', 'consent', new.id, '', 'held', '',
                                   jsonb_build_object('charges', v_held), null);
    end if;
    return null;
end $$;
create trigger hold_unsent after update of state on app.clients_consent for each row execute function app.plans_hold_unsent();

-- What the client decides about charges that were held: send them, or pay themself. Only the client, under their own opening.
create function app.plans_decide_held(p_client uuid, p_charges uuid[], p_send bool) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_ids uuid[];
begin
    if not exists (select from guard.member m where m.client_id = p_client and m.person_id = guard.acting_person()
                    and m.since <= guard.now() and (m.until is null or m.until > guard.now()))
       or not p_client = any (guard.opened('billing')) or not guard.may_write_record(p_client) then
        raise insufficient_privilege using message = 'no record';
    end if;
    with decided as (
        update app.plans_charge c
           set state = case when p_send then 'billable' else 'self_pay' end, released = p_send,
               state_at = guard.now(), state_by = guard.acting_person()
         where c.client_id = p_client and c.id = any (p_charges) and c.state = 'held'
           and (not p_send or c.service_code <> '')
        returning c.id)
    select array_agg(d.id) into v_ids from decided d;
    if v_ids is not null then
        perform guard.append_event(p_client, case when p_send then 'charge.released' else 'charge.self_pay' end, 'charge',
                                   v_ids[1], 'held', case when p_send then 'billable' else 'self_pay' end, '',
                                   jsonb_build_object('charges', v_ids), null);
    end if;
    return coalesce(cardinality(v_ids), 0);
end $$;

-- These are handed to a recipient: to software by being read, or by staff in a file. From now on they are sent, and results
-- for them are taken. Only what is ready, and permitted now or released by the client. Returns how many were new.
create function app.plans_hand_over(p_charges uuid[], p_recipient text default null) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_recipient text := coalesce(guard.acting_recipient(), nullif(p_recipient, ''));
    v_client uuid;
    v_ids uuid[];
    v_count int := 0;
begin
    for v_client in select distinct c.client_id from app.plans_charge c
         where c.id = any (p_charges) and c.sent_at is null and c.state = 'billable'
           and c.client_id = any (guard.opened('billing', true)) order by 1 loop
        perform from guard.head h where h.client_id = v_client for no key update;
        with given as (
            update app.plans_charge c set sent_at = guard.now(), sent_by = guard.acting_person(), sent_to = v_recipient
             where c.client_id = v_client and c.id = any (p_charges) and c.sent_at is null and c.state = 'billable'
               and v_recipient is not null
               and (c.released or guard.billing_consent(v_client, v_recipient) is not null)
            returning c.id)
        select array_agg(g.id) into v_ids from given g;
        if v_ids is not null then
            v_count := v_count + cardinality(v_ids);
            perform guard.append_event(v_client, 'charge.sent', 'charge', v_ids[1], '', 'sent', '',
                                       jsonb_build_object('charges', v_ids), null);
            perform guard.note_sent(array[v_client], v_recipient);
            insert into app.clients_disclosure(id, client_id, practice_id, what, scope, recipient, told_to, why, basis, basis_code,
                pack, consent_id, facts, through, supervisor_told, told_on, withheld_why, made_at, made_by)
            select uuidv7(), v_client, r.practice_id, 'Charges: days, codes and money', array['billing'], v_recipient, '',
                   'So that they pay for the times we meet', 'consent', '', '',
                   coalesce(guard.billing_consent(v_client, v_recipient),
                            (select c.id from app.clients_consent c where c.client_id = v_client and c.kind = 'billing'
                                and guard.recipient_key(c.recipient) = guard.recipient_key(v_recipient)
                              order by c.state_at desc limit 1)), '',
                   case when guard.acting_recipient() is null then 'export' else 'api' end, '', guard.now(), '', guard.now(),
                   guard.acting_person()
              from guard.record r where r.client_id = v_client;
        end if;
    end loop;
    return v_count;
end $$;

-- Ids of charges for a list: of clients whose permission for this recipient is in force. Nothing is opened by that.
create function app.plans_charges_for(p_after uuid, p_state text, p_limit int) returns table (id uuid, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.id, c.client_id
      from guard.api_client a join app.plans_charge c on c.practice_id = a.practice_id
     where a.id = guard.acting_person() and (p_after is null or c.id > p_after)
       and c.state in ('billable', 'billed', 'paid', 'rejected', 'written_off') and c.sent_to in ('', a.recipient)
       and (p_state = '' or c.state = p_state)
       and guard.billing_consent(c.client_id, a.recipient) is not null
     order by c.id limit least(p_limit, 201)
$$;

-- Counts and codes of the practice's sessions and charges for the people who do its billing; ids, dates and money only.
create function app.plans_practice_charges(p_limit int) returns table (
    id uuid, client_id uuid, name_used text, service_on date, starts_at timestamptz, service_code text, fee numeric,
    currency text, state text, reasons text[], released bool, sent_at timestamptz, state_at timestamptz,
    version int, number int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.id, c.client_id, n.name_used, c.service_on, c.starts_at, c.service_code, c.fee, c.currency, c.state, c.reasons,
           c.released, c.sent_at, c.state_at, h.versions,
           (select max(v.number) from app.plans_version_number v where v.client_id = c.client_id)
      from app.plans_charge c
      join app.clients_client n on n.client_id = c.client_id
      left join app.plan_head h on h.client_id = c.client_id
     where c.practice_id = any (guard.practices_as(array['biller', 'manager', 'practice_lead']))
     order by c.service_on desc, c.starts_at desc nulls last, c.id desc limit least(p_limit, 500)
$$;

-- What can go into a file for a recipient now: ready, not sent, and permitted or released by the client (BILL-9).
create function app.plans_ready_for(p_recipient text) returns table (id uuid, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.id, c.client_id from app.plans_charge c
     where c.practice_id = any (guard.practices_as(array['biller', 'manager', 'practice_lead']))
       and c.state = 'billable' and c.sent_at is null
       and (c.released or guard.billing_consent(c.client_id, p_recipient) is not null)
     order by c.service_on, c.id limit 500
$$;

create function app.plans_practice_totals(p_since date) returns table (state text, charges bigint, total numeric, currency text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.state, count(*), sum(c.fee), c.currency from app.plans_charge c
     where c.practice_id = any (guard.practices_as(array['biller', 'manager', 'practice_lead'])) and c.service_on >= p_since
     group by c.state, c.currency
$$;

grant execute on function app.plans_decide_held, app.plans_hand_over, app.plans_charges_for, app.plans_practice_charges, app.plans_practice_totals,
    app.plans_ready_for
    to cp_app;
