-- The change feed (BILL-4). What this software may hear of, in the order of both ledgers: of clients it may have now, the kinds
-- named; of others whom it once had, only that a consent to its recipient was withdrawn.
-- The charges of an event that are this recipient's to hear of: ready, and not sent to somebody else.
create function guard.feed_charges(p_event guard.event, p_recipient text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return array(select c.id from app.plans_charge c
                  where c.client_id = p_event.client_id and (c.id = p_event.object_id or p_event.detail -> 'charges' ? c.id::text)
                    and c.state in ('billable', 'billed', 'paid', 'rejected', 'written_off')
                    and guard.recipient_key(c.sent_to) in ('', guard.recipient_key(p_recipient))
                  order by c.id);
end $$;

create function guard.feed_rows(p_software uuid, p_after bigint, p_kinds text[], p_limit int)
returns table (seq bigint, epoch int, client_id uuid, event_id uuid, may_open bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query
    select s.seq, s.epoch, s.client_id, s.event_id, guard.billing_consent(s.client_id, a.recipient) is not null
      from guard.api_client a
      join guard.sealed s on s.practice_id = a.practice_id and s.ledger = 'event'
     where a.id = p_software and s.seq > p_after
       and ((s.kind = any (p_kinds) and s.kind not in ('consent.given', 'consent.withdrawn')
             and guard.billing_consent(s.client_id, a.recipient) is not null
             and (s.kind not like 'charge.%' or exists (
                select from guard.event e where e.id = s.event_id and cardinality(guard.feed_charges(e, a.recipient)) > 0)))
            or ((s.kind = 'consent.withdrawn'
                 or (s.kind = 'consent.given' and s.kind = any (p_kinds) and guard.billing_consent(s.client_id, a.recipient) is not null))
                and exists (   -- of consents only those that are about this recipient: no other is theirs to hear of
                select from guard.event e join app.clients_consent c on c.id = e.object_id
                 where e.id = s.event_id and c.kind = 'billing'
                   and guard.recipient_key(c.recipient) = guard.recipient_key(a.recipient))))
     order by s.seq limit least(p_limit, 1001);
end $$;

create function guard.feed_events(p_software uuid, p_ids uuid[])
returns table (event_id uuid, client_id uuid, at timestamptz, kind text, object_id uuid, before text, after text, detail jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select e.id, e.client_id, e.at, e.kind, e.object_id, e.before, e.after,
           case when e.kind like 'charge.%'
                then e.detail || jsonb_build_object('charges', guard.feed_charges(e, guard.acting_recipient()))
                else e.detail end
      from guard.event e
     where e.id = any (p_ids) and p_software = guard.acting_person()
       and (e.client_id = any (guard.opened('billing')) or e.kind = 'consent.withdrawn')
$$;

-- Whether a place in the order still means what it meant: a restore may have taken away what came after the backup.
create function guard.place_holds(p_epoch int, p_seq bigint) returns bool
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select p_seq = 0 or exists (select from guard.epoch e where e.number = p_epoch
        and not exists (select from guard.epoch n where n.number = p_epoch + 1 and n.first_seq <= p_seq))
$$;

revoke execute on function guard.feed_charges, guard.feed_rows, guard.feed_events, guard.place_holds from public;
grant execute on function guard.feed_rows, guard.feed_events, guard.place_holds to cp_app;
