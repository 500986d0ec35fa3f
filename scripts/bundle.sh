#!/usr/bin/env bash
# Put the styles and the code of a client's page into one file each, under build/static: on an old PC every file costs time of its own.
# Addresses of fonts stay as they are: the files lie in the same place below /static/ as those they are made of.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
esbuild=(node_modules/.bin/esbuild --bundle --minify --target=es2022 --charset=utf8 --log-level=warning)
"${esbuild[@]}" scripts/bundles/kiosk.css '--external:*.woff2' --outfile="$fresh/iq/css/kiosk-bundle.css"
for page in main welcome measuring; do
  # The keyboard on the screen is fetched by those who need it.
  "${esbuild[@]}" "competence/static/competence/kiosk/$page.js" --format=esm '--external:./keyboard.js' \
    --outfile="$fresh/competence/kiosk/$page.bundle.js"
done
# What is as it was keeps its time: the demonstration collects everything anew when one file is newer.
(cd "$fresh" && find . -type f) | while read -r file; do
  cmp -s "$fresh/$file" "build/static/$file" || install -D -m 644 "$fresh/$file" "build/static/$file"
done
