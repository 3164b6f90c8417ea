#!/bin/sh
# Writes .env for docker-compose.yml with secrets of its own, once, and the certificates of its stores; nothing has a default password.
# usage: deploy/secrets.sh      (in the folder of the checkout)
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
  echo ".env is there already; nothing was changed" >&2
  exit 1
fi
random() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
cat >.env <<ENV
POSTGRES_PASSWORD=$(random 24)
POSTGRES_SERVER_PASSWORD=$(random 24)
REDIS_PASSWORD=$(random 24)
CLUSTER_SECRET=$(random 32)
ENV
[ -e deploy/tls ] || deploy/certificates.sh
echo "wrote .env; now: deploy/pin.sh, then docker compose up --build"
