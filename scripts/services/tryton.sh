#!/usr/bin/env bash
# A real accounting server with an API: Tryton by JSON-RPC, from PyPI, on SQLite, on loopback only.
#
#   scripts/services/tryton.sh start    installs and seeds what is missing, starts; does nothing when all is there
#   scripts/services/tryton.sh stop     stops what `start` started; WIPE=1 also removes the data
#
# Needs Python 3.9 or later with venv (Debian: python3-venv). TRYTON_PORT and TRYTON_DIR say where. Programs and the
# seeded database are kept in the cache: the first start takes a minute, the next ones two seconds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

port=${TRYTON_PORT:-17290}
dir=${TRYTON_DIR:-/var/tmp/zaplecze-tryton}
password=${TRYTON_PASSWORD:-tryton-pw}
python=${PYTHON:-python3}
database=books
version=8.2.1
accounting_version=8.2.0
start_seconds=60 # loading the modules takes two seconds, on a busy machine many times that
# What the seeded database is made of: another version or seed makes another one.
seed=$(sha256sum "$here/tryton-seed.py" | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zaplecze/tryton-$version
seeded=$cache/$database-$seed-$(printf %s "$password" | sha256sum | cut -c 1-12).sqlite

install_programs() {
  [ -e "$cache/installed" ] && return
  echo "installing Tryton $version" >&2
  rm -rf "$cache/venv"
  mkdir -p "$cache"
  "$python" -m venv "$cache/venv" || { echo "Python cannot make a venv. To fix: apt-get install python3-venv" >&2; exit 77; }
  "$cache/venv/bin/pip" -q install "trytond==$version" "trytond-account-invoice==$accounting_version" \
    "proteus==$accounting_version" >&2
  touch "$cache/installed"
}

# write_config FILE FOLDER: settings of a server whose databases lie in FOLDER
write_config() {
  cat >"$1" <<CONF
[database]
uri = sqlite://
path = $2
[web]
listen = 127.0.0.1:$port
CONF
}

make_seeded_database() {
  [ -s "$seeded" ] && return
  echo "seeding a company" >&2
  local work=$cache/seeding
  rm -rf "$work"
  mkdir -p "$work"
  write_config "$work/trytond.conf" "$work"
  touch "$work/$database.sqlite"
  (umask 077 && printf %s "$password" >"$work/password")
  TRYTONPASSFILE=$work/password "$cache/venv/bin/trytond-admin" -c "$work/trytond.conf" -d "$database" \
    -u account_invoice --activate-dependencies --email admin@example.com >"$work/log" 2>&1 || { tail "$work/log" >&2; exit 1; }
  "$cache/venv/bin/python" "$here/tryton-seed.py" "$database" "$work/trytond.conf" >>"$work/log" 2>&1 ||
    { tail "$work/log" >&2; exit 1; }
  mv "$work/$database.sqlite" "$seeded"
  rm -rf "$work"
}

server_pid() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null) || return 1
  # A process id may belong to somebody else by now.
  grep -qzF "$dir/trytond.conf" "/proc/$pid/cmdline" 2>/dev/null && echo "$pid"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

start() {
  install_programs
  make_seeded_database
  mkdir -p "$dir"
  [ -s "$dir/$database.sqlite" ] || cp "$seeded" "$dir/$database.sqlite"
  if ! server_pid >/dev/null; then
    write_config "$dir/trytond.conf" "$dir"
    setsid "$cache/venv/bin/trytond" -c "$dir/trytond.conf" -d "$database" >"$dir/log" 2>&1 </dev/null &
    echo $! >"$dir/pid"
  fi
  local end=$((SECONDS + start_seconds))
  until answers; do
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || { tail "$dir/log" >&2; exit 1; }
    [ $SECONDS -lt $end ] || { echo "Tryton does not answer on port $port" >&2; exit 1; }
    sleep 0.2
  done
  cat <<FACTS
url=http://127.0.0.1:$port/$database/
user=admin
password=$password
database=$dir/$database.sqlite
FACTS
}

stop() {
  local pid
  if pid=$(server_pid); then
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
  rm -f "$dir/pid"
  if [ "${WIPE:-0}" = 1 ] && [ -s "$dir/trytond.conf" ]; then rm -rf "$dir"; fi
}

mkdir -p "$(dirname "$cache")"
exec 9>"$(dirname "$cache")/tryton.lock"
flock 9
case ${1:-} in
  # The server must not inherit the lock, or it would never open again.
  start) start 9>&- ;;
  stop) stop 9>&- ;;
  *) echo "usage: $0 start|stop" >&2; exit 64 ;;
esac
