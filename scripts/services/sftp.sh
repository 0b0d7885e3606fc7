#!/usr/bin/env bash
# A real SFTP server, OpenSSH's, on loopback, for one user and one folder. Needs root on Debian: it installs
# openssh-server where it is missing. The user is root, who may sign in by the key that is made here, and only here.
#
#   scripts/services/sftp.sh start   prints SFTP_FOLDER, SFTP_KEY and SFTP_HOST_KEY; does nothing when it runs
#   scripts/services/sftp.sh stop    stops what `start` started; WIPE=1 also removes the data
#
# SFTP_PORT and SFTP_DIR say where.
set -euo pipefail

port=${SFTP_PORT:-17422}
dir=${SFTP_DIR:-/var/tmp/zaplecze-sftp}
start_seconds=20

runs() { [ -e "$dir/sshd.pid" ] && kill -0 "$(cat "$dir/sshd.pid")" 2>/dev/null; }

start() {
  if [ ! -x /usr/sbin/sshd ] || [ ! -x /usr/lib/openssh/sftp-server ]; then
    [ "$(id -u)" = 0 ] || { echo "openssh-server is missing. To fix: apt-get install openssh-server" >&2; exit 77; }
    # Run level 1: the package's own service must not start, we run ours on loopback.
    export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=false)
    "${apt[@]}" update >&2
    "${apt[@]}" install -y openssh-server openssh-sftp-server >&2
  fi
  mkdir -p "$dir/files" /run/sshd
  chmod 700 "$dir"
  exec 9>"$dir/lock"
  flock 9
  [ -e "$dir/host" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/host"
  [ -e "$dir/user" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/user"
  cp "$dir/user.pub" "$dir/authorized"
  cat >"$dir/sshd.conf" <<CONF
ListenAddress 127.0.0.1:$port
HostKey $dir/host
PidFile $dir/sshd.pid
AuthorizedKeysFile $dir/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp /usr/lib/openssh/sftp-server
ForceCommand /usr/lib/openssh/sftp-server
CONF
  runs || /usr/sbin/sshd -f "$dir/sshd.conf" -E "$dir/log" 9>&-
  for ((i = 0; i < start_seconds * 10; i++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
  done
  echo "SFTP_FOLDER=$dir/files"
  echo "SFTP_KEY=$dir/user"
  echo "SFTP_HOST_KEY=$(ssh-keygen -lf "$dir/host.pub" | cut -d ' ' -f 2)"
}

stop() {
  runs && kill "$(cat "$dir/sshd.pid")"
  [ "${WIPE:-}" = 1 ] && [ -e "$dir/sshd.conf" ] && rm -rf "$dir"
  return 0
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
