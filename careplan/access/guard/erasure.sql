-- Disposal (AUD-5): the one thing that may happen to an immutable row. Its content becomes NULL, by two people, with a
-- basis; hashes stay, so every chain still verifies and shows that something was removed. A legal hold stops it.

create table guard.erasable (        -- which columns of which table hold content
    table_name text primary key,
    columns text[] not null,
    also text not null default ''     -- a function that names further rows which carry the same content
);

create table guard.legal_hold (
    id uuid primary key,
    client_id uuid not null references guard.record (client_id),
    basis text not null constraint legal_hold_has_a_basis check (basis <> ''),
    since timestamptz not null,
    set_by uuid not null references careplan_person (id),
    until timestamptz,
    ended_by uuid references careplan_person (id),
    constraint legal_hold_end_has_its_who check ((until is null) = (ended_by is null))
);

create table guard.erasure (
    id uuid primary key,
    client_id uuid not null references guard.record (client_id),
    table_name text not null references guard.erasable (table_name),
    row_ids uuid[] not null,
    basis text not null constraint erasure_has_a_basis check (basis <> ''),
    asked_by uuid not null references careplan_person (id),
    asked_at timestamptz not null,
    done_by uuid references careplan_person (id),
    done_at timestamptz,
    xact xid8,
    constraint erasure_takes_two_people check (done_by is distinct from asked_by),
    constraint erasure_done_has_its_who check ((done_by is null) = (done_at is null) and (done_by is null) = (xact is null))
);

create function guard.may_dispose(p_client uuid, p_by uuid) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not guard.by_operator() or not exists (select from guard.record r where r.client_id = p_client
            and guard.holds_role(p_by, r.practice_id, array['manager', 'practice_lead'])) then
        raise insufficient_privilege using message = 'not yours to dispose of';
    end if;
    if exists (select from guard.legal_hold h where h.client_id = p_client and (h.until is null or h.until > guard.now())) then
        raise check_violation using message = 'a legal hold stops it';
    end if;
end $$;

-- The rows that carry the content: the one that is named, and whatever else says the same words.
create function guard.rows_to_erase(p_client uuid, p_table text, p_row uuid) returns uuid[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_there bool;
begin
    execute format('select exists (select from %s where client_id = $1 and id = $2)', guard.erasable_table(p_table))
       into v_there using p_client, p_row;
    if not coalesce(v_there, false) then
        raise no_data_found using message = 'there is no such row';
    end if;
    return array[p_row];
end $$;

create function guard.erasable_table(p_table text) returns regclass
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from guard.erasable e where e.table_name = p_table) then
        raise check_violation using message = 'nothing of this table can be erased';
    end if;
    return coalesce(to_regclass(format('app.%I', p_table)), to_regclass(format('guard.%I', p_table)));
end $$;

create function guard.ask_erasure(p_id uuid, p_client uuid, p_table text, p_row uuid, p_basis text, p_by uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform guard.may_dispose(p_client, p_by);
    insert into guard.erasure(id, client_id, table_name, row_ids, basis, asked_by, asked_at)
    values (p_id, p_client, p_table, guard.rows_to_erase(p_client, p_table, p_row), p_basis, p_by, guard.now());
end $$;

create function guard.erase(p_erasure uuid, p_by uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v guard.erasure;
    v_columns text[];
    v_also record;
    v_rows int;
begin
    select * into v from guard.erasure e where e.id = p_erasure and e.done_by is null for update;
    if v.id is null then
        raise no_data_found using message = 'nobody has asked for this, or it is done';
    end if;
    if v.asked_by = p_by then
        raise insufficient_privilege using message = 'it takes two people';
    end if;
    perform guard.may_dispose(v.client_id, p_by);
    perform from guard.head h where h.client_id = v.client_id for no key update;
    update guard.erasure set done_by = p_by, done_at = guard.now(), xact = pg_current_xact_id() where id = v.id;
    v_rows := guard.blank(v.id, v.client_id, v.table_name, v.row_ids);
    for v_also in select * from guard.also_carrying(v.client_id, v.table_name, v.row_ids) loop
        insert into guard.erasure(id, client_id, table_name, row_ids, basis, asked_by, asked_at, done_by, done_at, xact)
        values (uuidv7(), v.client_id, v_also.table_name, v_also.row_ids, v.basis, v.asked_by, v.asked_at, p_by, guard.now(),
                pg_current_xact_id());
        v_rows := v_rows + guard.blank(v.id, v.client_id, v_also.table_name, v_also.row_ids);
    end loop;
    perform guard.append_event(v.client_id, 'record.erased', v.table_name, v.row_ids[1], '', 'erased', v.basis,
                               jsonb_build_object('erasure', v.id, 'rows', v_rows, 'asked_by', v.asked_by, 'done_by', p_by), null);
    return v_rows;
end $$;

create function guard.blank(p_erasure uuid, p_client uuid, p_table text, p_rows uuid[]) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_set text := (select string_agg(format('%I = null', c), ', ') from guard.erasable e cross join unnest(e.columns) c
                    where e.table_name = p_table);
    v_rows int;
begin
    execute format('update %s set %s where client_id = $1 and id = any ($2)', guard.erasable_table(p_table), v_set)
      using p_client, p_rows;
    get diagnostics v_rows = row_count;
    return v_rows;
end $$;

-- What else carries the words of these rows. The apps' migrations put theirs in its place.
create function guard.also_carrying(p_client uuid, p_table text, p_rows uuid[]) returns table (table_name text, row_ids uuid[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select null::text, null::uuid[] where false
$$;

-- An immutable row changes in one way only: columns of content become NULL, in the transaction of its erasure.
create or replace function guard.frozen() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_columns text[];
begin
    if tg_op = 'UPDATE' then
        select e.columns into v_columns from guard.erasable e
          join guard.erasure x on x.table_name = e.table_name
         where e.table_name = tg_table_name and x.xact = pg_current_xact_id_if_assigned()
           and to_jsonb(old) ->> 'id' = any (x.row_ids::text[]) limit 1;
        if v_columns is not null and to_jsonb(new) - v_columns = to_jsonb(old) - v_columns
           and not exists (select from unnest(v_columns) c where to_jsonb(new) -> c <> 'null'::jsonb) then
            return new;
        end if;
    end if;
    raise exception 'append only: %', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function guard.hold(p_id uuid, p_client uuid, p_basis text, p_by uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform guard.may_dispose(p_client, p_by);
    insert into guard.legal_hold(id, client_id, basis, since, set_by) values (p_id, p_client, p_basis, guard.now(), p_by);
    perform guard.append_event(p_client, 'record.held', 'legal_hold', p_id, '', 'held', p_basis, '{}'::jsonb, null);
end $$;

insert into guard.erasable(table_name, columns) values ('event', array['reason']);
revoke execute on function guard.may_dispose, guard.rows_to_erase, guard.erasable_table, guard.ask_erasure, guard.erase,
    guard.blank, guard.also_carrying, guard.hold, guard.frozen from public;
