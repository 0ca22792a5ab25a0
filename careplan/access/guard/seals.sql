-- Seals: the one gap-free order of both ledgers, in signed batches (AUD-1). Rows are numbered once every transaction that
-- could still slip in before them has ended; the running role reads nothing of this and numbers through one function.

create table guard.epoch (           -- a restore starts a new one: what was numbered after the backup is gone
    number int primary key,
    first_seq bigint not null,
    database oid not null,
    began_at timestamptz not null,
    why text not null constraint epoch_why_is_known check (why in ('installed', 'restored'))
);

create table guard.sealed (          -- seq is the place in the order; hash is what the ledger's row said then
    seq bigint primary key,
    epoch int not null references guard.epoch (number),
    batch bigint not null,
    ledger text not null,
    event_id uuid unique,
    opening_id bigint unique,
    client_id uuid not null,
    practice_id uuid,
    kind text,
    hash text not null,
    constraint sealed_is_a_row_of_its_ledger check (
        (ledger = 'event' and event_id is not null and opening_id is null and practice_id is not null and kind is not null)
        or (ledger = 'access' and opening_id is not null and event_id is null))
);
create index sealed_feed on guard.sealed (practice_id, seq) where ledger = 'event';
create index sealed_batch on guard.sealed (batch, seq);

create table guard.seal (            -- one signed root for each batch, chained to the one before
    batch bigint primary key,
    epoch int not null references guard.epoch (number),
    first_seq bigint not null,
    last_seq bigint not null,
    root text not null,
    previous_hash text not null,
    horizon xid8 not null,
    at timestamptz not null,
    sealed text not null,
    hash text not null,
    signature text not null,
    key_id uuid not null,
    constraint seal_covers_something check (last_seq >= first_seq)
);

create index event_xact on guard.event (xact);
create index opening_xact on guard.opening (xact);

-- The epoch that numbers now. A database that is another one than it was, or whose transactions are younger than its own
-- last seal, has been restored.
create function guard.current_epoch() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.epoch;
    v_here oid := (select d.oid from pg_database d where d.datname = current_database());
    v_last guard.seal;
begin
    select * into v from guard.epoch e order by e.number desc limit 1;
    select * into v_last from guard.seal s order by s.batch desc limit 1;
    if v.number is null then
        insert into guard.epoch values (1, 1, v_here, guard.now(), 'installed');
        return 1;
    end if;
    if v.database <> v_here or v_last.horizon > pg_snapshot_xmax(pg_current_snapshot()) then
        insert into guard.epoch values (v.number + 1, coalesce(v_last.last_seq, 0) + 1, v_here, guard.now(), 'restored');
        return v.number + 1;
    end if;
    return v.number;
end $$;

-- Told by whoever restored a backup in its own place, where nothing else shows it.
create function guard.begin_epoch() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_number int := guard.current_epoch();
    v_last bigint := coalesce((select max(s.seq) from guard.sealed s), 0);
begin
    if not guard.by_operator() then
        raise insufficient_privilege using message = 'not yours to begin';
    end if;
    insert into guard.epoch
    select v_number + 1, v_last + 1, e.database, guard.now(), 'restored' from guard.epoch e where e.number = v_number;
    return v_number + 1;
end $$;

