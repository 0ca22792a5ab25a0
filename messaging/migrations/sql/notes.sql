-- Notes: a draft is its author's, a signed one is locked, a held part is in no portal (APPT-4).

create function guard.messaging_note_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.signed_at is not null then
        raise exception 'messaging_note_signed_is_locked' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and (new.id, new.client_id, new.practice_id, new.session_id, new.author_id, new.role)
       is distinct from (old.id, old.client_id, old.practice_id, old.session_id, old.author_id, old.role) then
        raise exception 'messaging_note_stays_whose_it_is' using errcode = 'check_violation';
    end if;
    if new.author_id is distinct from guard.acting_person() or new.changed_by_id is distinct from new.author_id
       or new.role is distinct from guard.plans_role(new.client_id, guard.acting_person())
       or new.role not in ('lead', 'co_therapist', 'cover', 'trainee', 'supervisor')
       or not guard.plans_is_now(new.changed_at) or (new.signed_at is not null and not guard.plans_is_now(new.signed_at)) then
        raise exception 'messaging_note_is_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from unnest(new.worked_on) w
                where not exists (select from app.plans_item i where i.client_id = new.client_id and i.id = w)) then
        raise exception 'messaging_note_works_on_the_clients_lines' using errcode = 'foreign_key_violation';
    end if;
    if new.signed_at is not null and new.holds_back
       is distinct from exists (select from app.messaging_note_held h where h.note_id = new.id and h.words <> '') then
        raise exception 'messaging_note_says_that_it_holds_back' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger is_sound before insert or update on app.messaging_note
    for each row execute function guard.messaging_note_is_sound();

-- What hangs on a note: held back while it is a draft, added once it is signed; by whose hand.
create function guard.messaging_note_held_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.by_id is distinct from guard.acting_person() or not guard.plans_is_now(new.at)
       or not exists (select from app.messaging_note n where n.client_id = new.client_id and n.id = new.note_id
                       and n.author_id = guard.acting_person() and n.signed_at is null) then
        raise exception 'messaging_note_held_is_of_ones_own_draft' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger is_sound before insert or update on app.messaging_note_held
    for each row execute function guard.messaging_note_held_is_sound();
create function guard.messaging_note_addendum_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.by_id is distinct from guard.acting_person() or not guard.plans_is_now(new.at)
       or guard.messaging_is_client_side(new.client_id)
       or not exists (select from app.messaging_note n where n.client_id = new.client_id and n.id = new.note_id
                       and n.signed_at is not null) then
        raise exception 'messaging_note_addendum_is_to_what_is_signed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger is_sound before insert on app.messaging_note_addendum
    for each row execute function guard.messaging_note_addendum_is_sound();

create policy messaging_note_draft_is_its_authors on app.messaging_note as restrictive for select to cp_app
    using (signed_at is not null or author_id = guard.acting_person());
create policy messaging_note_held_is_staffs on app.messaging_note_held as restrictive for select to cp_app
    using (not client_id = any ((select guard.portal_clients())::uuid[]));

create constraint trigger has_event after insert or update on app.messaging_note deferrable initially deferred
    for each row when (new.signed_at is not null) execute function guard.must_have_event();
-- A held part stands by its note: without the author's signature nobody but them has it.
create policy messaging_note_held_of_what_is_seen on app.messaging_note_held as restrictive for select to cp_app
    using (exists (select from app.messaging_note n where n.client_id = messaging_note_held.client_id
                    and n.id = messaging_note_held.note_id));

revoke execute on all functions in schema guard from public;
