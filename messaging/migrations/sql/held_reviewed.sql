-- What is held back is looked at again (APPT-4): given to the client for good, or held on to another day on a ground. Its
-- words never change once the note is signed.
create or replace function guard.messaging_note_held_is_sound() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_note app.messaging_note;
begin
    select * into v_note from app.messaging_note n where n.client_id = new.client_id and n.id = new.note_id;
    if new.by_id is distinct from guard.acting_person() or not guard.plans_is_now(new.at) or v_note.id is null then
        raise exception 'messaging_note_held_is_in_ones_own_name' using errcode = 'insufficient_privilege';
    end if;
    if v_note.signed_at is null then
        if v_note.author_id <> guard.acting_person() or new.given_at is not null then
            raise exception 'messaging_note_held_is_of_ones_own_draft' using errcode = 'insufficient_privilege';
        end if;
        return new;
    end if;
    if tg_op = 'INSERT' or guard.messaging_is_client_side(new.client_id) or old.given_at is not null
       or (new.id, new.client_id, new.practice_id, new.note_id, new.words)
          is distinct from (old.id, old.client_id, old.practice_id, old.note_id, old.words)
       or (new.given_at is null and new.review_on <= guard.now()::date)
       or (new.given_at is not null and not guard.plans_is_now(new.given_at)) then
        raise exception 'messaging_note_held_is_only_looked_at_again' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

drop policy messaging_note_held_is_staffs on app.messaging_note_held;
create policy messaging_note_held_is_staffs on app.messaging_note_held as restrictive for select to cp_app
    using (given_at is not null or not client_id = any ((select guard.portal_clients())::uuid[]));
create constraint trigger has_event after update on app.messaging_note_held deferrable initially deferred
    for each row when (new.given_at is not null) execute function guard.must_have_event();

-- The day from which a held part wants to be looked at again, of a client whom whoever acts cares for: a date alone, for lists.
create function guard.held_review_on(p_client uuid) returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select min(h.review_on)
      from app.messaging_note_held h join app.messaging_note n on n.client_id = h.client_id and n.id = h.note_id
     where h.client_id = p_client and p_client = any (guard.related_clients())
       and n.signed_at is not null and h.given_at is null and h.words <> ''
$$;
revoke execute on function guard.held_review_on from public;
grant execute on function guard.held_review_on to cp_app;
