#!/bin/sh
# The tour: build a vendor's role, check it, then check a broken one.
# Needs `jfml-policies` on PATH, no network and no home; leaves nothing behind.
set -eu

examples=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$examples/broken-trust.json" .

say() { printf '\n# %s\n' "$1"; }
run() { printf '$ %s\n' "$*"; "$@"; }

say "JFrog ML must read s3://acme-features/train/: build its role."
run jfml-policies build jfrog-ml --bucket acme-features --prefix train/ --out role

say "What was built checks clean: nothing is printed, the exit code is 0."
run jfml-policies check role

say "A trust policy as it is often pasted; check shows what is wrong, where, and the remedy."
status=0
run jfml-policies check broken-trust.json || status=$?
if [ "$status" -ne 1 ]; then
  echo "demo: expected exit code 1 (findings) for broken-trust.json, got $status" >&2
  exit 1
fi
