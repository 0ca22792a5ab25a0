-- The words of a line are kept as said: a line can be ended, nothing else about it can change.
revoke update on app.clients_about_line from cp_app;
grant update (ended_at, ended_by) on app.clients_about_line to cp_app;
