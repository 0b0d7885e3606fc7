#!/usr/bin/env bash
# A private mail server on loopback, for the journeys: Exim takes mail by SMTP and hands it to Dovecot by LMTP, Dovecot
# serves IMAP (IDLE, MOVE, STARTTLS). Needs root on Debian: it installs the packages that are missing.
#
#   dovecot.sh start   starts what does not run yet; prints host, ports, users. Safe to call again.
#   dovecot.sh stop    stops what `start` started for this DATA_DIR, and nothing else. WIPE=1 removes the data too.
#
# Environment, with what it is without it:
#   DATA_DIR=/var/tmp/zaplecze-dovecot   searchable for other users in all its parents (no 0700 temporary folder)
#   SMTP_PORT=17325 IMAP_PORT=17343 IMAPS_PORT=17393 LMTP_PORT=17324
#   MAIL_DOMAIN=mail.test MAIL_USERS="invoices approver" MAIL_PASSWORD=secret
set -euo pipefail

DATA_DIR=${DATA_DIR:-/var/tmp/zaplecze-dovecot}
SMTP_PORT=${SMTP_PORT:-17325}
IMAP_PORT=${IMAP_PORT:-17343}
IMAPS_PORT=${IMAPS_PORT:-17393}
LMTP_PORT=${LMTP_PORT:-17324}
MAIL_DOMAIN=${MAIL_DOMAIN:-mail.test}
MAIL_USERS=${MAIL_USERS:-invoices approver}
MAIL_PASSWORD=${MAIL_PASSWORD:-secret}

DOVECOT_CONF=$DATA_DIR/dovecot.conf
EXIM_CONF=$DATA_DIR/exim.conf
DOVECOT_PID=$DATA_DIR/run/master.pid
EXIM_PID=$DATA_DIR/exim.pid
STOP_SECONDS=10
APT_LOCK_SECONDS=300 # another apt-get on the machine ends well within this

main() {
  case ${1:-} in
    start) start ;;
    stop) stop ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
  esac
}

start() {
  require_root_on_debian
  install_packages
  mkdir -p "$DATA_DIR"
  chmod 755 "$DATA_DIR"
  exec 9>"$DATA_DIR/lock"
  flock 9
  prepare_folders
  write_users
  write_dovecot_conf
  write_exim_conf
  runs "$DOVECOT_PID" "$DOVECOT_CONF" || dovecot -c "$DOVECOT_CONF" 9>&-
  runs "$EXIM_PID" "$EXIM_CONF" || exim4 -C "$EXIM_CONF" -bd -q10s -oP "$EXIM_PID" 9>&-
  wait_for_port "$SMTP_PORT"
  wait_for_port "$IMAP_PORT"
  echo "smtp 127.0.0.1:$SMTP_PORT, imap 127.0.0.1:$IMAP_PORT (STARTTLS), imaps 127.0.0.1:$IMAPS_PORT"
  echo "users: $(for user in $MAIL_USERS; do printf '%s@%s ' "$user" "$MAIL_DOMAIN"; done)"
}

stop() {
  end "$EXIM_PID" "$EXIM_CONF"
  end "$DOVECOT_PID" "$DOVECOT_CONF"
  # The file that `start` writes is the proof that this folder is ours to remove.
  if [ "${WIPE:-0}" = 1 ] && [ -f "$DOVECOT_CONF" ]; then rm -rf "$DATA_DIR"; fi
}

require_root_on_debian() {
  if [ "$(id -u)" != 0 ] || ! command -v dpkg-query >/dev/null; then
    echo "dovecot.sh needs root on Debian (it starts servers under their own users)" >&2
    exit 69
  fi
}

install_packages() {
  local package missing=()
  for package in dovecot-imapd dovecot-lmtpd exim4-daemon-light openssl; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing ${missing[*]}" >&2
  # Run level 1: the packages' own services must not start, we run ours on our own ports.
  export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive
  local apt=(apt-get -qq -o "DPkg::Lock::Timeout=$APT_LOCK_SECONDS" -o APT::Install-Recommends=false)
  "${apt[@]}" update
  "${apt[@]}" install -y "${missing[@]}" >/dev/null
}