-- Numbers every row of both ledgers that is settled, in an order that keeps each client's events in theirs. An event takes
-- its turn with the youngest transaction among its client's events up to it, and waits until that one is below the horizon:
-- an old transaction may write after a young one. Two sealers at once: the second does nothing.
create function guard.number_rows() returns table (
    batch bigint, epoch int, first_seq bigint, last_seq bigint, root text, previous text, horizon xid8, at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_last guard.seal;
    v_epoch int;
    v_batch bigint;
    v_from xid8;
    v_horizon xid8;
    v_first bigint;
    v_count bigint;
    v_root text;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('careplan.seal', 0)) then
        return;
    end if;
    v_epoch := guard.current_epoch();
    select * into v_last from guard.seal s order by s.batch desc limit 1;
    v_batch := coalesce(v_last.batch, 0) + 1;
    v_from := case when v_last.epoch = v_epoch then v_last.horizon else '0'::xid8 end;
    v_first := coalesce((select max(s.seq) from guard.sealed s), 0) + 1;
    with now_running as materialized (   -- of this very statement; a row from beyond it came out of a backup
        select pg_snapshot_xmin(pg_current_snapshot()) as below, pg_snapshot_xmax(pg_current_snapshot()) as unborn
    ), waiting as materialized (
        select e.xact, e.number as place, 'event' as ledger, e.id as event_id, null::bigint as opening_id, e.client_id,
               e.practice_id, e.kind, e.hash,
               max(case when e.xact < n.unborn then e.xact else '0'::xid8 end)
                   over (partition by e.client_id order by e.number) as turn
          from now_running n, guard.event e
         where e.xact >= v_from and not exists (select from guard.sealed s where s.event_id = e.id)
         union all
        select o.xact, o.id, 'access', null, o.id, o.client_id, null, null, o.digest,
               case when o.xact < n.unborn then o.xact else '0'::xid8 end
          from now_running n, guard.opening o
         where o.xact >= v_from and not exists (select from guard.sealed s where s.opening_id = o.id)
    ), numbered as (
        insert into guard.sealed
        select v_first - 1 + row_number() over (order by w.turn, w.client_id, w.ledger, w.place), v_epoch, v_batch,
               w.ledger, w.event_id, w.opening_id, w.client_id, w.practice_id, w.kind, w.hash
          from now_running n, waiting w
         where w.turn < n.below
        returning 1
    )
    select (select count(*) from numbered),
           least(n.below, (select min(w.xact) from waiting w where w.turn >= n.below))
      into v_count, v_horizon
      from now_running n;
    if v_count = 0 then
        return;
    end if;
    select guard.digest(string_agg(s.seq || ' ' || s.ledger || ' ' || s.hash, e'\n' order by s.seq)) into v_root
      from guard.sealed s where s.batch = v_batch;
    return query select v_batch, v_epoch, v_first, v_first + v_count - 1, v_root,
                        coalesce(v_last.hash, ''), v_horizon, date_trunc('milliseconds', guard.now());
end $$;

create function guard.write_seal(
    p_batch bigint, p_epoch int, p_first bigint, p_last bigint, p_root text, p_previous text, p_horizon xid8,
    p_at timestamptz, p_sealed text, p_signature text, p_key uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_batch <> (select coalesce(max(s.batch), 0) + 1 from guard.seal s)
       or p_batch is distinct from (select max(s.batch) from guard.sealed s) then
        raise insufficient_privilege using message = 'no batch';
    end if;
    insert into guard.seal(batch, epoch, first_seq, last_seq, root, previous_hash, horizon, at, sealed, hash, signature, key_id)
    values (p_batch, p_epoch, p_first, p_last, p_root, p_previous, p_horizon, p_at, p_sealed, guard.digest(p_sealed),
            p_signature, p_key);
end $$;

-- How long the oldest row has waited for its number. It grows when a transaction somewhere in the cluster does not end.
create function guard.unsealed_for() returns interval
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select guard.now() - least(
        (select min(e.at) from guard.event e where e.xact >= h.horizon
            and not exists (select from guard.sealed s where s.event_id = e.id)),
        (select min(o.opened_at) from guard.opening o where o.xact >= h.horizon
            and not exists (select from guard.sealed s where s.opening_id = o.id)))
      from (select coalesce((select s.horizon from guard.seal s order by s.batch desc limit 1), '0'::xid8) as horizon) h
$$;

create trigger frozen before update or delete on guard.epoch for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.epoch execute function guard.frozen();
create trigger frozen before update or delete on guard.sealed for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.sealed execute function guard.frozen();
create trigger frozen before update or delete on guard.seal for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.seal execute function guard.frozen();

revoke execute on function guard.current_epoch, guard.begin_epoch, guard.number_rows, guard.write_seal, guard.unsealed_for
    from public;
grant execute on function guard.number_rows, guard.write_seal, guard.unsealed_for to cp_app;
