-- A session that was kept is a charge, in the same transaction and whoever said so (BILL-2): planned, with the clinician who held
-- it and its times. Which service it was, and so what it costs, nobody guesses: somebody chooses it on the record's Billing page.

-- Whoever may write a record's billing begins it by keeping a session; the desk and a cover keep one and begin nothing (ACC-12).
create function guard.billing_begins_with(p_client uuid, p_practice uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from guard.roles_towards(guard.acting_person(), p_client, p_practice) t
                 join guard.reach x on x.role = t.role and x.purpose = t.purpose
                where x.data_class = 'billing' and x.may_write and t.purpose = 'care') then
        insert into guard.billed values (p_client, guard.now(), guard.acting_person()) on conflict do nothing;
        if found then
            perform guard.append_event(p_client, 'billing.begun', 'billing', null, '', '', '', '{}', null);
        end if;
    end if;
end $$;

create function guard.session_is_charged(p app.messaging_session) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_id uuid := uuidv7();
    v_zone text;
begin
    select x.time_zone into v_zone from app.careplan_practice x where x.id = p.practice_id;
    insert into app.plans_charge(id, client_id, practice_id, session_id, service_on, starts_at, minutes, service_code, modifier,
        units, place, fee, currency, diagnosis_codes, rendering_id, rendering_npi, rendering_licence, supervising_npi,
        supervising_licence, state, state_at, state_by, reasons, released, made_at, made_by, sent_to)
    values (v_id, p.client_id, p.practice_id, p.id, (p.starts_at at time zone v_zone)::date, p.starts_at,
        (extract(epoch from p.ends_at - p.starts_at) / 60)::int, '', '', 1,
        case p.modality when 'in_person' then '11' when 'video' then '10' else '' end, 0, '', '{}', p.clinician_id, '', '', '',
        '', 'planned', guard.now(), guard.acting_person(), '{service_code_missing}', false, guard.now(), guard.acting_person(), '');
    perform guard.append_event(p.client_id, 'charge.made', 'charge', v_id, '', 'planned', '', '{}', null);
    perform guard.billing_begins_with(p.client_id, p.practice_id);
end $$;

-- It did not take place after all: what was not sent is not billable, and what was sent says so, for whoever talks to the payer.
create function guard.session_is_not_charged(p app.messaging_session) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_charge;
    v_sent bool;
begin
    for v in select * from app.plans_charge c
              where c.client_id = p.client_id and c.session_id = p.id and c.state not in ('not_billable', 'self_pay')
                and not c.reasons @> '{session_not_kept}' order by c.id for no key update loop
        v_sent := v.sent_at is not null or v.state not in ('planned', 'billable', 'held');
        update app.plans_charge
           set reasons = case when v_sent then array_append(reasons, 'session_not_kept') else '{session_not_kept}' end,
               state = case when v_sent then state else 'not_billable' end,
               state_at = case when v_sent then state_at else guard.now() end,
               state_by = case when v_sent then state_by else guard.acting_person() end
         where id = v.id;
        perform guard.append_event(p.client_id, case when v_sent then 'charge.changed' else 'charge.moved' end, 'charge', v.id,
                                   v.state, case when v_sent then v.state else 'not_billable' end, '', '{}', null);
    end loop;
end $$;

create function guard.session_becomes_charge() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.state = old.state then
        return null;
    elsif new.state = 'kept' then
        -- What was left out because it had not been kept is history; the session gets a charge of its own again.
        update app.plans_charge set session_id = null
         where client_id = new.client_id and session_id = new.id and state = 'not_billable' and sent_at is null;
        update app.plans_charge set reasons = array_remove(reasons, 'session_not_kept')
         where client_id = new.client_id and session_id = new.id;
        if not exists (select from app.plans_charge c where c.client_id = new.client_id and c.session_id = new.id) then
            perform guard.session_is_charged(new);
        end if;
    elsif old.state = 'kept' then
        perform guard.session_is_not_charged(new);
    end if;
    return null;
end $$;
create trigger becomes_charge after update of state on app.messaging_session
    for each row execute function guard.session_becomes_charge();

revoke execute on all functions in schema guard from public;
