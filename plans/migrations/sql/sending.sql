-- What waits for the client, what they let go, and what goes to whom (BILL-2, BILL-6, BILL-9, ADR 14). A recipient is told from
-- another by `guard.recipient_key`, everywhere; what is kept is the name as the client's own permission spells it.

-- Software sees charges that are ready, and of those that were sent its own alone.
drop policy if exists plans_charge_for_software on app.plans_charge;
create policy plans_charge_for_software on app.plans_charge as restrictive for select to cp_app using (
    (select guard.acting_recipient()) is null
    or (state in ('billable', 'billed', 'paid', 'rejected', 'written_off')
        and guard.recipient_key(sent_to) in ('', (select guard.recipient_key(guard.acting_recipient())))));
-- A system's ids are its own: another recipient neither reads nor changes them (BILL-8).
create policy plans_external_id_for_software on app.plans_external_id as restrictive for select to cp_app using (
    (select guard.acting_recipient()) is null
    or guard.recipient_key(set_for) = (select guard.recipient_key(guard.acting_recipient())));
create policy plans_external_id_by_software on app.plans_external_id as restrictive for update to cp_app using (
    (select guard.acting_recipient()) is null
    or guard.recipient_key(set_for) = (select guard.recipient_key(guard.acting_recipient())));
create policy plans_external_id_made_by_software on app.plans_external_id as restrictive for insert to cp_app with check (
    (select guard.acting_recipient()) is null
    or guard.recipient_key(set_for) = (select guard.recipient_key(guard.acting_recipient())));
create unique index plans_external_id_once_for_a_recipient
    on app.plans_external_id (client_id, guard.recipient_key(set_for), system);

-- A charge moves along the table of BILL-2, and its facts stand once it was sent: a correction is a new row.
create or replace function app.plans_charge_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    v_state text[] := array['state', 'state_at', 'state_by', 'reasons', 'released', 'held_for', 'sent_to', 'sent_at', 'sent_by'];
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('planned', 'billable'), ('held', 'billable'), ('not_billable', 'billable'), ('billable', 'planned'),
        ('planned', 'held'), ('billable', 'held'), ('held', 'planned'),
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
create or replace trigger moves before update on app.plans_charge for each row execute function app.plans_charge_moves();

-- A result moves its charge. Software may post it for what was sent to its own recipient, also when permission has ended.
create or replace function app.plans_charge_result_comes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_charge;
    v_recipient text := guard.acting_recipient();
begin
    select * into v from app.plans_charge c where c.id = new.charge_id and c.client_id = new.client_id for no key update;
    if v.id is null or (v_recipient is not null and (v.sent_at is null or guard.recipient_key(v.sent_to) <> guard.recipient_key(v_recipient))) then
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
create or replace trigger comes before insert on app.plans_charge_result for each row execute function app.plans_charge_result_comes();

-- A recipient as this client's permissions spell it; where none names it, as somebody asks for it.
create function app.plans_recipient_name(p_client uuid, p_recipient text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce((select c.recipient from app.clients_consent c
                      where c.client_id = p_client and c.kind = 'billing' and c.effect = 'permit'
                        and guard.recipient_key(c.recipient) = guard.recipient_key(p_recipient)
                      order by c.state = 'given' desc, c.state_at desc, c.id desc limit 1), btrim(p_recipient))
$$;

-- May this charge go to this recipient now: the client permits it, or let this very one go and has not said no since.
create function app.plans_may_go(p_client uuid, p_released bool, p_held_for text, p_recipient text) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select d.decision = 'PERMIT' and d.consent_id is not null
        or d.decision <> 'DENY' and p_released and guard.recipient_key(p_held_for) = guard.recipient_key(p_recipient)
      from guard.permits(p_client, 'billing', p_recipient, 'billing') d
$$;

-- Whether anybody may have this client's billing now.
create function app.plans_anybody_permitted(p_client uuid) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from app.clients_consent c
                    where c.client_id = p_client and c.kind = 'billing' and c.effect = 'permit' and c.state = 'given'
                      and guard.billing_consent(p_client, c.recipient) is not null)
