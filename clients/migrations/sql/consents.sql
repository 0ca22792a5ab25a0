-- A consent moves only along the table of CONS-2, and its terms are never edited once it has been answered.
create function app.clients_consent_moves() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    v_may_change text[] := array['state', 'state_at', 'state_by'];
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('draft', 'offered'), ('draft', 'lapsed'), ('draft', 'entered_in_error'),
        ('offered', 'given'), ('offered', 'declined'), ('offered', 'not_now'), ('offered', 'lapsed'),
        ('offered', 'entered_in_error'),
        ('not_now', 'offered'), ('not_now', 'given'), ('not_now', 'declined'), ('not_now', 'lapsed'),
        ('not_now', 'entered_in_error'),
        ('given', 'withdrawn'), ('given', 'expired'), ('given', 'replaced'), ('given', 'entered_in_error'),
        ('declined', 'entered_in_error'), ('withdrawn', 'entered_in_error'), ('expired', 'entered_in_error'),
        ('replaced', 'entered_in_error'), ('lapsed', 'entered_in_error')) then
        raise exception 'a consent does not move from % to %', old.state, new.state
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.state not in ('draft', 'offered', 'not_now')
       and (to_jsonb(new) - v_may_change) is distinct from (to_jsonb(old) - v_may_change) then
        raise exception 'the terms of an answered consent are not edited'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger moves before update on app.clients_consent for each row execute function app.clients_consent_moves();

-- A consent begins as a draft or an offer: nothing is born given.
create function app.clients_consent_begins() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state not in ('draft', 'offered') then
        raise exception 'a consent begins as a draft or an offer' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger begins before insert on app.clients_consent for each row execute function app.clients_consent_begins();

-- The card's hash is of the very words that are kept beside it.
alter table app.clients_limits_card_told add constraint clients_limits_card_told_hash_is_of_its_text
    check (text_sha256 = encode(sha256(convert_to(card_text, 'UTF8')), 'hex'));
