-- What the running role may read of the guard's tables, and which functions it may call.

alter table guard.record enable row level security;
alter table guard.member enable row level security;
alter table guard.decider enable row level security;
alter table guard.care_relationship enable row level security;
alter table guard.event enable row level security;
alter table guard.head enable row level security;
alter table guard.opening enable row level security;
alter table guard.glance enable row level security;
alter table guard.call_code enable row level security;

create policy record_read on guard.record for select to cp_app using
    (client_id = any ((select guard.related_clients())::uuid[])
     or client_id = any ((select guard.opened('billing', true))::uuid[])
     or practice_id = any ((select guard.directory_practices())::uuid[]));
create policy care_relationship_read on guard.care_relationship for select to cp_app using
    (client_id = any ((select guard.related_clients())::uuid[])
     or practice_id = any ((select guard.directory_practices())::uuid[]));
create policy member_read on guard.member for select to cp_app using
    (client_id = any ((select guard.opened('identity'))::uuid[]) or client_id = any ((select guard.opened('plan'))::uuid[])
     or client_id = any ((select guard.opened('consent'))::uuid[]));
create policy decider_read on guard.decider for select to cp_app using
    (client_id = any ((select guard.opened('identity'))::uuid[]) or client_id = any ((select guard.opened('plan'))::uuid[])
     or client_id = any ((select guard.opened('consent'))::uuid[]));
create policy event_read on guard.event for select to cp_app using
    (client_id = any ((select guard.opened('ledger'))::uuid[]));

grant select on guard.record, guard.member, guard.decider, guard.care_relationship, guard.event to cp_app;
grant select on guard.api_client, guard.staff_role, guard.event_kind, guard.protected_table, guard.reach, guard.mode to cp_app;

create trigger frozen before update or delete on guard.opening for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.opening execute function guard.frozen();
create trigger frozen before update or delete on guard.glance for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.glance execute function guard.frozen();
create trigger frozen before update or delete on guard.event for each row execute function guard.frozen();
create trigger frozen_whole before truncate on guard.event execute function guard.frozen();

revoke execute on all functions in schema guard from public;
grant execute on function
    guard.now, guard.acting_person, guard.open_records, guard.opened, guard.portal_clients, guard.may_write_record, guard.related_clients,
    guard.directory_practices, guard.operations_practices, guard.glance, guard.access_rows, guard.access_folded, guard.access_days,
    guard.lock_head, guard.record_event,
    guard.create_record, guard.start_care, guard.end_care, guard.add_decider, guard.end_decider,
    guard.grant_role, guard.end_role, guard.records_of,
    guard.on_call, guard.practice_at_work, guard.make_call_code, guard.try_call_code, guard.keep_call, guard.leave_call, guard.end_calls, guard.call_of,
    guard.add_api_client, guard.end_api_client, guard.begin_billing, guard.billed_clients, guard.lost_client,
    guard.consenting_clients, guard.acting_recipient, guard.recipient_key
    to cp_app;