$$;

-- Holds what was not sent and may go to nobody any more, as far as it was made while somebody was permitted; what came later
-- waits for a permission as it is. `p_no`: to whom the client has just said no ('': to everybody); it ends what they had let go.
create function app.plans_hold(p_client uuid, p_no text, p_consent uuid, p_by uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_anybody bool := app.plans_anybody_permitted(p_client);
    v_last app.clients_consent;
    v_held uuid[];
begin
    select * into v_last from app.clients_consent c
     where c.client_id = p_client and c.kind = 'billing' and c.effect = 'permit'
       and c.state in ('given', 'withdrawn', 'expired', 'replaced', 'entered_in_error')
     order by guard.recipient_key(c.recipient) = guard.recipient_key(p_no) desc, c.state_at desc, c.id desc limit 1;
    with held as (
        update app.plans_charge c
           set state = 'held', state_at = guard.now(), state_by = p_by, released = false,
               held_for = case when c.released then c.held_for else v_last.recipient end
         where c.client_id = p_client and c.state in ('planned', 'billable') and c.sent_at is null
           and case when c.released then p_no is not null and guard.recipient_key(p_no) in ('', guard.recipient_key(c.held_for))
                    else not v_anybody and (c.made_at < v_last.until or v_last.until is null)
                         and (v_last.state = 'given' or c.made_at < v_last.state_at) end
           and v_last.id is not null
        returning c.id)
    select array_agg(h.id order by h.id) into v_held from held h;
    if v_held is not null then
        perform guard.append_event(p_client, 'charge.held', 'consent', p_consent, '', 'held', '',
                                   jsonb_build_object('charges', v_held), null);
    end if;
    return coalesce(cardinality(v_held), 0);
end $$;

-- A permission that ends holds every charge that was not sent, in its own transaction, whatever path it took (BILL-6):
-- withdrawn, narrowed, struck out, or overruled by a no. What takes the place of a wider one asks after it has taken it.
create or replace function app.plans_hold_unsent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_old text := case when tg_op = 'UPDATE' then old.state end;
    v_no text;
begin
    if new.kind not in ('billing', 'self_pay', 'restriction') or new.state is not distinct from v_old
       or not (new.state = 'given' or new.effect = 'permit' and new.kind = 'billing' and (
                   new.state in ('declined', 'not_now') or v_old = 'given' and new.state <> 'replaced')) then
        return null;
    end if;
    if (new.effect = 'deny' and (cardinality(new.scope) = 0 or 'billing' = any (new.scope)))
       or (new.effect = 'permit' and new.state in ('withdrawn', 'declined', 'not_now')) then
        v_no := new.recipient;
    end if;
    perform app.plans_hold(new.client_id, v_no, new.id, new.state_by);
    return null;
end $$;
drop trigger if exists hold_unsent on app.clients_consent;
create trigger hold_unsent after insert or update of state on app.clients_consent
    for each row execute function app.plans_hold_unsent();

-- The clock has passed the end of a permission: for a job that nobody stands behind. Whoever asks later is refused anyway.
create function app.plans_hold_ended() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v record;
    v_count int := 0;
begin
    if guard.acting_person() is not null then
        raise insufficient_privilege using message = 'a job of nobody';
    end if;
    for v in select distinct on (n.client_id) n.client_id, n.id, n.state_by from app.clients_consent n
              where n.kind = 'billing' and n.effect = 'permit' and n.state in ('given', 'expired') and n.until <= guard.now()
                and exists (select from app.plans_charge c
                             where c.client_id = n.client_id and c.state in ('planned', 'billable') and c.sent_at is null
                               and not c.released and c.made_at < n.until)
              order by n.client_id, n.until desc loop
        perform from guard.head h where h.client_id = v.client_id for no key update;
        v_count := v_count + app.plans_hold(v.client_id, null, v.id, v.state_by);
    end loop;
    return v_count;
end $$;

-- What the client decides about charges that were held: send them, or pay themself. Only the client, under their own opening.
-- What is let go goes to the recipient it was held for and to nobody else. `p_reasons` names what else stands in its way.
drop function if exists app.plans_decide_held(uuid, uuid[], bool);
create function app.plans_decide_held(p_client uuid, p_charges uuid[], p_send bool, p_reasons jsonb) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_ids uuid[];
begin
    if not exists (select from guard.member m where m.client_id = p_client and m.person_id = guard.acting_person()
                    and m.since <= guard.now() and (m.until is null or m.until > guard.now()))
       or not p_client = any (guard.opened('billing')) or not guard.may_write_record(p_client) then
        raise insufficient_privilege using message = 'no record';
    end if;
    with said as (
        select c.id, array(select jsonb_array_elements_text(coalesce(p_reasons -> c.id::text, '[]'))) as reasons
          from app.plans_charge c where c.client_id = p_client and c.id = any (p_charges) and c.state = 'held'),
    decided as (
        update app.plans_charge c
           set state = case when not p_send then 'self_pay' when s.reasons = '{}' and c.service_code <> '' then 'billable'
                            else 'planned' end,
               reasons = case when p_send then s.reasons else c.reasons end,
               released = p_send, held_for = case when p_send then c.held_for else '' end,
               state_at = guard.now(), state_by = guard.acting_person()
          from said s
         where c.client_id = p_client and c.id = s.id
           and (not p_send or c.held_for <> '' and app.plans_may_go(p_client, true, c.held_for, c.held_for))
        returning c.id)
    select array_agg(d.id order by d.id) into v_ids from decided d;
    if v_ids is not null then
        perform guard.append_event(p_client, case when p_send then 'charge.released' else 'charge.self_pay' end, 'charge',
                                   v_ids[1], 'held', case when p_send then 'released' else 'self_pay' end, '',
                                   jsonb_build_object('charges', v_ids), null);
    end if;
    return coalesce(cardinality(v_ids), 0);
end $$;

-- That somebody outside was told of this client, on which permission (CONS-8). What software reads is one row a day for each
-- kind, since every single reading is in the access ledger; a file is a row of its own.
create function app.plans_write_told(p_client uuid, p_recipient text, p_what text, p_through text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_id uuid := uuidv7();
begin
    insert into app.clients_disclosure(id, client_id, practice_id, what, scope, recipient, told_to, why, basis, basis_code,
        pack, consent_id, facts, through, supervisor_told, told_on, withheld_why, made_at, made_by)
    select v_id, p_client, r.practice_id, p_what, array['billing'], app.plans_recipient_name(p_client, p_recipient), '',
           'So that they pay for the times we meet', 'consent', '', '',
           coalesce(guard.billing_consent(p_client, p_recipient),
                    (select c.id from app.clients_consent c where c.client_id = p_client and c.kind = 'billing'
                        and guard.recipient_key(c.recipient) = guard.recipient_key(p_recipient)
                      order by c.state_at desc limit 1)), '', p_through, '', guard.now(), '', guard.now(), guard.acting_person()
      from guard.record r join app.careplan_practice p on p.id = r.practice_id
     where r.client_id = p_client
       and (p_through <> 'api' or not exists (
           select from app.clients_disclosure d
            where d.client_id = p_client and d.what = p_what and d.through = p_through
              and guard.recipient_key(d.recipient) = guard.recipient_key(p_recipient)
              and (d.told_on at time zone p.time_zone)::date = (guard.now() at time zone p.time_zone)::date));
    if found then
        perform guard.append_event(p_client, 'billing.told', 'disclosure', v_id, '', p_through, '', '{}', null);
    end if;
end $$;

create function app.plans_note_told(p_clients uuid[], p_what text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_client uuid;
begin
    for v_client in select c from unnest(p_clients) c
                     where guard.acting_recipient() is not null and c = any (guard.opened('billing')) order by 1 loop
        perform app.plans_write_told(v_client, guard.acting_recipient(), p_what, 'api');
    end loop;
end $$;

-- These are handed to a recipient: to software by being read, or by staff in a file. From now on they are sent, and results
-- for them are taken. Only what is ready, and may go to this recipient now. Returns those that are new, sent under the name
-- that the client's permission gives the recipient: here the spelling is settled.
drop function if exists app.plans_hand_over(uuid[], text);
create function app.plans_hand_over(p_charges uuid[], p_recipient text default null) returns uuid[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_asked text := coalesce(guard.acting_recipient(), nullif(btrim(p_recipient), ''));
    v_name text;
    v_client uuid;
    v_ids uuid[];
    v_all uuid[] := '{}';
begin
    for v_client in select distinct c.client_id from app.plans_charge c
         where v_asked is not null and c.id = any (p_charges) and c.sent_at is null and c.state = 'billable'
           and c.client_id = any (guard.opened('billing', true)) order by 1 loop
        perform from guard.head h where h.client_id = v_client for no key update;
        v_name := app.plans_recipient_name(v_client, v_asked);
        with given as (
            update app.plans_charge c set sent_at = guard.now(), sent_by = guard.acting_person(), sent_to = v_name
             where c.client_id = v_client and c.id = any (p_charges) and c.sent_at is null and c.state = 'billable'
               and app.plans_may_go(v_client, c.released, c.held_for, v_name)
            returning c.id)
        select array_agg(g.id order by g.id) into v_ids from given g;
        if v_ids is not null then
            v_all := v_all || v_ids;
            perform guard.append_event(v_client, 'charge.sent', 'charge', v_ids[1], '', 'sent', '',
                                       jsonb_build_object('charges', v_ids), null);
            perform guard.note_sent(array[v_client], v_name);
            perform app.plans_write_told(v_client, v_name, 'Charges: days, codes and money',
                                         case when guard.acting_recipient() is null then 'export' else 'api' end);
        end if;
    end loop;
    return v_all;
end $$;

-- Ids of charges for a list: of clients whose permission for this recipient is in force. Nothing is opened by that.
create or replace function app.plans_charges_for(p_after uuid, p_state text, p_limit int) returns table (id uuid, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.id, c.client_id
      from guard.api_client a join app.plans_charge c on c.practice_id = a.practice_id
     where a.id = guard.acting_person() and (p_after is null or c.id > p_after)
       and c.state in ('billable', 'billed', 'paid', 'rejected', 'written_off') and guard.recipient_key(c.sent_to) in ('', guard.recipient_key(a.recipient))
       and (p_state = '' or c.state = p_state)
       and guard.billing_consent(c.client_id, a.recipient) is not null
     order by c.id limit least(p_limit, 201)
$$;

-- What can go into a file for a recipient now: ready, not sent, and permitted or let go by the client for them (BILL-9).
create or replace function app.plans_ready_for(p_recipient text) returns table (id uuid, client_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.id, c.client_id from app.plans_charge c
     where c.practice_id = any (guard.practices_as(array['biller']))
       and c.state = 'billable' and c.sent_at is null
       and app.plans_may_go(c.client_id, c.released, c.held_for, p_recipient)
     order by c.service_on, c.id limit 500
$$;

revoke execute on function app.plans_recipient_name, app.plans_may_go, app.plans_anybody_permitted, app.plans_hold,
    app.plans_hold_ended, app.plans_write_told, app.plans_note_told, app.plans_decide_held, app.plans_hand_over from public;
grant execute on function app.plans_decide_held, app.plans_hand_over, app.plans_charges_for, app.plans_ready_for,
    app.plans_note_told, app.plans_hold_ended to cp_app;
