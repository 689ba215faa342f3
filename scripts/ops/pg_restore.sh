#!/usr/bin/env bash
# pg_restore.sh --from FOLDER --into DATA [--time T] [--limit SECONDS] [--leave-running]: what pg_backup.sh and the
# archive hold, as it was at the moment T (ISO, with its zone), or at the end of the archive without one.
#
# DATA must not exist. The restored cluster runs by itself meanwhile: no network, a socket in DATA.run, no archive, no
# standby, its own settings. It is stopped in the end, and DATA can be given to Patroni; with --leave-running it stays
# up, for pg_ctl -D DATA stop. Runs as the account of the database, never as root.
set -euo pipefail
export LC_ALL=C
PATH=${PG_BIN:-/usr/lib/postgresql/15/bin}:$PATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    echo "usage: pg_restore.sh --from FOLDER --into DATA [--time T] [--limit SECONDS] [--leave-running]" >&2
    exit 2
}

from='' into='' moment='' limit=3600 leave=''
while (($# > 0)); do
    case $1 in
        --from) from=$2 && shift ;;
        --into) into=$2 && shift ;;
        --time) moment=$2 && shift ;;
        --limit) limit=$2 && shift ;;
        --leave-running) leave=yes ;;
        *) usage ;;
    esac
    shift
done
[[ -n $from && -n $into ]] || usage
((EUID != 0)) || { echo "PostgreSQL refuses root: run this as the account of the database" >&2 && exit 2; }
[[ ! -e $into ]] || { echo "$into exists" >&2 && exit 1; }

# The newest backup that was complete at that moment.
until_name='~'
if [[ -n $moment ]]; then
    until_name=$(date -u -d "$moment" +%Y-%m-%dT%H:%M:%SZ)
fi
base=''
for folder in "$from"/base/2*; do
    name=$(basename "$folder")
    if [[ -d $folder && ( $name < $until_name || $name == "$until_name" ) ]]; then
        base=$folder
    fi
done
[[ -n $base ]] || { echo "no backup in $from/base that old" >&2 && exit 1; }

umask 077
run=$into.run
mkdir -p "$run"
finished=''
# The restored cluster never outlives a failure.
leave_nothing() {
    [[ -n $finished ]] && return
    [[ -e $into/postmaster.pid ]] && pg_ctl -D "$into" stop -m immediate -s
    [[ ! -e $run/log ]] || tail -n 20 "$run/log" >&2
}
trap leave_nothing EXIT

started=$SECONDS
cp -a --reflink=auto "$base" "$into"
chmod 700 "$into"
pg_verifybackup --quiet "$into"

# The log can only be replayed with at least the leader's numbers of these.
number() { pg_controldata "$into" | sed -n "s/^$1 setting: *//p"; }
cat >"$run/settings" <<TEXT
listen_addresses = ''
unix_socket_directories = '$run'
hba_file = '$run/hba'
max_connections = $(number max_connections)
max_worker_processes = $(number max_worker_processes)
max_wal_senders = $(number max_wal_senders)
max_prepared_transactions = $(number max_prepared_xacts)
max_locks_per_transaction = $(number max_locks_per_xact)
archive_mode = off
synchronous_standby_names = ''
restore_command = '$here/wal_fetch.sh $from/wal %f %p'
recovery_target_timeline = latest
recovery_target_action = promote
TEXT
# An offset in figures: abbreviations of zones are not known yet when the settings are read.
[[ -z $moment ]] || echo "recovery_target_time = '$(date -u -d "$moment" '+%Y-%m-%d %H:%M:%S.%6N+00')'" >>"$run/settings"
# The folder of the socket is closed to everybody else.
echo "local all all trust" >"$run/hba"
: >"$into/postgresql.auto.conf"
rm -f "$into/standby.signal"
touch "$into/recovery.signal"

if ! pg_ctl -D "$into" -o "-c config_file='$run/settings'" -l "$run/log" -t "$limit" -w -s start; then
    echo "the restored cluster does not start" >&2
    exit 1
fi
while [[ $(psql -h "$run" -U postgres -XAtc 'SELECT pg_is_in_recovery()' postgres 2>>"$run/log") != f ]]; do
    ((SECONDS - started < limit)) || { echo "not restored within $limit s" >&2 && exit 1; }
    pg_ctl -D "$into" status >/dev/null || { echo "the restored cluster ended; the archive may end before the moment asked for" >&2 && exit 1; }
    sleep 0.2
done
echo "backup $(basename "$base")"
echo "restored_seconds $((SECONDS - started))"
sed -n 's/.*last completed transaction was at log time /last_transaction /p' "$run/log" | tail -n 1
if [[ -z $leave ]]; then
    pg_ctl -D "$into" stop -m fast -w -s -t "$limit"
    rm -rf "$run"
else
    echo "socket $run"
fi
finished=yes
