#!/usr/bin/env bash
# pg_restore_check.sh --from FOLDER [--time T] [--database baton] [--work FOLDER] [--limit SECONDS] [--figures FILE]:
# proves that the newest backup can be restored, and looks at what comes out.
#
# Restores it beside the running system (see pg_restore.sh), checks every table and index (pg_amcheck), counts rows,
# compares the event log's head with its last entry and, when BATON_BINARY names the program, runs `baton verify` on it.
# Prints one fact a line; exit 0 only when everything holds, and only then FILE gets the time, for Prometheus. Leaves
# nothing behind.
set -euo pipefail
export LC_ALL=C
PATH=${PG_BIN:-/usr/lib/postgresql/15/bin}:$PATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

from='' moment='' database=baton work=${TMPDIR:-/tmp} limit=3600 figures=''
while (($# > 0)); do
    case $1 in
        --from) from=$2 ;;
        --time) moment=$2 ;;
        --database) database=$2 ;;
        --work) work=$2 ;;
        --limit) limit=$2 ;;
        --figures) figures=$2 ;;
        *) from='' && break ;;
    esac
    shift 2
done
if [[ -z $from ]]; then
    echo "usage: pg_restore_check.sh --from FOLDER [--time T] [--database D] [--work FOLDER] [--limit SECONDS] [--figures FILE]" >&2
    exit 2
fi

umask 077
folder=$(mktemp -d "$work/restore-check-XXXXXX")
data=$folder/data
clean() {
    [[ ! -e $data/postmaster.pid ]] || pg_ctl -D "$data" stop -m immediate -s
    rm -rf "$folder"
}
trap clean EXIT
trap 'exit 130' INT TERM

"$here/pg_restore.sh" --from "$from" --into "$data" --limit "$limit" --leave-running ${moment:+--time "$moment"}
socket=$data.run
ask() { psql -h "$socket" -U postgres -XAtF ' ' -v ON_ERROR_STOP=1 -c "$1" "$database"; }

started=$SECONDS
if ! pg_amcheck -h "$socket" -U postgres --install-missing --heapallindexed --parent-check "$database"; then
    echo "tables or indexes are damaged" >&2
    exit 1
fi
echo "amcheck_seconds $((SECONDS - started))"

while read -r table; do
    echo "rows $table $(ask "SELECT count(*) FROM $table")"
done < <(ask "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")

if [[ $(ask "SELECT to_regclass('event_head') IS NOT NULL") == t ]]; then
    read -r head last < <(ask "SELECT sequence, (SELECT coalesce(max(sequence), 0) FROM event) FROM event_head")
    echo "last_event $last"
    if [[ $head != "$last" ]]; then
        echo "the event log ends at $last, its head says $head" >&2
        exit 1
    fi
fi
if [[ -n ${BATON_BINARY:-} ]]; then
    "$BATON_BINARY" verify --database "postgresql:///$database?host=$socket&user=postgres"
fi
if [[ -n $figures ]]; then
    printf '# TYPE baton_restore_check_timestamp_seconds gauge\nbaton_restore_check_timestamp_seconds %s\n' "$(date +%s)" \
        >"$figures.part"
    chmod 644 "$figures.part"
    mv "$figures.part" "$figures"
fi
echo "restore_check ok"
