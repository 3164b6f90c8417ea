#!/bin/sh
# What the official image does with the settings that compose gives it, and with what lies in /docker-entrypoint-initdb.d.
set -eu
if [ "$(id -u)" = 0 ]; then
  chown postgres /var/lib/postgresql
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
# The command is `postgres` and its settings, as the official image has it.
shift
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  # shellcheck disable=SC2086 # several words
  initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile=/tmp/password -A scram-sha-256 $POSTGRES_INITDB_ARGS
  rm /tmp/password
  export PGHOST=/tmp PGPASSWORD="$POSTGRES_PASSWORD"
  pg_ctl -D "$PGDATA" -w -o "$* -c listen_addresses= -c unix_socket_directories=/tmp" start
  createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do . "$script"; done
  pg_ctl -D "$PGDATA" -w -m fast stop
fi
exec postgres -D "$PGDATA" "$@" -c 'listen_addresses=*' -c unix_socket_directories=/tmp,/var/run/postgresql
