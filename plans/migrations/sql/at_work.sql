-- Times away are seen and said at work alone: not in a client's own pages, not on a call. And nobody signs on a call,
-- where the hands are the client's and the name is the therapist's (PLAN-16).

drop policy plans_absence_read on app.plans_absence;
create policy plans_absence_read on app.plans_absence for select to cp_app
    using (practice_id = (select guard.practice_at_work()));
create policy plans_absence_said_at_work on app.plans_absence as restrictive for insert to cp_app
    with check (practice_id = (select guard.practice_at_work()));

create or replace function guard.plans_request_of_signer(p_request uuid) returns app.plans_signature_request
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    v app.plans_signature_request;
begin
    select * into v from app.plans_signature_request r where r.id = p_request;
    if v.id is null or not v.client_id = any (guard.opened('plan')) or v.signer_id is distinct from guard.acting_person()
       or guard.on_call() then
        raise insufficient_privilege using message = 'no record';
    end if;
    perform from guard.head h where h.client_id = v.client_id for no key update;
    select * into v from app.plans_signature_request r where r.id = p_request;
    return v;
end $$;
