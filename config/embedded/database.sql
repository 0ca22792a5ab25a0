-- Inside a database of Careplan, run by its owner: what PUBLIC may not, and the two schemas (ACC-2c).
-- No TEMP for the program: a temporary table could stand in for one that the guard reads.
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to cp_app, cp_backup', current_database());
end $$;
revoke all on schema public from public;
create schema if not exists app authorization cp_owner;
create schema if not exists guard authorization cp_owner;
grant usage on schema app, guard to cp_app, cp_backup;
alter default privileges for role cp_owner revoke execute on functions from public;
alter default privileges for role cp_owner in schema app, guard grant select on tables to cp_backup;
alter default privileges for role cp_owner in schema app, guard grant select on sequences to cp_backup;
