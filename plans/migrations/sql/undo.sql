drop view plans_standing, plans_item_standing, plans_revision_standing, plans_last_word;
drop function
    guard.plans_role, guard.role_in_plan, guard.plans_is_now, guard.plans_part, guard.plans_asks, guard.plans_asks_therapist,
    guard.plans_answerable_plan, guard.plans_sheet_is_open, guard.plans_keep_client_words, guard.plans_keep_tree,
    guard.plans_revision_is_sound, guard.plans_fix_parties, guard.plans_answer_is_sound,
    guard.plans_answer_by_own_hand, guard.plans_answer_recorded, guard.plans_snapshot_items, guard.plans_version_is_next,
    guard.plans_version_matches, guard.plans_version_matches_at_commit,
    guard.plans_only_these_move, guard.plans_made_by_acting_person, guard.plans_plan_moves, guard.plans_item_moves,
    guard.plans_item_has_a_wording, guard.plans_sheet_line_is_of_its_plan, guard.plans_sheet_moves
    cascade;
drop policy plans_draft_own on plans_draft;
