-- How many lead a record now. Kept here, not in Python: care is arranged by people who never open the record.
create function app.client_summary_leads() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update app.client_summary s
       set lead_count = (select count(*) from guard.care_relationship c
                          where c.client_id = new.client_id and c.role = 'lead' and c.until is null)
     where s.client_id = new.client_id;
    return null;
end $$;

create trigger summary_leads after insert or update on guard.care_relationship
    for each row execute function app.client_summary_leads();
