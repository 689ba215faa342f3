#!/usr/bin/env bash
# pg_backup.sh --to FOLDER [--keep N] [--from CONNINFO] [--figures FILE]: a base backup of a running PostgreSQL, verified,
# and the end of what is older than the N newest (7). FILE gets the time of success for Prometheus.
#
# FOLDER/base/TIME is one backup, named by the moment it was complete (UTC); FOLDER/wal is the archive that
# wal_archive.sh fills. Together they lead to any moment after the oldest backup. CONNINFO may name a standby; without
# it the environment counts (PGHOST, PGPORT, PGUSER, PGPASSFILE). The account needs the right to replicate.
set -euo pipefail
export LC_ALL=C
PATH=${PG_BIN:-/usr/lib/postgresql/15/bin}:$PATH

to='' keep=7 from='' figures=''
while (($# > 0)); do
    case $1 in
        --to) to=$2 ;;
        --keep) keep=$2 ;;
        --from) from=$2 ;;
        --figures) figures=$2 ;;
        *) echo "usage: pg_backup.sh --to FOLDER [--keep N] [--from CONNINFO] [--figures FILE]" >&2 && exit 2 ;;
    esac
    shift 2
done
if [[ -z $to || ! $keep =~ ^[1-9][0-9]*$ ]]; then
    echo "usage: pg_backup.sh --to FOLDER [--keep N] [--from CONNINFO] [--figures FILE]" >&2
    exit 2
fi

umask 077
mkdir -p "$to/base" "$to/wal"
exec 9>"$to/.lock"
flock -n 9 || { echo "another backup is at work in $to" >&2 && exit 1; }

part=$to/base/part
rm -rf "$part"
trap 'rm -rf "$part"' EXIT
started=$SECONDS
pg_basebackup --dbname "$from" --pgdata "$part" --checkpoint fast --wal-method stream --manifest-checksums SHA256 \
    --no-password
pg_verifybackup --quiet "$part"
name=$(date -u +%Y-%m-%dT%H:%M:%SZ)
mv -T "$part" "$to/base/$name"
sync "$to/base"
if [[ -n $figures ]]; then
    printf '# TYPE baton_backup_timestamp_seconds gauge\nbaton_backup_timestamp_seconds %s\n' "$(date +%s)" >"$figures.part"
    chmod 644 "$figures.part"
    mv "$figures.part" "$figures"
fi
echo "backup $name: $(du -sm "$to/base/$name" | cut -f1) MB, $((SECONDS - started)) s"

mapfile -t old < <(find "$to/base" -mindepth 1 -maxdepth 1 -type d -name '2*' | sort | head -n "-$keep")
for folder in "${old[@]}"; do
    rm -rf "$folder"
    echo "removed $(basename "$folder")"
done
# What no remaining backup needs leaves the archive as well.
oldest=$(find "$to/base" -mindepth 1 -maxdepth 1 -type d -name '2*' | sort | head -n 1)
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\)).*/\1/p' "$oldest/backup_label")
[[ -n $first ]] || { echo "no beginning in $oldest/backup_label" >&2 && exit 1; }
pg_archivecleanup "$to/wal" "$first"
