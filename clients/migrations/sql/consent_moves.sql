-- The only writers of what the decision trusts (ACC-2c, CONS-2). The application writes the conversation beside it. Each takes the
-- record's head, looks again, and gives back the moment of the move, or nothing where the consent has moved on meanwhile.

revoke update on app.clients_consent from cp_app;
grant update (told_in, reading_aids, interpreter, explained_by, questions, answers, teach_back, own_words, capacity, how, signature,
              ask_again_on, text_version, text_sha256, text_shown, pack, language) on app.clients_consent to cp_app;
revoke insert on app.clients_mandate from cp_app;

alter table app.clients_consent
    add constraint clients_consent_recipient_is_one_line check (recipient = btrim(regexp_replace(recipient, '\s+', ' ', 'g'))),
    add constraint clients_consent_shown_text_has_its_hash
        check (text_shown = '' or text_sha256 = encode(sha256(convert_to(text_shown, 'UTF8')), 'hex'));
create unique index clients_consent_given_once_by_name on app.clients_consent
    (client_id, person_id, kind, recipient_kind, lower(recipient), purpose) where state = 'given';
create index clients_consent_decided on app.clients_consent (client_id, kind, state);

-- A consent begins as a draft or an offer. Only a narrower one takes the place of a given one in the same step.
create or replace function app.clients_consent_begins() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state not in ('draft', 'offered')
       and not (new.state = 'given' and new.replaces_id is not null and pg_has_role(current_user, 'cp_owner', 'member')) then
        raise exception 'a consent begins as a draft or an offer' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create or replace function app.clients_consent_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    v_may_change text[] := array['state', 'state_at', 'state_by', 'ended_how',
                                 'limits_kept_at', 'limits_kept_by', 'limits_kept_how'];
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('draft', 'offered'), ('draft', 'lapsed'), ('draft', 'entered_in_error'),
        ('offered', 'given'), ('offered', 'declined'), ('offered', 'not_now'), ('offered', 'lapsed'),
        ('offered', 'entered_in_error'),
        ('not_now', 'offered'), ('not_now', 'given'), ('not_now', 'declined'), ('not_now', 'lapsed'),
        ('not_now', 'entered_in_error'),
        ('given', 'withdrawn'), ('given', 'expired'), ('given', 'replaced'), ('given', 'entered_in_error'),
        ('declined', 'entered_in_error'), ('withdrawn', 'entered_in_error'), ('expired', 'entered_in_error'),
        ('replaced', 'entered_in_error'), ('lapsed', 'entered_in_error')) then
        raise exception 'a consent does not move from % to %', old.state, new.state
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.state not in ('draft', 'offered', 'not_now')
       and (to_jsonb(new) - v_may_change) is distinct from (to_jsonb(old) - v_may_change) then
        raise exception 'the terms of an answered consent are not edited'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

-- The consent under its record's head, for whoever may write the class. Raises like for one that does not exist.
create function guard.consent_to_move(p_consent uuid) returns app.clients_consent
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent;
begin
    select * into v from app.clients_consent c where c.id = p_consent;
    if v.id is null or not v.client_id = any (guard.opened('consent', true)) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = v.client_id for no key update;
    select * into v from app.clients_consent c where c.id = p_consent for no key update;
    return v;
end $$;

-- Their own hand in their own pages, or somebody at work who writes down how it was said: neither passes for the other (PLAN-4).
create function guard.ensure_hand(p_person uuid, p_how text) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_how = '' or (guard.acting_person() = p_person) is distinct from (p_how = 'own_hand_portal') then
        raise check_violation using message = 'a consent says whose hand it was';
    end if;
end $$;

-- Given, at most as wide as it was offered. What was given before it to the same recipient for the same purpose is replaced.
create function guard.give_consent(p_consent uuid, p_how text, p_limits text, p_scope text[], p_until timestamptz)
returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent := guard.consent_to_move(p_consent);
    v_at timestamptz := guard.now();
    v_scope text[] := coalesce(p_scope, v.scope);
    v_until timestamptz := coalesce(p_until, v.until);
begin
    if v.state not in ('offered', 'not_now') then
        return null;
    end if;
    perform guard.ensure_hand(v.person_id, p_how);
    if not v_scope <@ v.scope or v_until > v.until then
        raise check_violation using message = 'given no wider than offered';
    end if;
    update app.clients_consent c
       set state = case when c.until <= v_at then 'expired' else 'replaced' end, state_at = v_at, state_by = guard.acting_person()
     where c.client_id = v.client_id and c.person_id = v.person_id and c.kind = v.kind and c.recipient_kind = v.recipient_kind
       and lower(c.recipient) = lower(v.recipient) and c.purpose = v.purpose and c.state = 'given';
    update app.clients_consent c
       set state = 'given', how = p_how, limits = p_limits, scope = v_scope, until = v_until,
           starts_at = greatest(c.starts_at, v_at), state_at = v_at, state_by = guard.acting_person()
     where c.id = p_consent;
    return v_at;
