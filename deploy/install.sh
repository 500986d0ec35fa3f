#!/usr/bin/env bash
# From a bare Debian 12 or 13 to a running site. Safe to run again: what is as it should be stays as it is.
#
#   git clone ADDRESS /srv/iqquadrat/site
#   sudo /srv/iqquadrat/site/deploy/install.sh --host iq.example.org --certificate certbot --mail admin@example.org
#
#   --host NAME          under which name the site is reached
#   --certificate HOW    certbot (needs the name to lead here, and --mail), self-signed (browsers warn), or own (files in /etc/iqquadrat/tls)
#   --mail ADDRESS       whom Let's Encrypt may write to
#   --check              change nothing, tell what would be changed
#   --root FOLDER        write the files below this folder and run no program of the system: to look at them first
#   --no-firewall        where another firewall stands before the machine
set -euo pipefail
SITE=$(cd "$(dirname "$0")/.." && pwd)
host='' certificate='' mail='' firewall=1

while [ $# -gt 0 ]; do
  case $1 in
    --host) host=${2:?} && shift 2 ;;
    --certificate) certificate=${2:?} && shift 2 ;;
    --mail) mail=${2:?} && shift 2 ;;
    --root) ROOT=${2:?} && shift 2 ;;
    --check) CHECK=1 && shift ;;
    --no-firewall) firewall=0 && shift ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "$0" && exit 64 ;;
  esac
done
# shellcheck source=deploy/steps.sh
. "$SITE/deploy/steps.sh"

# --- Is this a place where it can be done? --------------------------------------------------------------
[[ $host =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]] || fail "Name the site: --host iq.example.org"
case $certificate in
  certbot) [[ $mail == *?@?* ]] || fail "Let's Encrypt wants an address for warnings: --mail admin@example.org" ;;
  self-signed | own) ;;
  *) fail "Say where the certificate comes from: --certificate certbot, self-signed or own" ;;
