-- May this be done, for this purpose, with this recipient, with this kind of information (CONS-3)? The one rule, and its one
-- question for the application.

create table guard.consent_kind (    -- what the decision has to know of each kind of consent
    kind text primary key,
    third_party bool not null,       -- names somebody outside the practice, or is about nobody
    kept_by_people bool not null     -- a limit in words is kept by the people who read it, not by a machine
);
create table guard.pack (            -- the countries that have a policy pack, and what it lets go on within the practice as a
    country text primary key,        -- notice until it is denied; without a country: wherever there is no pack
    notices text[] not null
);
grant select on guard.consent_kind, guard.pack to cp_app;

-- Half-open: from the moment it was given until the moment it ends, however late somebody puts the label on.
create function guard.counts_at(p_from timestamptz, p_until timestamptz, p_state text, p_moved timestamptz, p_at timestamptz)
returns bool
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select p_from <= p_at and (p_until is null or p_at < p_until)
       and (p_state = 'given' or (p_state in ('withdrawn', 'expired', 'replaced') and p_at < p_moved))
$$;

-- A permit that counts for this question. Everybody who decided when it was given has said yes, or it is none.
create function guard.permit_for(
    p_client uuid, p_purpose text, p_recipient text, p_class text, p_at timestamptz, p_without uuid)
returns table (id uuid, until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with yes as materialized (
        select c.id, c.person_id, c.starts_at, c.until
          from app.clients_consent c
          join guard.consent_kind k on k.kind = c.kind
         where c.client_id = p_client and c.kind = p_purpose and c.effect = 'permit'
           and guard.recipient_key(c.recipient) = p_recipient
           and guard.counts_at(c.starts_at, c.until, c.state, c.state_at, p_at)
           and (p_class is null or p_class = any (c.scope))
           and (c.limits = '' or c.limits_kept_at is not null or k.kept_by_people)
           and c.id is distinct from p_without
    )
    select y.id, y.until from yes y
     where not exists (
        select from guard.decider d
         where d.client_id = p_client and d.voice = 'decides' and d.since <= y.starts_at
           and d.since <= p_at and (d.until is null or d.until > p_at)
           and not exists (select from yes o where o.person_id = d.person_id))
     order by y.until desc nulls first, y.id
$$;

-- Why there is no permit, from the consent that comes closest to one.
create function guard.why_no_consent(
    p_client uuid, p_purpose text, p_recipient text, p_class text, p_at timestamptz, p_without uuid)
returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((
        select case
                 when c.id = p_without then 'withdrawn'
                 when c.state = 'given' and c.starts_at > p_at then 'not_yet'
                 when c.state = 'given' and c.until <= p_at then 'ended'
                 when c.state = 'given' and not (p_class is null or p_class = any (c.scope)) then 'not_this'
                 when c.state = 'given' and c.limits <> '' and c.limits_kept_at is null and not k.kept_by_people
                     then 'limits_open'
                 when c.state = 'given' then 'others_missing'
                 when c.state = 'offered' then 'not_answered'
                 when c.state in ('expired', 'replaced') then 'ended'
                 when c.state in ('declined', 'not_now', 'withdrawn') then c.state
                 else 'not_asked' end
          from app.clients_consent c
          join guard.consent_kind k on k.kind = c.kind
         where c.client_id = p_client and c.kind = p_purpose and c.effect = 'permit'
           and guard.recipient_key(c.recipient) = p_recipient and c.state not in ('draft', 'lapsed', 'entered_in_error')
         order by c.state = 'given' desc, c.state_at desc, c.id desc
         limit 1), 'not_asked')
$$;

-- A notice, by the pack of the practice's country and by that of the client's: the stricter wins (CONS-7).
create function guard.is_notice(p_client uuid, p_purpose text) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) = 2 from (
        select p.country from guard.record r join app.careplan_practice p on p.id = r.practice_id where r.client_id = p_client
        union all
        select c.country from app.clients_client c where c.client_id = p_client) lives
     where p_purpose = any ((select k.notices from guard.pack k
                              where k.country in (lives.country, '') order by k.country desc limit 1)::text[])
