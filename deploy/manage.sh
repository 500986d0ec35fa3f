#!/usr/bin/env bash
# One of the site's commands, as the service would run it and with its settings:  sudo deploy/manage.sh doctor
set -euo pipefail
SITE=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=deploy/steps.sh
. "$SITE/deploy/steps.sh"
[ "$(id -u)" = 0 ] || fail "Only root may read the settings: sudo $0 ..."
[ -r /etc/iqquadrat.env ] || fail "There is no site here. deploy/install.sh makes one."
manage "$@"
