-- Signatures: about one version, by the person who was asked, sealed over exactly what they said (PLAN-10).

-- The moves of a request. Asking, and giving up asking, is the staff's; every answering move is the signer's alone and
-- goes through the two functions below.
create function guard.plans_request_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_by uuid := guard.acting_person();
begin
    perform from guard.head h where h.client_id = new.client_id for no key update;
    if tg_op = 'INSERT' then
        if new.state <> 'requested' or new.asked_by_id is distinct from v_by
           or guard.plans_role(new.client_id, v_by) in ('client', 'guardian', 'supporter') then
            raise exception 'plans_signature_request_is_asked_by_staff' using errcode = 'insufficient_privilege';
        end if;
        if guard.plans_role(new.client_id, new.signer_id) not in ('client', 'guardian', 'lead', 'co_therapist', 'supervisor') then
            raise exception 'plans_signature_request_asks_somebody_concerned' using errcode = 'check_violation';
        end if;
        if not exists (select from app.plans_version v where v.id = new.version_id and v.client_id = new.client_id
                        and v.plan_id = new.plan_id and v.sequence = (select max(l.sequence) from app.plans_version l
                                                                       where l.client_id = v.client_id and l.plan_id = v.plan_id))
           or not exists (select from app.plans_version_number n where n.version_id = new.version_id) then
            raise exception 'plans_signature_request_is_about_the_latest_version' using errcode = 'serialization_failure';
        end if;
        return new;
    end if;
    if to_jsonb(new) - array['state', 'state_at', 'state_by_id'] is distinct from to_jsonb(old) - array['state', 'state_at', 'state_by_id'] then
        raise exception 'plans_signature_request keeps what it was made with' using errcode = 'check_violation';
    end if;
    if (old.state, new.state) not in (
            ('requested', 'opened'), ('requested', 'questions'), ('requested', 'signed'), ('requested', 'declined'),
            ('requested', 'unable'), ('requested', 'expired'),
            ('opened', 'questions'), ('opened', 'signed'), ('opened', 'declined'), ('opened', 'unable'), ('opened', 'expired'),
            ('questions', 'opened'), ('questions', 'signed'), ('questions', 'declined'), ('questions', 'unable'),
            ('questions', 'expired')) then
        raise exception 'plans_signature_request_moves_by_the_table' using errcode = 'check_violation';
    end if;
    if new.state_by_id is distinct from v_by
       or (new.state in ('opened', 'questions', 'signed', 'declined') and v_by <> new.signer_id)
       or (new.state in ('unable', 'expired') and guard.plans_role(new.client_id, v_by) in ('client', 'guardian', 'supporter')) then
        raise exception 'plans_signature_request_is_answered_by_its_signer' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'signed' and not exists (select from app.plans_signature s where s.request_id = new.id) then
        raise exception 'plans_signature_request_signed_has_its_signature' using errcode = 'check_violation';
    end if;
    return new;
end $$;

-- The request as its signer reaches it now: opened for reading is enough, since a supervisor writes no plan.
create function guard.plans_request_of_signer(p_request uuid) returns app.plans_signature_request
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_signature_request;
begin
    select * into v from app.plans_signature_request r where r.id = p_request;
    if v.id is null or not v.client_id = any (guard.opened('plan')) or v.signer_id is distinct from guard.acting_person() then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = v.client_id for no key update;
    select * into v from app.plans_signature_request r where r.id = p_request;
    return v;
end $$;

