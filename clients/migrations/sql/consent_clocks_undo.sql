-- As it was before.
create or replace function guard.permit_for(
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
create or replace function guard.why_no_consent(
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
create or replace function guard.end_consent(p_consent uuid, p_to text, p_how text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent := guard.consent_to_move(p_consent);
    v_at timestamptz := guard.now();
begin
    if p_to not in ('withdrawn', 'expired', 'replaced', 'entered_in_error')
       or (p_to <> 'entered_in_error' and v.state <> 'given') or v.state = 'entered_in_error' then
        return null;
    end if;
    update app.clients_consent c
       set state = p_to, ended_how = p_how, state_at = v_at, state_by = guard.acting_person()
     where c.id = p_consent;
    return v_at;
end $$;
drop function guard.longest_until;
alter table guard.pack drop column longest_release_months;