esac
[ -z "$ROOT" ] || [ -d "$ROOT" ] || fail "There is no folder $ROOT."
if [ -z "$ROOT" ]; then
  [ "$(id -u)" = 0 ] || fail "Only root may install: sudo $0 ..."
  system=$(. /etc/os-release && echo "${ID:-}${VERSION_ID:-}")
  [[ $system =~ ^debian1[23] ]] || fail "This script knows Debian 12 and 13; here is ${system:-something else}. docs/operations.md tells how to do it by hand."
  [[ $SITE != /home/* && $SITE != /root/* ]] || fail "The service may not read home folders. Clone to /srv/iqquadrat/site."
fi

# --- Packages -----------------------------------------------------------------------------------------
packages=(
  postgresql nginx python3-venv npm git curl openssl gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  gnupg nftables unattended-upgrades logrotate systemd-timesyncd
)
[ "$certificate" = certbot ] && packages+=(certbot)
installed() { dpkg-query --show --showformat '${Status}\n' "${packages[@]}" | awk '$3 != "installed" { exit 1 }'; }
install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q && apt-get install -q -y --no-install-recommends "${packages[@]}"
}
step "packages of Debian: ${packages[*]}" 'installed' install_packages

# --- Account, folders ---------------------------------------------------------------------------------
step "account iqquadrat" 'id iqquadrat' adduser --system --group --no-create-home --home /srv/iqquadrat --quiet iqquadrat
folder /var/lib/iqquadrat 0750 iqquadrat:iqquadrat
folder /var/lib/iqquadrat/media 0750 iqquadrat:iqquadrat
folder /var/backups/iqquadrat 0750 iqquadrat:iqquadrat
folder /var/www/letsencrypt 0755 root:root

# --- Settings: made once, then yours --------------------------------------------------------------------
random() { openssl rand -base64 "$1" | tr -d '\n' | tr '+/' '-_'; }
address() { printf 'postgresql://%s:%s@127.0.0.1:5432/iqquadrat' "$1" "$(openssl rand -hex 24)"; }
environment() {
  cat << END
# Made by deploy/install.sh, which never changes it again. docs/settings.md explains each line. After a change:
#   systemctl restart iqquadrat iqquadrat-worker
DATABASE_URL=$(address iqquadrat_app)
IQ_SECRET_KEY=$(random 60)
IQ_HTTPS=1
IQ_BEHIND_PROXY=1
IQ_ALLOWED_HOSTS=$host
IQ_WORKERS=$(($(nproc) * 2))
IQ_MEDIA_ROOT=/var/lib/iqquadrat/media
IQ_ERASURE_LIST=/var/lib/iqquadrat/erased.jsonl
IQ_BACKUP_FOLDER=/var/backups/iqquadrat
IQ_LOG=json
# Mail: without a server nobody gets a link for a new password.
#IQ_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend
#IQ_EMAIL_HOST=mail.example.org
#IQ_EMAIL_PORT=587
#IQ_EMAIL_TLS=1
#IQ_EMAIL_USER=
#IQ_EMAIL_PASSWORD=
#IQ_EMAIL_FROM=iqquadrat@$host
END
}
if [ -f "$ROOT/etc/iqquadrat.env" ]; then
  say "as it was" "/etc/iqquadrat.env (kept: it is yours)"
else
  put /etc/iqquadrat.env 0600 root:root < <(environment)
fi

# The owner of the tables is another role than the service: the walls between centres hold whoever does not own them.
old_owner() { sed -n 's#^DATABASE_URL=\(postgresql://iqquadrat:.*\)#\1#p' "$ROOT/etc/iqquadrat.env" 2> /dev/null; }
owner_environment() {
  local before
  before=$(old_owner)
  cat << END
# Made by deploy/install.sh. The owner of the tables: for migrations and backups only, never for the service.
DATABASE_URL=${before:-$(address iqquadrat)}
END
}
if [ -f "$ROOT/etc/iqquadrat-owner.env" ]; then
  say "as it was" "/etc/iqquadrat-owner.env (kept: it is yours)"
else
  put /etc/iqquadrat-owner.env 0600 root:root < <(owner_environment)
fi
leave_the_owner() {
  local file=/etc/iqquadrat.env
  (umask 077 && sed "s#^DATABASE_URL=postgresql://iqquadrat:.*#DATABASE_URL=$(address iqquadrat_app)#" "$file" > "$file.new")
  mv -f "$file.new" "$file"
  anew=1
}
anew=0
step "the service does not sign in as owner" '[ -z "$(old_owner)" ]' leave_the_owner

# --- Database -----------------------------------------------------------------------------------------
sql() { as_postgres psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"; }
is_true() { [ "$(sql --command "$1")" = t ]; }
inside() { sql --dbname iqquadrat "$@"; }
is_true_inside() { [ "$(inside --command "$1")" = t ]; }
password() { sed -n "s#^DATABASE_URL=postgresql://$1:\([^@]*\)@.*#\1#p" "$2"; }
is_role() { is_true "SELECT count(*) = 1 FROM pg_roles WHERE rolname = '$1'"; }
# Through the standard input: arguments can be read by everybody on the machine.
create_owner() {
  # CREATEDB: a backup is tried by restoring it into a database of its own.
  printf "CREATE ROLE iqquadrat LOGIN NOSUPERUSER NOCREATEROLE CREATEDB PASSWORD '%s';\n" "$(password iqquadrat /etc/iqquadrat-owner.env)" | sql --file -
}
create_app() {
  printf "CREATE ROLE iqquadrat_app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD '%s';\n" \
    "$(password iqquadrat_app /etc/iqquadrat.env)" | sql --file -
}
# Without a password nobody signs in as auditor; docs/operations.md tells how one is given.
create_auditor() { sql --command "CREATE ROLE iqquadrat_auditor LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS"; }
create_database() { as_postgres createdb --owner iqquadrat --encoding UTF8 --locale C.UTF-8 --template template0 iqquadrat; }
harden_role() {
  # PostgreSQL quotes in its own log the row that a rule refused, and the statement: they can hold names.
  local role
  for role in iqquadrat iqquadrat_app; do
    sql --command "ALTER ROLE $role SET log_error_verbosity = 'terse'" --command "ALTER ROLE $role SET log_min_error_statement = 'panic'" \
      --command "ALTER ROLE $role SET log_min_duration_statement = -1"
  done
  sql --command "REVOKE ALL ON DATABASE iqquadrat FROM PUBLIC"
}
harden_server() {
  sql --command "ALTER SYSTEM SET synchronous_commit = 'on'" --command "ALTER SYSTEM SET password_encryption = 'scram-sha-256'" \
    --command "ALTER SYSTEM SET listen_addresses = 'localhost'" --command "SELECT pg_reload_conf()"
}
step "PostgreSQL runs" 'systemctl is-active postgresql' systemctl enable --now postgresql
step "role of the owner" 'is_role iqquadrat' create_owner
step "role of the service" 'is_role iqquadrat_app' create_app
step "role of the auditor" 'is_role iqquadrat_auditor' create_auditor
step "database iqquadrat" "is_true \"SELECT count(*) = 1 FROM pg_database WHERE datname = 'iqquadrat'\"" create_database
step "the roles' log holds no rows" \
  "is_true \"SELECT count(*) = 2 FROM pg_roles WHERE rolname IN ('iqquadrat', 'iqquadrat_app') AND rolconfig::text LIKE '%terse%' AND rolconfig::text LIKE '%panic%'\"" harden_role
step "nobody from outside, nothing acknowledged too early" \
  "is_true \"SELECT count(*) = 3 FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf' AND name IN ('synchronous_commit', 'password_encryption', 'listen_addresses')\"" \
  harden_server

# --- Programme ----------------------------------------------------------------------------------------
was_built() { [ "$(cat /var/lib/iqquadrat/built)" = "$(fingerprint)" ]; }
build_once() { build && fingerprint > /var/lib/iqquadrat/built; }
migrate() { manage migrate --verbosity 0 && manage grant_roles && manage load_questionnaires; }
step "parts by others, styles, texts" 'was_built' build_once
step "tables and questionnaires" 'manage migrate --check' migrate
# PostgreSQL does not know of these functions that they tell nothing of rows a wall turns away; then the search could not use its index.
leakproof() {
  inside --command "ALTER FUNCTION string_to_array(text, text) LEAKPROOF" --command "ALTER FUNCTION array_to_tsvector(text[]) LEAKPROOF" \
    --command "ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF" \
    --command "ALTER FUNCTION word_similarity_commutator_op(text, text) LEAKPROOF"
}
step "rights of the roles" \
  "is_true_inside \"SELECT has_table_privilege('iqquadrat_app', 'counselling_client', 'INSERT') AND NOT has_table_privilege('iqquadrat_app', 'accesslog_entry', 'UPDATE')\"" \
  manage grant_roles
step "the search uses its index behind the walls" \
  "is_true_inside \"SELECT bool_and(proleakproof) FROM pg_proc WHERE oid IN ('string_to_array(text,text)'::regprocedure, 'array_to_tsvector(text[])'::regprocedure, 'ts_match_vq(tsvector,tsquery)'::regprocedure, 'word_similarity_commutator_op(text,text)'::regprocedure)\"" \
  leakproof
prove "settings are safe" manage check --deploy --fail-level WARNING

# --- Services -----------------------------------------------------------------------------------------
before=$changed
for unit in "$SITE"/deploy/systemd/*; do
  # Not through a pipe: what a pipe counts is forgotten.
  put "/etc/systemd/system/${unit##*/}" 0644 root:root < <(sed "s#/srv/iqquadrat/site#$SITE#g" "$unit")
done
put /etc/systemd/journald.conf.d/iqquadrat.conf 0644 root:root << 'END'
# Logs name nobody, and still need not be kept for ever.
[Journal]
Storage=persistent
SystemMaxUse=500M
MaxRetentionSec=30day
END
[ "$changed" = "$before" ] || step "systemd reads its units again" 'false' systemctl daemon-reload
for unit in iqquadrat.service iqquadrat-worker.service "$SITE"/deploy/systemd/*.timer; do
  unit=${unit##*/}
  step "$unit runs" "systemctl is-active $unit && systemctl is-enabled $unit" systemctl enable --now "$unit"
