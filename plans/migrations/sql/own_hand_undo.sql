drop policy plans_absence_read on plans_absence;
drop policy plans_absence_insert on plans_absence;
drop policy plans_absence_update on plans_absence;
drop policy plans_answer_window_read on plans_answer_window;
drop policy plans_answer_window_insert on plans_answer_window;
drop function
    guard.plans_is_client_side, guard.plans_ask_moves, guard.plans_ask_line_is_open, guard.plans_pause_moves,
    guard.plans_keep_pausing, guard.is_resting, guard.rest_says, guard.pausing_follows_the_pauses, guard.plans_away, guard.plans_duty,
    guard.plans_absence_is_called_off_once
    cascade;
