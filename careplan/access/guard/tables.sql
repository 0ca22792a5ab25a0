-- The guard's own tables (ACC-2). The running role reads some of them under policies and writes none of them:
-- everything open_records trusts is written by definer functions only (ACC-2c).

create table guard.mode (            -- owner-set, and only in a test database: the start-up check refuses it elsewhere
    one bool primary key default true check (one),
    same_transaction_ok bool not null default false,
    clock_offset interval not null default '0'
);
insert into guard.mode default values;

create table guard.protected_table ( -- every guarded table, for the completeness test and the documents
    table_name text primary key,
    tier text not null check (tier in ('directory', 'record', 'operations')),
    data_class text not null
);

create table guard.reach (           -- the review document: who reaches which class, and may they write
    purpose text not null,
    role text not null,
    data_class text not null,
    may_write bool not null default false,
    may_read bool not null default true,   -- results may be posted where nothing may be read any more (BILL-6)
    primary key (purpose, role, data_class),
    constraint reach_reaches_something check (may_read or may_write)
);

create table guard.record (          -- one row per client record; a record may stand for a couple or a family (PLAN-5a)
    client_id uuid primary key,
    practice_id uuid not null references careplan_practice (id),
    kind text not null default 'person' constraint record_kind_is_known check (kind in ('person', 'couple', 'family')),
    made_at timestamptz not null,
    made_by uuid not null references careplan_person (id),
    unique (client_id, practice_id)
);

create table guard.member (          -- for whom the record stands
    id uuid primary key default gen_random_uuid(),
    client_id uuid not null references guard.record (client_id),
    person_id uuid not null references careplan_person (id),
    since timestamptz not null,
    until timestamptz,
    constraint member_ends_after_it_starts check (until >= since)
);
create unique index member_once on guard.member (client_id, person_id) where until is null;
create index member_person on guard.member (person_id);

create table guard.decider (         -- who must say yes, on what authority; whose assent is asked beside (PLAN-5a)
    id uuid primary key default gen_random_uuid(),
    client_id uuid not null references guard.record (client_id),
    person_id uuid not null references careplan_person (id),
    authority text not null constraint decider_authority_is_known
        check (authority in ('self', 'guardian', 'both_guardians', 'court_appointed', 'couple_member')),
    voice text not null default 'decides' constraint decider_voice_is_known check (voice in ('decides', 'assents')),
    since timestamptz not null,
    until timestamptz,
    constraint decider_ends_after_it_starts check (until >= since)
);
create unique index decider_once on guard.decider (client_id, person_id) where until is null;

create table guard.staff_role (      -- a role lists clients or nothing; it never reaches the record tier by itself (ACC-12)
    id uuid primary key default gen_random_uuid(),
    practice_id uuid not null references careplan_practice (id),
    person_id uuid not null references careplan_person (id),
    role text not null constraint staff_role_is_known check (role in
        ('front_desk', 'manager', 'biller', 'therapist', 'trainee', 'supervisor', 'practice_lead', 'auditor')),
    since timestamptz not null,
    until timestamptz,
    granted_by uuid references careplan_person (id),   -- empty: by the operator's command
    ended_by uuid references careplan_person (id),
    constraint staff_role_ends_after_it_starts check (until >= since)
);
create unique index staff_role_once on guard.staff_role (person_id, practice_id, role) where until is null;

create table guard.care_relationship (   -- dated; ending one ends access at once (ACC-4)
    id uuid primary key default gen_random_uuid(),
    client_id uuid not null,
    practice_id uuid not null,
    person_id uuid not null references careplan_person (id),
    role text not null constraint care_role_is_known
        check (role in ('lead', 'co_therapist', 'cover', 'supervisor', 'trainee')),
    since timestamptz not null,
    until timestamptz,
    started_by uuid references careplan_person (id),
    ended_by uuid references careplan_person (id),
    foreign key (client_id, practice_id) references guard.record (client_id, practice_id),
    constraint care_ends_after_it_starts check (until >= since),
    constraint care_end_has_its_who check (ended_by is null or until is not null)
);
create index care_relationship_person on guard.care_relationship (person_id, client_id);
create index care_relationship_client on guard.care_relationship (client_id);

create table guard.api_client (      -- software that acts in one practice, for a recipient as consents name it (ADR 14)
    id uuid primary key,
    practice_id uuid not null references careplan_practice (id),
    recipient text not null constraint api_client_has_a_recipient check (recipient <> ''),
    since timestamptz not null,
    until timestamptz not null,
    made_by uuid references careplan_person (id),      -- empty: by the operator's command
    ended_by uuid references careplan_person (id),
    constraint api_client_ends_after_it_starts check (until >= since)
);
create index api_client_practice on guard.api_client (practice_id);

