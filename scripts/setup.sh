#!/usr/bin/env bash
# Install what demo and test need, and only what is missing. If something cannot be installed, name the one command to run.
#   scripts/setup.sh        everything
#   scripts/setup.sh demo   without what only the tests need (a browser, a reader of PDFs)
# PYTHON=python3.12 names another Python (3.11 or newer).
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .stamps
exec 9> .stamps/setup.lock
flock 9 # a second call waits, then finds everything done
purpose=${1:-all}
python=${PYTHON:-python3}
PATH=$PATH:/usr/sbin:/sbin # ldconfig, for who is not root
system=$(. /etc/os-release 2>/dev/null && echo "${ID:-}" || true)

fail() { printf '%s\n' "$@" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- The system's packages ----------------------------------------------------------------------------
packages=()
needs() { has "$1" || packages+=("$2"); }
library() { ldconfig -p 2>/dev/null | grep "$1" >/dev/null || packages+=("$2"); } # not -q: it would break the pipe
needs "$python" "${python##*/}"
"$python" -c 'import venv, ensurepip' 2>/dev/null || packages+=("${python##*/}-venv")
needs npm npm
needs msgfmt gettext
library libpango-1.0.so libpango-1.0-0
library libpangoft2-1.0.so libpangoft2-1.0-0
library libharfbuzz-subset.so libharfbuzz-subset0

# A browser for the tests. Ubuntu's package is only a door to a snap, which cannot be steered from outside its cage:
# there Playwright brings its own Chromium, below.
own_chromium=no
if [ "$purpose" != demo ]; then
  needs pdftoppm poppler-utils
  needs gpg gnupg
  browser=${IQ_CHROMIUM:-$(command -v chromium || true)}
  if [ -z "$browser" ] || [[ $(readlink -f "$browser") == */snap* ]]; then
    if [ "$system" = ubuntu ]; then own_chromium=yes; else packages+=(chromium); fi
  fi
fi

if [ "${#packages[@]}" -gt 0 ]; then
  command="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
  by_hand="Please run this once, then again what you wanted:  sudo sh -c '$command'"
  has apt-get || fail "Missing: ${packages[*]}" "These are the names Debian and Ubuntu use; please install their like."
  if [ "$(id -u)" = 0 ]; then as_root=(env); elif sudo -n true 2>/dev/null; then as_root=(sudo env); else fail "$by_hand"; fi
  echo "Installing ${packages[*]} ..."
  "${as_root[@]}" DEBIAN_FRONTEND=noninteractive sh -c "$command" > .stamps/apt.log 2>&1 9>&- ||
    { tail -n 20 .stamps/apt.log >&2; fail "$by_hand"; }
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "Python 3.11 or newer is needed, $("$python" --version) is here. Name another one:  make demo PYTHON=python3.12"
[ "$(npm --version | cut -d. -f1)" -ge 7 ] || fail "npm 7 or newer is needed, $(npm --version) is here."

# --- Python and npm: exactly what the lock files name -------------------------------------------------
fingerprint() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  rm -rf .venv .stamps/python
  "$python" -m venv .venv
fi
want=$(fingerprint requirements-dev.lock)
if [ "$(cat .stamps/python 2>/dev/null)" != "$want" ]; then
  echo "Installing Python packages ..."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock 9>&-
  echo "$want" > .stamps/python
fi
want=$(fingerprint package-lock.json)
if [ ! -d node_modules ] || [ "$(cat .stamps/npm 2>/dev/null)" != "$want" ]; then
  echo "Installing fonts, icons and styles ..."
  npm ci --silent --no-audit --no-fund 9>&-
  echo "$want" > .stamps/npm
fi
scripts/bundle.sh

if [ "$own_chromium" = yes ] && [ ! -e .stamps/chromium ]; then
  echo "Installing Playwright's Chromium ..."
  .venv/bin/python -m playwright install chromium 9>&- && touch .stamps/chromium
  if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then .venv/bin/python -m playwright install-deps chromium > .stamps/apt.log 2>&1 9>&-
  else echo "If the browser does not start:  sudo $PWD/.venv/bin/python -m playwright install-deps chromium" >&2; fi
fi
