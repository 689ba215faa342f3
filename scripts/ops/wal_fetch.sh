#!/usr/bin/env bash
# wal_fetch.sh ARCHIVE NAME PATH: PostgreSQL's restore_command. Fails when the archive does not have the piece: that is
# how recovery learns that it has come to the end.
set -euo pipefail
[ -e "$1/$2" ] || exit 1
cp "$1/$2" "$3"