done
{ [ "$changed" = "$before" ] && [ "$anew" = 0 ]; } || step "services start anew" 'false' systemctl restart iqquadrat iqquadrat-worker systemd-journald

# --- Certificate, nginx -------------------------------------------------------------------------------
case $certificate in
  certbot) chain=/etc/letsencrypt/live/$host/fullchain.pem key=/etc/letsencrypt/live/$host/privkey.pem ;;
  *) chain=/etc/iqquadrat/tls/chain.pem key=/etc/iqquadrat/tls/key.pem ;;
esac
self_sign() {
  (umask 077 && mkdir -p /etc/iqquadrat/tls)
  openssl req -x509 -newkey rsa:3072 -nodes -days 825 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" -keyout "$key" -out "$chain" 2> /dev/null
}
by_certbot() {
  # nginx does not know the name yet: certbot answers itself on port 80, this once.
  systemctl stop nginx
  certbot certonly --standalone --non-interactive --agree-tos --mail "$mail" --domain "$host" || { systemctl start nginx; return 1; }
  systemctl start nginx
  sed -i 's#^authenticator = .*#authenticator = webroot\nwebroot_path = /var/www/letsencrypt#' "/etc/letsencrypt/renewal/$host.conf"
}
case $certificate in
  certbot)
    step "certificate of Let's Encrypt for $host" "test -s $chain" by_certbot
    put /etc/letsencrypt/renewal-hooks/deploy/nginx 0755 root:root << 'END'
