drop trigger by_the_care_team on app.messaging_session_line;
drop trigger by_the_client on app.messaging_agenda;
drop trigger moves on app.messaging_session;
drop policy messaging_slot_read on app.messaging_slot;
drop function guard.session_book, guard.session_ask, guard.session_answer, guard.session_move, guard.session_cancel,
    guard.session_settle, guard.session_notice, guard.slot_hold, guard.slot_release, guard.sessions_kept, guard.calendar_session,
    guard.calendar_take, guard.calendar_ensure, guard.calendar_enter, guard.calendar_hand, guard.calendar_practices,
    guard.messaging_session_moves;
