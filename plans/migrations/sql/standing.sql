-- Agreement, derived (PLAN-5, PLAN-5d, PLAN-5e): nothing of it is stored. Each view builds on the one before.

-- The last word of everyone whose answer to a wording is waited for; no word yet is an empty choice. Beside it the
-- last yes, no or not now: only a later yes takes a no back, a "yes, with changes" doesn't (PLAN-5e).
-- An assent is asked beside: it is recorded and shown, and neither brings in nor takes out (PLAN-5a).
create view plans_last_word with (security_invoker = true) as
select p.client_id, p.revision_id, p.id as party_id, p.kind, p.person_id,
       a.id as answer_id, a.number, coalesce(a.choice, '') as choice, a.until, a.until_raised,
       d.id as decided_id, d.number as decided_number, coalesce(d.choice, '') as decided,
       d.until as decided_until, d.until_raised as decided_until_raised
  from plans_party p
  left join lateral (
      select said.id, said.number, said.choice, said.until, said.until_raised
        from plans_answer said
       where said.revision_id = p.revision_id
         and (said.person_id = p.person_id
              or (p.kind = 'therapist' and said.role_held in ('lead', 'co_therapist')))
       order by said.number desc limit 1) a on true
  left join lateral (
      select said.id, said.number, said.choice, said.until, said.until_raised
        from plans_answer said
       where said.revision_id = p.revision_id and said.choice <> 'yes_with_changes'
         and (said.person_id = p.person_id
              or (p.kind = 'therapist' and said.role_held in ('lead', 'co_therapist')))
       order by said.number desc limit 1) d on true
 where p.kind <> 'assent';

-- How one wording stands: came_at is the smallest answer number at which everyone waited for had last said yes.
create view plans_revision_standing with (security_invoker = true) as
select r.id as revision_id, r.client_id, r.item_id, r.number, r.parent_id, came.came_at,
       coalesce(words.declined, false) as declined, coalesce(words.changes, false) as changes,
       words.off_answer_id, words.off_choice, words.off_until, words.off_until_raised
  from plans_item_revision r
  left join lateral (
      select min(a.number) as came_at
        from plans_answer a
       where a.revision_id = r.id and a.choice = 'yes'
         and exists (select from plans_party d where d.revision_id = r.id and d.kind = 'decider')
         and not exists (
             select from plans_party p
              where p.revision_id = r.id and p.kind <> 'assent'
                and 'yes' is distinct from (
                    select said.choice from plans_answer said
                     where said.revision_id = r.id and said.number <= a.number
                       and (said.person_id = p.person_id
                            or (p.kind = 'therapist' and said.role_held in ('lead', 'co_therapist')))
                     order by said.number desc limit 1))) came on true
  left join lateral (
      select bool_or(w.decided in ('no', 'not_now')) as declined,
             bool_or(w.choice = 'yes_with_changes') as changes,
             (array_agg(w.decided_id order by w.decided_number desc) filter (where w.decided in ('no', 'not_now')))[1] as off_answer_id,
             (array_agg(w.decided order by w.decided_number desc) filter (where w.decided in ('no', 'not_now')))[1] as off_choice,
             (array_agg(w.decided_until order by w.decided_number desc) filter (where w.decided in ('no', 'not_now')))[1] as off_until,
             (array_agg(w.decided_until_raised order by w.decided_number desc) filter (where w.decided in ('no', 'not_now')))[1]
                 as off_until_raised
        from plans_last_word w
       where w.revision_id = r.id) words on true;

-- How one item stands by itself. The highest wording that came replaced every earlier one for good.
create view plans_item_standing with (security_invoker = true) as
select i.id as item_id, i.client_id, i.practice_id, i.plan_id, i.kind, i.statement_type, i.position, i.progress,
       highest.revision_id as highest_id, highest.number as highest_number,
       case when not came.declined then came.revision_id end as in_force_id,
       case when not came.declined then came.parent_id end as in_force_parent_id,
       case when highest.came_at is null and not highest.declined and not highest.changes
            then highest.revision_id end as open_id,
       highest.parent_id as highest_parent_id,
       case when highest.declined then highest.off_answer_id else came.off_answer_id end as off_answer_id,
       case when highest.declined then highest.off_choice else came.off_choice end as off_choice,
       case when highest.declined then highest.off_until else came.off_until end as off_until,
       case when highest.declined then highest.off_until_raised else came.off_until_raised end as off_until_raised
  from plans_item i
  join lateral (
      select s.* from plans_revision_standing s
       where s.client_id = i.client_id and s.item_id = i.id
       order by s.number desc limit 1) highest on true
  left join lateral (
      select s.* from plans_revision_standing s
       where s.client_id = i.client_id and s.item_id = i.id and s.came_at is not null
       order by s.number desc limit 1) came on true;

-- The one view everybody reads. Effective: in force, and every ancestor in force; waiting: in force, but an ancestor
-- is not. Ancestors are found through the wordings in force. Off the table: neither in force nor open.
create view plans_standing with (security_invoker = true) as
select s.item_id, s.client_id, s.practice_id, s.plan_id, s.kind, s.statement_type, s.position, s.progress,
       s.highest_id, s.highest_number, s.in_force_id, s.open_id,
       coalesce(s.in_force_parent_id, s.highest_parent_id) as parent_id,
       case when s.in_force_id is null and s.open_id is null then s.off_choice end as off_choice,
       case when s.in_force_id is null and s.open_id is null then s.off_until end as off_until,
       case when s.in_force_id is null and s.open_id is null then s.off_until_raised end as off_until_raised,
       case when s.in_force_id is null and s.open_id is null then s.off_answer_id end as off_answer_id,
       s.in_force_id is not null and ancestors.all_in_force as effective,
       s.in_force_id is not null and not ancestors.all_in_force as waiting
  from plans_item_standing s
  cross join lateral (
      with recursive up as (
          select s.in_force_id as revision_id, s.in_force_parent_id as parent_id
          union
          select a.in_force_id, a.in_force_parent_id
            from up join plans_item_standing a on a.item_id = up.parent_id and a.client_id = s.client_id)
      select bool_and(up.revision_id is not null) as all_in_force from up) ancestors;

grant select on plans_last_word, plans_revision_standing, plans_item_standing, plans_standing to cp_app;
