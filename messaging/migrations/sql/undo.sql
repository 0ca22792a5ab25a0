drop policy messaging_draft_own on app.messaging_draft;
drop policy messaging_seen_own on app.messaging_seen;
drop policy messaging_read_mark_own on app.messaging_read_mark;
drop policy messaging_own_own on app.messaging_own;
drop policy messaging_read_mark_own_hand on app.messaging_read_mark;
drop policy messaging_own_own_hand on app.messaging_own;
drop function guard.messaging_message_is_sound, guard.messaging_is_client_side, guard.messaging_by_the_care_team,
    guard.messaging_by_the_client, guard.messaging_recall_comes_before_keeping, guard.messaging_answer_is_to_what_stands
    cascade;
drop trigger has_event on app.messaging_read_mark;
drop trigger has_event on app.messaging_own;
