-- The one decision about a client's consent (CONS-3). Whoever keeps the consents puts the rule in here; without, nothing is allowed.

create type guard.decision as (decision text, reason text, consent_id uuid, until timestamptz);

create function guard.permits(
    p_client uuid, p_purpose text, p_recipient text default '', p_class text default null, p_at timestamptz default null)
returns guard.decision
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return row('NO_CONSENT', 'not_asked', null, null)::guard.decision;
end $$;
