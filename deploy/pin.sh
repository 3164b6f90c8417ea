#!/bin/sh
# Asks the registry which images the names below mean now, and writes their digests into .env, where docker-compose.yml takes them from.
# Run it again, and look at what changed, to take newer ones: nothing else ever changes an image under you.
# usage: deploy/pin.sh [PREFIX]      PREFIX of a registry of your own: registry.example/mirror/
#        ENGINE=podman deploy/pin.sh
set -eu
cd "$(dirname "$0")/.."
engine=${ENGINE:-docker}
umask 077
new=$(mktemp .env.XXXXXX)
trap 'rm -f "$new"' EXIT
[ ! -e .env ] || grep -vE '^(BASE|POSTGRES|REDIS)_IMAGE=' .env >"$new" || true
pin() {
  "$engine" pull -q "$2" >/dev/null
  image=$("$engine" image inspect --format '{{index .RepoDigests 0}}' "$2")
  if ! printf %s "$image" | grep -Eq '@sha256:[0-9a-f]{64}$'; then
    echo "$engine knows no digest of $2: was it built on this machine?" >&2
    exit 1
  fi
  echo "$1=$image" >>"$new"
  echo "$1=$image"
}
pin BASE_IMAGE "${1:-}debian:13-slim"
pin POSTGRES_IMAGE "${1:-}postgres:18"
pin REDIS_IMAGE "${1:-}redis:8"
mv "$new" .env
