#!/bin/sh
# Makes what the stores of docker-compose.yml speak TLS with, in deploy/tls: a certificate for each, and the authority by which the server
# knows them. The key of the authority is thrown away, so nobody can make another certificate; run it again for new ones.
# usage: deploy/certificates.sh [--renew]      then: docker compose up --force-recreate
set -eu
cd "$(dirname "$0")"
if [ -e tls ] && [ "${1:-}" != --renew ]; then
  echo "deploy/tls is there already; nothing was changed (--renew makes all of it anew)" >&2
  exit 1
fi
days=3650
umask 077
new=$(mktemp -d tls.XXXXXX)
trap 'rm -rf "$new"' EXIT
key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$new/$1.key"; }
key authority
openssl req -x509 -new -key "$new/authority.key" -days $days -subj '/CN=Dieu Hanh, stores' -out "$new/ca.pem" \
  -addext basicConstraints=critical,CA:true,pathlen:0 -addext keyUsage=critical,keyCertSign
for store in postgres redis; do
  key $store
  # Inside of its container it is asked by its address.
  printf 'subjectAltName=DNS:%s,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:false\n' $store >"$new/extensions"
  openssl req -new -key "$new/$store.key" -subj "/CN=$store" |
    openssl x509 -req -CA "$new/ca.pem" -CAkey "$new/authority.key" -days $days -extfile "$new/extensions" -out "$new/$store.pem" 2>/dev/null
done
rm "$new/authority.key" "$new/extensions"
chmod 644 "$new"/*.pem
rm -rf tls
mv "$new" tls
trap - EXIT
echo "wrote deploy/tls, good for $days days"
