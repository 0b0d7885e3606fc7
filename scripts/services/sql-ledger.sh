#!/usr/bin/env bash
# The real legacy target of the journeys: SQL-Ledger on lighttpd with its own PostgreSQL, on loopback only.
#
#   scripts/services/sql-ledger.sh start    installs what is missing, starts, seeds; does nothing when all is there
#   scripts/services/sql-ledger.sh stop     stops what `start` started; WIPE=1 also removes the data
#
# Runs as root on Debian 12. SQL_LEDGER_PORT, SQL_LEDGER_PG_PORT and SQL_LEDGER_DIR say where. The folder, and each
# folder above it, must be open to the users postgres and www-data, so it cannot lie under /root.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

export SQL_LEDGER_PORT=${SQL_LEDGER_PORT:-17280}
export SQL_LEDGER_PG_PORT=${SQL_LEDGER_PG_PORT:-17281}
export SQL_LEDGER_DIR=${SQL_LEDGER_DIR:-/var/tmp/zaplecze-sql-ledger}
export SQL_LEDGER_DB_PASSWORD=${SQL_LEDGER_DB_PASSWORD:-ledger-db}

site=$SQL_LEDGER_DIR/www/sql-ledger
cluster=$SQL_LEDGER_DIR/pg
postgres_bin=/usr/lib/postgresql/15/bin
package=/usr/share/sql-ledger
lock=/run/lock/zaplecze-sql-ledger.lock
apt_lock_seconds=300 # another apt-get on the machine ends well within this

as_postgres() { (cd / && runuser -u postgres -- "$postgres_bin/$1" -D "$cluster" "${@:2}"); }

install_packages() {
  local wanted=(sql-ledger lighttpd postgresql-15 libdbd-pg-perl curl) name missing=()
  for name in "${wanted[@]}"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing ${missing[*]}" >&2
  local apt=(apt-get -qq -o "DPkg::Lock::Timeout=$apt_lock_seconds" -o APT::Install-Recommends=false)
  # Run level 1: the packages' own services must not start, we run ours on our own ports.
  export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" update
  "${apt[@]}" install -y "${missing[@]}" >/dev/null
}

start_database() {
  if [ ! -s "$cluster/PG_VERSION" ]; then
    install -d -o postgres -g postgres -m 700 "$cluster"
    local password=$SQL_LEDGER_DIR/initial-password
    install -o postgres -m 600 /dev/null "$password"
    echo "$SQL_LEDGER_DB_PASSWORD" >"$password"
    # The application takes texts for bytes, so a locale that knew more letters would not find names with accents again.
    as_postgres initdb --username=sql-ledger --encoding=UTF8 --locale=C \
      --auth=scram-sha-256 --pwfile="$password" >/dev/null
    rm "$password"
    printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "fsync = off" >>"$cluster/postgresql.conf"
  fi
  as_postgres pg_ctl status >/dev/null || as_postgres pg_ctl --wait --log="$cluster/server.log" -o "-p $SQL_LEDGER_PG_PORT" start >/dev/null
}

# The package runs from folders that it owns; a private copy leaves it as it was installed.
copy_application() {
  [ -d "$site" ] && return
  local staging=$SQL_LEDGER_DIR/staging folder
  rm -rf "$staging"
  mkdir -p "$staging" "$SQL_LEDGER_DIR/www"
  cp -r "$package"/. "$staging"
  for folder in users spool templates; do
    rm -rf "${staging:?}/$folder"
    install -d -o www-data -g www-data "$staging/$folder"
  done
  rm -rf "${staging:?}/css" "$staging/sql-ledger.conf"
  cp -r /var/lib/sql-ledger/css "$staging/css"
  sed "s|/var/lib/sql-ledger|$site|g" /etc/sql-ledger/sql-ledger.conf >"$staging/sql-ledger.conf"
  sed -i "s|\"$package\"|\"$site\"|g" "$staging"/*.pl
  mv "$staging" "$site"
}

web_pid() {
  local pid
  pid=$(cat "$SQL_LEDGER_DIR/lighttpd.pid" 2>/dev/null) || return 1
  # A process id may belong to somebody else by now.
  grep -qzF "$SQL_LEDGER_DIR/lighttpd.conf" "/proc/$pid/cmdline" 2>/dev/null && echo "$pid"
}

start_web() {
  web_pid >/dev/null && return
  cat >"$SQL_LEDGER_DIR/lighttpd.conf" <<CONF
server.modules = ( "mod_access", "mod_setenv", "mod_cgi" )
server.bind = "127.0.0.1"
server.port = $SQL_LEDGER_PORT
server.document-root = "$SQL_LEDGER_DIR/www"
server.username = "www-data"
server.groupname = "www-data"
server.pid-file = "$SQL_LEDGER_DIR/lighttpd.pid"
server.errorlog = "$SQL_LEDGER_DIR/lighttpd.log"
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", ".css" => "text/css", ".js" => "text/javascript", ".png" => "image/png", ".gif" => "image/gif" )
\$HTTP["url"] =~ "^/sql-ledger/(users|spool|templates|SL|bin|sql|locale)/" { url.access-deny = ( "" ) }
cgi.assign = ( ".pl" => "/usr/bin/perl" )
# The scripts call themselves again by the name "perl".
setenv.set-environment = ( "PATH" => "/usr/local/bin:/usr/bin:/bin" )
CONF
  install -o www-data -g www-data /dev/null "$SQL_LEDGER_DIR/lighttpd.log"
  lighttpd -f "$SQL_LEDGER_DIR/lighttpd.conf"
}

start() {
  [ "$(id -u)" = 0 ] || { echo "sql-ledger.sh needs root: it runs servers as postgres and www-data" >&2; exit 77; }
  install_packages
  install -d -m 755 "$SQL_LEDGER_DIR"
  start_database
  copy_application
  start_web
  "$here/sql-ledger-seed.sh" "$site/users/members"
  cat <<FACTS
url=http://127.0.0.1:$SQL_LEDGER_PORT/sql-ledger/login.pl
user=bot@demo
database=postgresql://sql-ledger:$SQL_LEDGER_DB_PASSWORD@127.0.0.1:$SQL_LEDGER_PG_PORT/demo
FACTS
}

stop() {
  local pid
  if pid=$(web_pid); then
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  fi
  if [ -s "$cluster/postmaster.pid" ]; then as_postgres pg_ctl --mode=fast --wait stop >/dev/null; fi
  if [ "${WIPE:-0}" = 1 ] && [ -s "$SQL_LEDGER_DIR/lighttpd.conf" ]; then rm -rf "$SQL_LEDGER_DIR"; fi
}

exec 9>"$lock"
flock 9
case ${1:-} in
  # The servers must not inherit the lock, or it would never open again.
  start) start 9>&- ;;
  stop) stop 9>&- ;;
  *) echo "usage: $0 start|stop" >&2; exit 64 ;;
esac
