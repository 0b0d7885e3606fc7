#!/usr/bin/env bash
# Native tesseract, beside which `npm run bench:documents` measures the recogniser. Needs root on Debian; installs
# nothing that is there.
set -euo pipefail

if ! command -v tesseract >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v dpkg-query >/dev/null; then
    echo "tesseract.sh needs root on Debian" >&2
    exit 69
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt=(apt-get -qq -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=false)
  "${apt[@]}" update
  "${apt[@]}" install -y tesseract-ocr >/dev/null
fi
tesseract --version 2>&1 | head -1
