-- Whoever said no to signing on a screen, or took that yes back, signs on paper: by any path, as of the same moment (CONS-4).
-- Both sides hold the record's head, so a withdrawal and a signature have one order.
create function guard.plans_signature_is_wanted_on_a_screen() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if (guard.permits(new.client_id, 'electronic')).reason
       in ('declined', 'withdrawn', 'ended', 'denied', 'limits_open', 'others_missing') then
        raise exception 'plans_signature_is_wanted_on_a_screen' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger wanted_on_a_screen before insert on plans_signature for each row when (new.method = 'portal')
    execute function guard.plans_signature_is_wanted_on_a_screen();
