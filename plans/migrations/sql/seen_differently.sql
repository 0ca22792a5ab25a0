-- How staff see it, and what they can't offer, stands beside the client's own words and nowhere else (PLAN-5b).

create function guard.plans_comment_is_beside_own_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.says <> 'comment' and not exists (
            select from app.plans_item i
             where i.id = new.item_id and i.client_id = new.client_id
               and (i.kind = 'statement' and i.statement_type <> 'look_again'
                    or i.kind = 'goal' and exists (select from app.plans_item_revision r
                        where r.item_id = i.id and coalesce(r.content ->> 'client_words', '') <> ''))) then
        raise exception 'plans_comment_differs_from_own_words' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger beside_own_words before insert on plans_comment
    for each row execute function guard.plans_comment_is_beside_own_words();
revoke execute on function guard.plans_comment_is_beside_own_words from public;
