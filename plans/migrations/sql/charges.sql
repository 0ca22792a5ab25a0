-- The rules of money that the database keeps itself (BILL-2, BILL-6, ADR 14).

-- What software may not do with class billing, whatever its scope: it posts results and its own ids.
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

create function app.plans_charge_begins() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state <> 'planned' or new.sent_at is not null then
        raise exception 'a charge begins as planned' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger begins before insert on app.plans_charge for each row execute function app.plans_charge_begins();

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

create function app.plans_practice_totals(p_since date) returns table (state text, charges bigint, total numeric, currency text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.state, count(*), sum(c.fee), c.currency from app.plans_charge c
     where c.practice_id = any (guard.practices_as(array['biller', 'manager', 'practice_lead'])) and c.service_on >= p_since
     group by c.state, c.currency
$$;

grant execute on function app.plans_practice_charges, app.plans_practice_totals to cp_app;
