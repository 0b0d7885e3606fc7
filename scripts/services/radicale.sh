#!/usr/bin/env bash
# A real calendar server, Radicale from PyPI (CalDAV), on loopback: user "bot", password "radicale-pw".
#
#   scripts/services/radicale.sh start   installs what is missing, starts; nothing when it runs
#   scripts/services/radicale.sh stop    stops what `start` started; WIPE=1 also removes the data
#
# Needs Python 3.9 or later with venv (Debian: python3-venv). RADICALE_PORT and RADICALE_DIR say where. The programs are
# kept in the cache.
set -euo pipefail

port=${RADICALE_PORT:-17532}
dir=${RADICALE_DIR:-/var/tmp/zaplecze-radicale}
python=${PYTHON:-python3}
version=3.9.0
start_seconds=30
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zaplecze/radicale-$version

runs() { [ -e "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2>/dev/null; }

install_programs() {
  [ -e "$cache/installed" ] && return
  rm -rf "$cache/venv"
  mkdir -p "$cache"
  "$python" -m venv "$cache/venv" || { echo "Python cannot make a venv. To fix: apt-get install python3-venv" >&2; exit 77; }
  "$cache/venv/bin/pip" -q install "radicale==$version" >&2
  touch "$cache/installed"
}

start() {
  mkdir -p "$dir/data" "$(dirname "$cache")"
  exec 9>"$dir/lock"
  flock 9
  install_programs
  echo 'bot:radicale-pw' >"$dir/users"
  cat >"$dir/config" <<CONF
[server]
hosts = 127.0.0.1:$port
[auth]
type = htpasswd
htpasswd_filename = $dir/users
htpasswd_encryption = plain
[storage]
filesystem_folder = $dir/data
CONF
  if ! runs; then
    setsid "$cache/venv/bin/radicale" --config "$dir/config" >"$dir/log" 2>&1 9>&- </dev/null &
    echo $! >"$dir/pid"
  fi
  for ((i = 0; i < start_seconds * 10; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
  done
}

stop() {
  runs && kill "$(cat "$dir/pid")"
  [ "${WIPE:-}" = 1 ] && [ -e "$dir/config" ] && rm -rf "$dir"
  return 0
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
