-- Two slots of a clinician that are not free never overlap; what hangs on a session stays under its client.
create schema extensions;
create extension btree_gist with schema extensions;
alter table app.messaging_slot add constraint messaging_slot_no_overlap
    exclude using gist (clinician_id with =, tstzrange(starts_at, ends_at) with &&) where (not free);
alter table app.messaging_session add constraint messaging_session_own unique (client_id, id);
