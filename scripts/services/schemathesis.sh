#!/usr/bin/env bash
# Puts schemathesis (tests an HTTP API against its OpenAPI description) into a Python environment of its own and prints
# the path of its program. Safe to call again. On Debian, as root, it installs what Python itself lacks for that.
#
# Environment: ZAPLECZE_CACHE=~/.cache/zaplecze/tools
set -euo pipefail

VERSION=4.32.5
DIR=${ZAPLECZE_CACHE:-$HOME/.cache/zaplecze/tools}/schemathesis-$VERSION
APT_LOCK_SECONDS=300 # another apt-get on the machine ends well within this

main() {
  if [ ! -x "$DIR/bin/schemathesis" ]; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_python
    rm -rf "$DIR.new"
    python3 -m venv "$DIR.new" >&2
    "$DIR.new/bin/python" -m pip install --quiet --disable-pip-version-check "schemathesis==$VERSION" >&2
    rm -rf "$DIR"
    # The programs inside know their path: made again where they will lie.
    mv "$DIR.new" "$DIR"
    sed -i "s#$DIR.new#$DIR#g" "$DIR"/bin/*
  fi
  echo "$DIR/bin/schemathesis"
}

install_python() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'schemathesis.sh needs python3 with venv (Debian: apt-get install python3-venv)' >&2
    exit 69
  fi
  local apt=(apt-get -qq -o "DPkg::Lock::Timeout=$APT_LOCK_SECONDS" -o APT::Install-Recommends=false)
  "${apt[@]}" update
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y python3-venv >/dev/null
}

main
