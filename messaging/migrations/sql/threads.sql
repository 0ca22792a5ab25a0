-- Messages: written now, in one's own name, by somebody who may; a person's reading and typing are their own (MSG-1, MSG-2).

create function guard.messaging_message_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_role text := guard.plans_role(new.client_id, guard.acting_person());
begin
    if not guard.plans_is_now(new.at) then
        raise exception 'messaging_message_is_of_now' using errcode = 'check_violation';
    end if;
    if new.automatic and v_role not in ('client', 'guardian') then
        raise exception 'messaging_message_automatic_reply_is_to_the_client' using errcode = 'check_violation';
    end if;
    if not new.automatic and (new.author_id is distinct from guard.acting_person() or new.role is distinct from v_role
                              or v_role not in ('client', 'guardian', 'lead', 'co_therapist', 'cover', 'trainee')) then
        raise exception 'messaging_message_is_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger is_sound before insert on app.messaging_message
    for each row execute function guard.messaging_message_is_sound();

create policy messaging_draft_own on app.messaging_draft as restrictive for all to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());
create policy messaging_seen_own on app.messaging_seen as restrictive for all to cp_app
    using (person_id = guard.acting_person()) with check (person_id = guard.acting_person());

-- Their words stay where they are: a draft and a mark change in what they say, never in whose they are.
revoke update on app.messaging_draft, app.messaging_seen from cp_app;
grant update (text, at) on app.messaging_draft to cp_app;
grant update (seen, at) on app.messaging_seen to cp_app;
