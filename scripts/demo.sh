#!/usr/bin/env bash
# From installed parts to a running site with demonstration data; scripts/setup.sh comes before.
# PORT=8080 names the port; without it the first free one from 8000 on is taken.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python scripts/demo.py "${1:-start}"
