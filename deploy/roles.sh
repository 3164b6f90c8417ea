#!/bin/sh
# Makes the role of the server, which owns nothing; the image of PostgreSQL runs this once, when it makes its data.
# Data from before: run it by hand in the container of postgres (sh /docker-entrypoint-initdb.d/roles.sh).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$SERVER_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE dieu_hanh_server LOGIN PASSWORD :'password';
SQL
