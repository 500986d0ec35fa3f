# Read by install.sh and update.sh: how they do a step and tell of it. Not run by itself.
# shellcheck shell=bash
# CHECK=1: nothing is changed, what would be is told. ROOT=folder: files are written below it, programs of the system are not run.

CHECK=${CHECK:-0}
ROOT=${ROOT:-}
changed=0

say() { printf '%-10s %s\n' "$1" "$2"; }
fail() {
  printf '\n%s\n' "$@" >&2
  exit 1
}

# differs: note that something changed, or would.
differs() {
  changed=$((changed + 1))
  if [ "$CHECK" = 1 ]; then say "would" "$1"; else say "changed" "$1"; fi
}

# put PATH MODE OWNER < content: write a file when it is not as it should be.
put() {
  local path=$1 mode=$2 owner=$3 content
  content=$(cat && printf x)
  content=${content%x}
  if [ -f "$ROOT$path" ] && printf '%s' "$content" | cmp -s - "$ROOT$path" && [ "$(stat -c %a "$ROOT$path")" = "${mode#0}" ]; then
    say "as it was" "$path"
    return
  fi
  differs "$path"
  [ "$CHECK" = 1 ] && return
  mkdir -p "$(dirname "$ROOT$path")"
  # Under its name it is whole or not there, and never readable for others in between.
  (umask 077 && printf '%s' "$content" > "$ROOT$path.new")
  chmod "$mode" "$ROOT$path.new"
  [ -n "$ROOT" ] || chown "$owner" "$path.new"
  mv -f "$ROOT$path.new" "$ROOT$path"
}

# folder PATH MODE OWNER: make a folder.
folder() {
  local path=$1 mode=$2 owner=$3
  if [ -d "$ROOT$path" ] && [ "$(stat -c %a "$ROOT$path")" = "${mode#0}" ]; then
    say "as it was" "$path"
    return
  fi
  differs "$path"
  [ "$CHECK" = 1 ] && return
  mkdir -p "$ROOT$path"
  chmod "$mode" "$ROOT$path"
  [ -n "$ROOT" ] || chown "$owner" "$path"
}

# step WORDS TEST DO...: run DO unless TEST (a command of bash) says that it is done already.
step() {
  local words=$1 is_done=$2
  shift 2
  if [ -n "$ROOT" ]; then
    say "not run" "$words"
    return
  fi
  if eval "$is_done" > /dev/null 2>&1; then
    say "as it was" "$words"
    return
  fi
  differs "$words"
  [ "$CHECK" = 1 ] && return
  "$@" || fail "This went wrong: $words" "Read what is written above, put it right, and start this script again: it goes on where it stopped."
}

# prove WORDS DO...: look whether something is so; nothing changes.
prove() {
  local words=$1
  shift
  if [ -n "$ROOT" ] || [ "$CHECK" = 1 ]; then
    say "not run" "$words"
  else
    "$@" || fail "This is not so: $words"
    say "well" "$words"
  fi
}

as_postgres() { (cd / && runuser -u postgres -- "$@"); }

# manage COMMAND...: as the service would run it, with its settings. What makes tables, or copies all of them, signs in to the database as
# their owner, whose password the service never sees.
manage() {
  (
    cd "$SITE" || exit 1
    set -a
    # shellcheck disable=SC1090,SC1091
    . "$ROOT/etc/iqquadrat.env"
    case $1 in
      migrate | grant_roles | backup | verify_backup | restore)
        # shellcheck disable=SC1090,SC1091
        [ ! -f "$ROOT/etc/iqquadrat-owner.env" ] || . "$ROOT/etc/iqquadrat-owner.env"
        ;;
    esac
    set +a
    runuser -u iqquadrat --preserve-environment -- .venv/bin/python manage.py "$@"
  )
}

# build: what is made of the programme's files. As root: the service may read them, not change them.
# shellcheck disable=SC1091
build() {
  # Tied by "&&": where somebody asks whether a function succeeded, bash does not stop at an error by itself.
  (
    cd "$SITE" && umask 022 && set -a && . "$ROOT/etc/iqquadrat.env" && set +a &&
      { [ -x .venv/bin/python ] || python3 -m venv .venv; } &&
      .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock &&
      npm ci --silent --no-audit --no-fund &&
      scripts/bundle.sh &&
      .venv/bin/python manage.py compilemessages --verbosity 0 &&
      .venv/bin/python manage.py collectstatic --noinput --verbosity 0
  )
}

# fingerprint: which state of the programme stands here.
fingerprint() { (cd "$SITE" && git -c safe.directory="$SITE" rev-parse HEAD); }

# answers: wait until the site is ready, at most half a minute.
answers() {
  local host attempt
  host=$(sed -n 's/^IQ_ALLOWED_HOSTS=\([^,]*\).*/\1/p' "$ROOT/etc/iqquadrat.env")
  for attempt in $(seq 30); do
    if curl --silent --fail --max-time 5 --output /dev/null -H "Host: $host" -H 'X-Forwarded-Proto: https' http://127.0.0.1:8000/health/ready/; then
      return 0
    fi
    [ "$attempt" = 30 ] || sleep 1
  done
  return 1
}