end $$;

-- An answer other than yes, or the offer taken back.
create function guard.move_offer(p_consent uuid, p_to text, p_how text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent := guard.consent_to_move(p_consent);
    v_at timestamptz := guard.now();
begin
    if v.state not in ('draft', 'offered', 'not_now') or p_to not in ('offered', 'declined', 'not_now', 'lapsed') then
        return null;
    end if;
    if p_how <> '' then
        perform guard.ensure_hand(v.person_id, p_how);
    end if;
    update app.clients_consent c
       set state = p_to, how = case when p_how = '' then c.how else p_how end, state_at = v_at, state_by = guard.acting_person()
     where c.id = p_consent;
    return v_at;
end $$;

-- Ended, whoever asks and however they say it: nothing is needed for less.
create function guard.end_consent(p_consent uuid, p_to text, p_how text) returns timestamptz
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

-- The same consent with less in it, or sooner at an end: it takes the place of the wider one in one step.
create function guard.narrow_consent(p_consent uuid, p_new uuid, p_how text, p_scope text[], p_until timestamptz) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent := guard.consent_to_move(p_consent);
    v_at timestamptz := guard.now();
    v_by uuid := guard.acting_person();
begin
    if v.state <> 'given' then
        return null;
    end if;
    perform guard.ensure_hand(v.person_id, p_how);
    if v.effect <> 'permit' or not p_scope <@ v.scope or cardinality(p_scope) = 0 and cardinality(v.scope) > 0
       or (v.until is not null and p_until is null) or p_until > v.until or (p_scope, p_until) is not distinct from (v.scope, v.until) then
        raise check_violation using message = 'narrower than it was';
    end if;
    update app.clients_consent c set state = 'replaced', state_at = v_at, state_by = v_by where c.id = p_consent;
    insert into app.clients_consent
    select n.* from jsonb_populate_record(v, jsonb_build_object(
        'id', p_new, 'scope', p_scope, 'until', p_until, 'how', p_how, 'starts_at', v_at, 'replaces_id', v.id, 'state', 'given',
        'made_at', v_at, 'made_by', v_by, 'state_at', v_at, 'state_by', v_by)) n;
    return v_at;
end $$;

-- A limit in words that a machine could not keep: somebody of the care team says how it is kept.
create function guard.arrange_limits(p_consent uuid, p_how_kept text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.clients_consent := guard.consent_to_move(p_consent);
    v_at timestamptz := guard.now();
begin
    if v.state <> 'given' or v.limits = '' or v.limits_kept_at is not null or p_how_kept = ''
       or guard.acting_person() = v.person_id then
        return null;
    end if;
    update app.clients_consent c
       set limits_kept_at = v_at, limits_kept_by = guard.acting_person(), limits_kept_how = p_how_kept
     where c.id = p_consent;
    return v_at;
end $$;

-- What the law asks for, from now until it ends: by those who write consents at work, on a ground of a pack.
create function guard.record_mandate(
    p_id uuid, p_client uuid, p_disclosure uuid, p_recipient text, p_scope text[], p_basis text, p_until timestamptz) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_at timestamptz := guard.now();
begin
    if not p_client = any (guard.opened('consent', true)) or p_client = any (guard.portal_clients()) then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = p_client for no key update;
    insert into app.clients_mandate(id, client_id, practice_id, disclosure_id, recipient, scope, basis, starts_at, until, made_at, made_by)
    select p_id, p_client, r.practice_id, p_disclosure, p_recipient, p_scope, p_basis, v_at, p_until, v_at, guard.acting_person()
      from guard.record r where r.client_id = p_client;
    return v_at;
end $$;

-- A disclosure that the client may not be told of yet is not shown in their own pages until its day, nor what goes on under it.
create function app.clients_withheld_disclosures() returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(d.id), '{}')
      from app.clients_disclosure d
     where d.client_id = any (guard.portal_clients()) and d.withheld_until > guard.now()
$$;
create policy clients_disclosure_told on app.clients_disclosure as restrictive for select to cp_app
    using (not id = any ((select app.clients_withheld_disclosures())::uuid[]));
create policy clients_mandate_told on app.clients_mandate as restrictive for select to cp_app
    using (not disclosure_id = any ((select app.clients_withheld_disclosures())::uuid[]));
create policy clients_disclosure_at_work on app.clients_disclosure as restrictive for insert to cp_app
    with check (not client_id = any ((select guard.portal_clients())::uuid[]));

revoke execute on function guard.consent_to_move, guard.ensure_hand, guard.give_consent, guard.move_offer, guard.end_consent,
    guard.narrow_consent, guard.arrange_limits, guard.record_mandate, app.clients_withheld_disclosures from public;
grant execute on function guard.give_consent, guard.move_offer, guard.end_consent, guard.narrow_consent, guard.arrange_limits,
    guard.record_mandate, app.clients_withheld_disclosures to cp_app;