prepare_folders() {
  id -u vmail >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin vmail
  install -d -o vmail -g vmail -m 700 "$DATA_DIR/mail"
  install -d -o Debian-exim -g Debian-exim "$DATA_DIR/spool" "$DATA_DIR/exim-log"
  [ -f "$DATA_DIR/key.pem" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$DATA_DIR/key.pem" -out "$DATA_DIR/cert.pem" 2>/dev/null
}

write_users() {
  local user
  for user in $MAIL_USERS; do echo "$user@$MAIL_DOMAIN:{PLAIN}$MAIL_PASSWORD"; done >"$DATA_DIR/users"
  for user in $MAIL_USERS; do echo "$user@$MAIL_DOMAIN:"; done >"$DATA_DIR/recipients"
  chown root:dovecot "$DATA_DIR/users"
  chmod 640 "$DATA_DIR/users"
}

write_dovecot_conf() {
  cat >"$DOVECOT_CONF" <<CONF
base_dir = $DATA_DIR/run
state_dir = $DATA_DIR/state
log_path = $DATA_DIR/dovecot.log
instance_name = zaplecze-$IMAP_PORT
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$DATA_DIR/cert.pem
ssl_key = <$DATA_DIR/key.pem
mail_location = maildir:~/Maildir
mail_uid = vmail
mail_gid = vmail
# A wrong password is answered at once, so that tests need not wait.
auth_failure_delay = 0
mail_max_userip_connections = 50
service anvil {
  unix_listener anvil-auth-penalty {
    # Without it, each wrong password makes the next answer later, up to 17 s.
    mode = 0
  }
}
passdb {
  driver = passwd-file
  args = username_format=%Lu $DATA_DIR/users
}
userdb {
  driver = static
  args = home=$DATA_DIR/mail/%Lu
}
service imap-login {
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = $LMTP_PORT
  }
}
namespace inbox {
  inbox = yes
}
CONF
}

write_exim_conf() {
  cat >"$EXIM_CONF" <<CONF
primary_hostname = relay.$MAIL_DOMAIN
domainlist local_domains = $MAIL_DOMAIN
spool_directory = $DATA_DIR/spool
log_file_path = $DATA_DIR/exim-log/%slog
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = $SMTP_PORT
host_lookup =
keep_environment =
rfc1413_query_timeout = 0s
message_size_limit = 100M
tls_advertise_hosts =
acl_smtp_rcpt = recipient
deliver_drop_privilege = true
begin acl
recipient:
  require message = relay not permitted
          domains = +local_domains
  require verify = recipient
  accept
begin routers
mailboxes:
  driver = manualroute
  domains = +local_domains
  condition = \${lookup{\$local_part@\$domain}lsearch{$DATA_DIR/recipients}{yes}{no}}
  transport = dovecot
  route_list = * 127.0.0.1
  self = send
begin transports
dovecot:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  hosts_override
  allow_localhost
  port = $LMTP_PORT
  hosts_avoid_tls = *
begin retry
* * F,1h,5s
CONF
  # Exim refuses a configuration that others could have written.
  chown root:root "$EXIM_CONF"
  chmod 644 "$EXIM_CONF"
}

# True when the process of a pid file is the server of our configuration: pids are given out again.
runs() {
  [ -s "$1" ] && grep -qzF "$2" "/proc/$(cat "$1")/cmdline" 2>/dev/null
}

end() {
  if runs "$1" "$2"; then
    local pid tries
    pid=$(cat "$1")
    kill "$pid"
    for ((tries = STOP_SECONDS * 10; tries > 0; tries--)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
  fi
  rm -f "$1"
}

wait_for_port() {
  local tries
  for ((tries = 100; tries > 0; tries--)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  echo "no server answers on port $1; see $DATA_DIR/dovecot.log and $DATA_DIR/exim-log" >&2
  exit 75
}

main "$@"
