#!/usr/bin/env bash
# wal_archive.sh ARCHIVE PATH NAME: PostgreSQL's archive_command. Puts one finished piece of the log into the archive.
#
# It is done only when file and folder are on disk. A piece that is there already is left alone when it is the same,
# and refused when it differs: two clusters must never write into one archive.
set -euo pipefail
archive=$1 path=$2 name=$3
if [ -e "$archive/$name" ]; then
    cmp -s "$path" "$archive/$name" && exit 0
    echo "wal_archive: $name is in the archive with other contents" >&2
    exit 1
fi
part="$archive/.$name.$$"
trap 'rm -f "$part"' EXIT
cp "$path" "$part"
sync "$part"
mv -n "$part" "$archive/$name"
[ ! -e "$part" ] || exit 1
sync "$archive"
