#!/bin/sh
# Runs once, when the database's volume is new: roles, the database, and what PUBLIC may not.
set -eu
secret() { cat "/run/secrets/$1"; }
export PGUSER="$POSTGRES_USER"
psql -v ON_ERROR_STOP=1 -d postgres -f /careplan/roles.sql \
    -v owner_password="$(secret owner_password)" \
    -v app_password="$(secret app_password)" \
    -v backup_password="$(secret backup_password)"
psql -v ON_ERROR_STOP=1 -d postgres -c "create database careplan owner cp_owner template template0"
psql -v ON_ERROR_STOP=1 -d careplan -c "set role cp_owner" -f /careplan/database.sql