create table guard.billed (          -- whose billing was begun: the ground on which a biller opens class billing (ACC-12)
    client_id uuid primary key references guard.record (client_id),
    since timestamptz not null,
    begun_by uuid not null
);

create table guard.sent (            -- to which recipient something of a client was sent: results may come back (BILL-6)
    client_id uuid not null references guard.record (client_id),
    recipient text not null,
    at timestamptz not null,
    primary key (client_id, recipient)
);

create table guard.opening (         -- the access ledger; no foreign key: a reader never waits on a client's row (AUD-1)
    id bigint generated always as identity,
    opened_at timestamptz not null,
    good_until timestamptz not null,
    xact xid8 not null default pg_current_xact_id(),
    ticket uuid not null,
    person_id uuid not null,
    client_id uuid not null,
    role text not null,
    purpose text not null,
    via text not null,
    request_id uuid,
    granted bool not null,
    makes bool not null default false,   -- the opening that came with a new record: there is nothing to read yet
    reads text[] not null,
    writes text[] not null,
    consent_id uuid,
    hashed text not null,
    digest text not null,
    primary key (opened_at, id)
);
create index opening_ticket on guard.opening (ticket);
create index opening_client on guard.opening (client_id, opened_at);

create table guard.glance (          -- a list leaves one row per client, role and week (ACC-2a)
    client_id uuid not null,
    practice_id uuid not null,
    role text not null,
    week date not null,
    person_id uuid not null,
    via text not null,
    at timestamptz not null,
    primary key (client_id, role, week)
);

create table guard.call_code (       -- six digits read out on a call, for one thing of one record (PLAN-16)
    id uuid primary key,
    client_id uuid not null,
    practice_id uuid not null,
    object_id uuid not null,
    made_at timestamptz not null,
    made_by uuid not null references careplan_person (id),
    finds text not null constraint call_code_is_found_by_two_digits check (finds ~ '^[0-9]{2}$'),
    digest text not null,
    good_until timestamptz not null,
    tries int not null default 0 constraint call_code_has_five_tries check (tries between 0 and 5),
    opened_at timestamptz,
    holder text,
    ended_at timestamptz,
    ended_as text constraint call_code_ends_in_a_known_way
        check (ended_as in ('tries', 'ran_out', 'replaced', 'taken_back', 'closed', 'left')),
    foreign key (client_id, practice_id) references guard.record (client_id, practice_id),
    constraint call_code_is_held_once_opened check ((opened_at is null) = (holder is null)),
    constraint call_code_end_says_how check ((ended_at is null) = (ended_as is null)),
    constraint call_code_ends_after_five check (tries < 5 or ended_at is not null)
);
create unique index call_code_finds on guard.call_code (finds) where opened_at is null and ended_at is null;
create index call_code_client on guard.call_code (client_id, object_id) where ended_at is null;
create index call_code_maker on guard.call_code (made_by, client_id) where ended_at is null;

create table guard.event_kind (      -- what may be told, and the class whose writers may tell it
    kind text primary key,
    data_class text not null
);

create table guard.head (            -- locked first by every change to a record; the chain's end (AUD-1)
    client_id uuid primary key references guard.record (client_id),
    events bigint not null default 0,
    last_hash text not null,
    last_xact xid8
);

create table guard.event (           -- the event ledger: ids, codes and salted digests, never content
    client_id uuid not null,
    practice_id uuid not null,
    number bigint not null,
    id uuid not null unique,
    at timestamptz not null,
    kind text not null references guard.event_kind (kind),
    actor_id uuid,
    hat text not null,
    on_behalf_of uuid,
    object_type text not null,
    object_id uuid,
    before text not null,
    after text not null,
    reason text,                     -- the one piece of prose; erasable, its salted digest is what is hashed (AUD-5)
    reason_salt text,
    reason_digest text,
    request_id uuid,
    detail jsonb not null,
    xact xid8 not null default pg_current_xact_id(),
    hashed text not null,
    previous_hash text not null,
    hash text not null,
    primary key (client_id, number),
    foreign key (client_id, practice_id) references guard.record (client_id, practice_id),
    constraint event_states_are_codes check (before ~ '^[a-z0-9_.:-]{0,64}$' and after ~ '^[a-z0-9_.:-]{0,64}$'),
    constraint event_detail_holds_no_prose check (not jsonb_path_exists(detail,
        'strict $.** ? (@.type() == "string" && !(@ like_regex "^[A-Za-z0-9_.:+/-]{0,128}$"))')),
    constraint event_reason_has_its_digest check (reason is null or (reason_salt is not null and reason_digest is not null))
);