#!/bin/sh
systemctl reload nginx
END
    ;;
  self-signed) step "certificate made here for $host" "test -s $chain" self_sign ;;
  own) [ -n "$ROOT" ] || [ -s "$chain" ] || fail "Put the certificate with its chain to $chain and its key to $key." ;;
esac
before=$changed
nginx_site() { sed -e "s#server_name HOST;#server_name $host;#" -e "s#CHAIN;#$chain;#" -e "s#KEY;#$key;#" "$SITE/deploy/nginx.conf"; }
put /etc/nginx/sites-available/iqquadrat 0644 root:root < <(nginx_site)
step "nginx serves the site" 'test -L /etc/nginx/sites-enabled/iqquadrat' ln -s ../sites-available/iqquadrat /etc/nginx/sites-enabled/iqquadrat
step "nginx serves nothing else" '! test -e /etc/nginx/sites-enabled/default' rm /etc/nginx/sites-enabled/default
if [ "$changed" != "$before" ] || [ -n "$ROOT" ]; then
  prove "nginx finds its settings sound" nginx -t -q
  step "nginx starts anew" 'false' systemctl restart nginx
fi

# --- Firewall, updates of Debian ------------------------------------------------------------------------
if [ "$firewall" = 1 ]; then
  before=$changed
  put /etc/nftables.conf 0755 root:root < "$SITE/deploy/nftables.conf"
  [ "$changed" = "$before" ] || step "firewall: only 22, 80 and 443 are open" 'false' systemctl restart nftables
  step "firewall starts with the machine" 'systemctl is-enabled nftables' systemctl enable nftables
fi
put /etc/apt/apt.conf.d/52iqquadrat 0644 root:root << 'END'
// Security updates of Debian come by themselves, at night; a new kernel starts at four, when nobody works.
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "04:45";
END

# --- Does it run? -------------------------------------------------------------------------------------
prove "the site answers" answers
printf '\n%s changed or to be changed.\n' "$changed"
if [ -z "$ROOT" ] && [ "$CHECK" = 0 ]; then
  manage doctor --url "https://$host" || true
  printf '\n%s\n' "The first centre with its administrator:  docs/operations.md, section 2."
fi
