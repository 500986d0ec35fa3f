#!/usr/bin/env bash
# Install what demo and test need, and only what is missing. If something cannot be installed, name the one command to run.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .stamps

packages=()
needs() { command -v "$1" >/dev/null 2>&1 || packages+=("$2"); }
needs "${PYTHON:-python3}" python3
"${PYTHON:-python3}" -c 'import venv, ensurepip' 2>/dev/null || packages+=(python3-venv)
needs npm npm
needs msgfmt gettext
needs chromium chromium
needs pdftoppm poppler-utils
ldconfig -p 2>/dev/null | grep -q 'libpangoft2-1.0' || packages+=(libpangoft2-1.0-0)
ldconfig -p 2>/dev/null | grep -q 'libharfbuzz-subset' || packages+=(libharfbuzz-subset0)
if [ "${#packages[@]}" -gt 0 ]; then
  command="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
  if [ "$(id -u)" = 0 ]; then bash -c "export DEBIAN_FRONTEND=noninteractive; $command" >/dev/null
  elif sudo -n true 2>/dev/null; then sudo bash -c "export DEBIAN_FRONTEND=noninteractive; $command" >/dev/null
  else
    echo "Please run this once, then again what you wanted:  sudo sh -c '$command'" >&2
    exit 1
  fi
fi

fingerprint() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }
if [ ! -x .venv/bin/python ]; then "${PYTHON:-python3}" -m venv .venv; rm -f .stamps/python; fi
want=$(fingerprint requirements-dev.lock)
if [ "$(cat .stamps/python 2>/dev/null)" != "$want" ]; then
  echo "Installing Python packages ..."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
  echo "$want" > .stamps/python
fi
want=$(fingerprint package-lock.json)
if [ ! -d node_modules ] || [ "$(cat .stamps/npm 2>/dev/null)" != "$want" ]; then
  echo "Installing fonts, icons and styles ..."
  npm ci --silent --omit=optional --no-audit --no-fund
  echo "$want" > .stamps/npm
fi