-- Reading it, asking first, or rather not: the signer's own moves that make no signature.
create function guard.plans_answer_request(p_request uuid, p_state text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_signature_request := guard.plans_request_of_signer(p_request);
begin
    if p_state not in ('opened', 'questions', 'declined') then
        raise exception 'plans_signature_request_moves_by_the_table' using errcode = 'check_violation';
    end if;
    update app.plans_signature_request
       set state = p_state, state_at = date_trunc('milliseconds', guard.now()), state_by_id = guard.acting_person()
     where id = p_request;
    perform guard.append_event(v.client_id, 'signature.' || p_state, 'signature_request', v.id, v.state, p_state, '',
                               jsonb_build_object('version', v.version_id), null);
end $$;

-- Which lines of a version have other words in force now: what makes a signature about it too late.
create function guard.plans_replaced_since(p_client uuid, p_version uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(r.item_id), '{}')
      from app.plans_version v
      cross join unnest(v.revision_ids) as held (revision_id)
      join app.plans_item_revision r on r.id = held.revision_id
      join app.plans_standing s on s.item_id = r.item_id and s.client_id = r.client_id
     where v.id = p_version and v.client_id = p_client and p_client = any (guard.opened('plan'))
       and s.in_force_id is not null and s.in_force_id <> r.id
$$;

-- The only writer of signatures. The text is made outside, sealed with the practice's key; here it has to say the truth.
create function guard.plans_sign(p_id uuid, p_request uuid, p_hashed text, p_seal text, p_key uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_signature_request := guard.plans_request_of_signer(p_request);
    v_version app.plans_version;
    v_said jsonb := p_hashed::jsonb;
    v_role text := guard.plans_role(v.client_id, v.signer_id);
    v_at timestamptz := (v_said ->> 'at')::timestamptz;
begin
    select * into v_version from app.plans_version x where x.id = v.version_id and x.client_id = v.client_id;
    if v.state not in ('requested', 'opened', 'questions') then
        raise exception 'plans_signature_request_is_open' using errcode = 'serialization_failure';
    end if;
    if cardinality(guard.plans_replaced_since(v.client_id, v.version_id)) > 0 then
        raise exception 'plans_signature_is_about_words_in_force' using errcode = 'serialization_failure';
    end if;
    if v_said ->> 'schema' is distinct from 'careplan.plan-signature/1'
       or v_said ->> 'plan' is distinct from v.plan_id::text or v_said ->> 'version' is distinct from v_version.sha256
       or v_said ->> 'request' is distinct from v.id::text or v_said ->> 'person' is distinct from v.signer_id::text
       or v_said ->> 'role' is distinct from v_role
       or coalesce(v_said ->> 'authority', '') is distinct from coalesce(
              (select d.authority from guard.decider d where d.client_id = v.client_id and d.person_id = v.signer_id
                  and d.since <= guard.now() and (d.until is null or d.until > guard.now()) limit 1), '')
       or coalesce(v_said ->> 'name', '') = '' or not guard.plans_is_now(v_at)
       or v_said ->> 'at' is distinct from guard.stamp(v_at) or coalesce(v_said ->> 'salt', '') !~ '^[0-9a-f]{32}$' then
        raise exception 'plans_signature_says_the_truth' using errcode = 'check_violation';
    end if;
    if (v_role in ('client', 'guardian')) <> (v_said ->> 'method' = 'portal')
       or (v_role not in ('client', 'guardian') and v_said ->> 'statement' <> 'mine') then
        raise exception 'plans_signature_method_is_true' using errcode = 'check_violation';
    end if;
    if not exists (select from app.careplan_practicekey k where k.id = p_key and k.practice_id = v.practice_id) then
        raise exception 'plans_signature_is_sealed_by_its_practice' using errcode = 'check_violation';
    end if;
    insert into app.plans_signature(id, client_id, practice_id, request_id, plan_id, version_id, person_id, name, role_held,
        authority, statement, notes, code, method, language, interpreter, zone, at, salt, hashed, sha256, seal, key_id)
    values (p_id, v.client_id, v.practice_id, v.id, v.plan_id, v.version_id, v.signer_id, v_said ->> 'name', v_role,
        coalesce(v_said ->> 'authority', ''), v_said ->> 'statement', coalesce(v_said ->> 'notes', ''), v_said ->> 'code',
        v_said ->> 'method', v_said ->> 'language', coalesce(v_said ->> 'interpreter', ''), v_said ->> 'zone', v_at,
        v_said ->> 'salt', p_hashed, guard.digest(p_hashed), p_seal, p_key);
    update app.plans_signature_request set state = 'signed', state_at = v_at, state_by_id = v.signer_id where id = v.id;
    perform guard.append_event(v.client_id, 'signature.made', 'signature', p_id, v.state, v_said ->> 'statement', '',
        jsonb_build_object('version', v_version.sha256, 'sha256', guard.digest(p_hashed), 'role', v_role), null);
end $$;

create trigger moves before insert or update on plans_signature_request for each row execute function guard.plans_request_moves();
create trigger made before insert on plans_not_signed for each row execute function guard.plans_made_by_acting_person('by_id');
create trigger made before insert on plans_sign_attempt for each row execute function guard.plans_made_by_acting_person('by_id');
revoke insert on plans_signature from cp_app;
revoke execute on function guard.plans_request_of_signer from public;
grant execute on function guard.plans_answer_request, guard.plans_sign, guard.plans_replaced_since to cp_app;