$$;

create function guard.decide(
    p_client uuid, p_purpose text, p_recipient text, p_class text, p_at timestamptz, p_without uuid)
returns guard.decision
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_at timestamptz := coalesce(p_at, guard.now());
    v_to text := guard.recipient_key(p_recipient);
    v_kind guard.consent_kind;
    v record;
begin
    select * into v_kind from guard.consent_kind k where k.kind = p_purpose;
    if p_client is null or v_kind.kind is null or v_kind.third_party <> (v_to <> '')
       or (p_class is not null and not exists (select from guard.reach x where x.data_class = p_class)) then
        return row('DENY', 'unclear', null, null)::guard.decision;
    end if;
    select m.id, m.until into v from app.clients_mandate m
     where m.client_id = p_client and v_to <> '' and guard.recipient_key(m.recipient) = v_to
       and p_class = any (m.scope) and m.starts_at <= v_at and v_at < m.until
     order by m.until desc limit 1;
    if found then
        return row('PERMIT', 'law', null, v.until)::guard.decision;
    end if;
    select c.id, c.until into v from app.clients_consent c
     where c.client_id = p_client and c.effect = 'deny'
       and (c.kind = p_purpose or (c.kind = 'restriction' and v_to <> '') or (c.kind = 'self_pay' and p_purpose = 'billing'))
       and guard.recipient_key(c.recipient) in ('', v_to)
       and (p_class is null or cardinality(c.scope) = 0 or p_class = any (c.scope))
       and guard.counts_at(c.starts_at, c.until, c.state, c.state_at, v_at) and c.id is distinct from p_without
     order by c.until desc nulls first, c.id limit 1;
    if found then
        return row('DENY', 'denied', v.id, v.until)::guard.decision;
    end if;
    select y.id, y.until into v from guard.permit_for(p_client, p_purpose, v_to, p_class, v_at, p_without) y limit 1;
    if found then
        return row('PERMIT', 'given', v.id, v.until)::guard.decision;
    end if;
    if v_to = '' and guard.is_notice(p_client, p_purpose) then
        return row('PERMIT', 'notice', null, null)::guard.decision;
    end if;
    return row('NO_CONSENT', guard.why_no_consent(p_client, p_purpose, v_to, p_class, v_at, p_without), null, null)::guard.decision;
end $$;

create or replace function guard.permits(
    p_client uuid, p_purpose text, p_recipient text default '', p_class text default null, p_at timestamptz default null)
returns guard.decision
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return guard.decide(p_client, p_purpose, p_recipient, p_class, p_at, null);
end $$;

-- Who may ask: about a client opened by this request, or listed for whoever acts, or as a job that nobody stands behind.
create function guard.may_ask_about(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.acting_person() is null
        or p_client = any (guard.related_clients())
        or exists (select from guard.record r where r.client_id = p_client
                    and r.practice_id = any (guard.directory_practices()))
        or exists (select from guard.opening o
                    where o.ticket = nullif(current_setting('careplan.ticket', true), '')::uuid
                      and o.person_id = guard.acting_person() and o.client_id = p_client and o.granted
                      and o.good_until > guard.now())
$$;

-- The application's question. Never about a moment that has passed: what ended stays ended.
create function guard.permits_now(
    p_client uuid, p_purpose text, p_recipient text default '', p_class text default null, p_at timestamptz default null,
    p_without uuid default null)
returns guard.decision
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if guard.may_ask_about(p_client) is not true then
        raise insufficient_privilege using message = 'no record';
    end if;
    return guard.decide(p_client, p_purpose, p_recipient, p_class, greatest(p_at, guard.now()), p_without);
end $$;

revoke execute on function guard.counts_at, guard.permit_for, guard.why_no_consent, guard.is_notice, guard.decide,
    guard.permits, guard.may_ask_about, guard.permits_now from public;
grant execute on function guard.permits_now to cp_app;
