-- The three roles of Careplan (ACC-2c). Run once per server by somebody who may make roles; running it again only
-- sets the passwords anew. Then `create database careplan owner cp_owner`, and database.sql inside it.
--   psql -v owner_password=… -v app_password=… -v backup_password=… -f roles.sql
do $$
begin
  if not exists (select from pg_roles where rolname = 'cp_owner') then create role cp_owner; end if;
  if not exists (select from pg_roles where rolname = 'cp_app') then create role cp_app; end if;
  if not exists (select from pg_roles where rolname = 'cp_backup') then create role cp_backup; end if;
end $$;
alter role cp_owner login noinherit password :'owner_password';
alter role cp_app login noinherit password :'app_password';
alter role cp_backup login noinherit bypassrls password :'backup_password';
alter role cp_owner set search_path = app, guard;
alter role cp_app set search_path = app, guard;
alter role cp_backup set search_path = app, guard;
-- No request may hold back what others wait for: the seals number rows only below the oldest open transaction (AUD-1).
alter role cp_app set idle_in_transaction_session_timeout = '60s';
alter role cp_app set lock_timeout = '20s';
alter role cp_app set statement_timeout = '60s';
