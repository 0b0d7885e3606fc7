#!/usr/bin/env bash
# A real WebDAV server, WsgiDAV from PyPI, on loopback: user "dav", password "dav-pw", digest authentication.
#
#   scripts/services/webdav.sh start   installs what is missing, starts, prints WEBDAV_FOLDER; nothing when it runs
#   scripts/services/webdav.sh stop    stops what `start` started; WIPE=1 also removes the data
#
# Needs Python 3.9 or later with venv (Debian: python3-venv). WEBDAV_PORT and WEBDAV_DIR say where. The programs are
# kept in the cache.
set -euo pipefail

port=${WEBDAV_PORT:-17480}
dir=${WEBDAV_DIR:-/var/tmp/zaplecze-webdav}
python=${PYTHON:-python3}
version=4.4.0
server_version=11.1.2
start_seconds=30
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zaplecze/wsgidav-$version

runs() { [ -e "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2>/dev/null; }

install_programs() {
  [ -e "$cache/installed" ] && return
  rm -rf "$cache/venv"
  mkdir -p "$cache"
  "$python" -m venv "$cache/venv" || { echo "Python cannot make a venv. To fix: apt-get install python3-venv" >&2; exit 77; }
  "$cache/venv/bin/pip" -q install "wsgidav==$version" "cheroot==$server_version" >&2
  touch "$cache/installed"
}

start() {
  mkdir -p "$dir/files" "$(dirname "$cache")"
  exec 9>"$dir/lock"
  flock 9
  install_programs
  cat >"$dir/wsgidav.yaml" <<CONF
host: 127.0.0.1
port: $port
provider_mapping: { '/': '$dir/files' }
http_authenticator: { domain_controller: null, accept_basic: true, accept_digest: true, default_to_digest: true }
simple_dc: { user_mapping: { '*': { dav: { password: dav-pw } } } }
logging: { enable: false }
CONF
  if ! runs; then
    setsid "$cache/venv/bin/wsgidav" --config "$dir/wsgidav.yaml" >"$dir/log" 2>&1 9>&- </dev/null &
    echo $! >"$dir/pid"
  fi
  for ((i = 0; i < start_seconds * 10; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
  done
  echo "WEBDAV_FOLDER=$dir/files"
}

stop() {
  runs && kill "$(cat "$dir/pid")"
  [ "${WIPE:-}" = 1 ] && [ -e "$dir/wsgidav.yaml" ] && rm -rf "$dir"
  return 0
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
