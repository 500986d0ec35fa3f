#!/usr/bin/env bash
# A new version: backup, new code, tables, start, look whether it answers. What goes wrong is taken back by itself.
#
#   sudo /srv/iqquadrat/site/deploy/update.sh            the newest version of the branch that is checked out
#   sudo /srv/iqquadrat/site/deploy/update.sh v1.4       this version
#   sudo /srv/iqquadrat/site/deploy/update.sh --back     back to the version before, with the data of that moment
set -euo pipefail
SITE=$(cd "$(dirname "$0")/.." && pwd)
# bash reads a script while it runs: this one is about to be replaced, so a copy goes on.
if [ -z "${IQ_UPDATE_COPY:-}" ]; then
  copy=$(mktemp -d)
  cp "$SITE/deploy/update.sh" "$SITE/deploy/steps.sh" "$copy"
  IQ_UPDATE_COPY=$SITE exec bash "$copy/update.sh" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
trap 'rm -rf "$here"' EXIT
SITE=$IQ_UPDATE_COPY
# shellcheck source=deploy/steps.sh
. "$here/steps.sh"

kept=$ROOT/var/backups/iqquadrat-update
services=(iqquadrat iqquadrat-worker)
git_here() { git -c safe.directory="$SITE" -C "$SITE" "$@"; }

# back: the code of before, and the database as it was when the site was stopped.
back() {
  local commit erased restored=''
  commit=$(cat "$kept/commit" 2> /dev/null) || fail "There is nothing to go back to: no update was made here."
  say "back" "to $commit"
  systemctl stop "${services[@]}"
  git_here checkout --quiet --detach "$commit"
  if [ -s "$kept/database.dump" ] && [ -e "$kept/tables-touched" ]; then
    as_postgres dropdb --if-exists iqquadrat_before
    as_postgres createdb --owner iqquadrat --encoding UTF8 --locale C.UTF-8 --template template0 iqquadrat_before
    as_postgres pg_restore --exit-on-error --dbname iqquadrat_before < "$kept/database.dump"
    # Only when all of it is there does it take the place of the other one, which is kept beside it.
    as_postgres psql --quiet --set ON_ERROR_STOP=1 --dbname postgres \
      --command "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'iqquadrat'" \
      --command "DROP DATABASE IF EXISTS iqquadrat_failed" \
      --command "ALTER DATABASE iqquadrat RENAME TO iqquadrat_failed" --command "ALTER DATABASE iqquadrat_before RENAME TO iqquadrat" > /dev/null
    rm -f "$kept/tables-touched"
    restored=1
    say "back" "the database is as it was; the other one is kept as iqquadrat_failed"
  fi
  build
  fingerprint > "$ROOT/var/lib/iqquadrat/built"
  # Who was erased since then must not come back.
  erased=$(sed -n 's/^IQ_ERASURE_LIST=//p' "$ROOT/etc/iqquadrat.env")
  if [ -n "$restored" ] && [ -s "$erased" ]; then manage apply_erasures "$erased"; fi
  systemctl start "${services[@]}"
  answers || fail "The version before does not answer either. Look at: journalctl -u iqquadrat"
  say "back" "the version before runs again"
}

broken() {
  trap - ERR
  printf '\n%s\n' "The update failed; everything is taken back." >&2
  back
  exit 1
}

[ "$(id -u)" = 0 ] || fail "Only root may update: sudo $0"
if [ "${1:-}" = --back ]; then
  back
  exit 0
fi
[ -z "$(git_here status --porcelain --untracked-files=no)" ] || fail "Files of the programme were changed here. Keep what you need, then: git checkout ."
version=${1:-}
git_here fetch --quiet --tags
if [ -n "$version" ]; then
  target=$(git_here rev-parse --verify --quiet "origin/$version^{commit}" || git_here rev-parse --verify --quiet "$version^{commit}") || fail "There is no version $version."
else
  target=$(git_here rev-parse --verify --quiet '@{upstream}^{commit}' || git_here rev-parse --verify --quiet 'origin/HEAD^{commit}') || fail "Name the version."
fi
old=$(fingerprint)
if [ "$target" = "$old" ]; then
  say "as it was" "this is the newest version"
  exit 0
fi

say "stop" "the site; whoever comes now reads that it is not there"
systemctl stop "${services[@]}"
(umask 077 && mkdir -p "$kept")
rm -f "$kept/tables-touched"
printf '%s\n' "$old" > "$kept/commit"
trap broken ERR
say "backup" "$kept/database.dump, should this go wrong"
(umask 077 && as_postgres pg_dump --format=custom iqquadrat > "$kept/database.dump.new")
as_postgres pg_restore --file /dev/null < "$kept/database.dump.new" # reads all of it: a broken one is found now
mv "$kept/database.dump.new" "$kept/database.dump"
sync "$kept/database.dump"

say "code" "$old -> $target"
if branch=$(git_here symbolic-ref --quiet --short HEAD) && [ -z "$version" ]; then
  git_here merge --quiet --ff-only "$target"
  say "code" "branch $branch"
else
  git_here checkout --quiet --detach "$target"
fi
build
manage check --deploy --fail-level WARNING
touch "$kept/tables-touched"
say "tables" "are brought up to date"
manage migrate --verbosity 0
manage grant_roles > /dev/null
manage load_questionnaires > /dev/null
systemctl start "${services[@]}"
answers
fingerprint > "$ROOT/var/lib/iqquadrat/built"
trap - ERR
say "done" "$target runs; the way back: $0 --back"
git_here diff --quiet "$old" "$target" -- deploy || say "look" "deploy/ has changed: run install.sh again, first with --check"
manage doctor || true
