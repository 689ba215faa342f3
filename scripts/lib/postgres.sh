# shellcheck shell=bash
# A PostgreSQL server for the tests: on a free port of the loopback, in a temporary folder, as an account that is not
# root, ended with the script that started it.

POSTGRES_FOLDER=

# postgres_tool NAME: the newest installed program of the server.
postgres_tool() {
    local found
    found=$(compgen -G "/usr/lib/postgresql/*/bin/$1" | sort -t/ -k5 -n | tail -n 1)
    [[ -n $found ]] || found=$(command -v "$1")
    [[ -n $found ]] && printf '%s\n' "$found"
}

# as_postgres COMMAND…: the server refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# passing_place: where what outlives no test may stand, in memory when there is plenty: a database is copied there in a
# fifteenth of the time.
passing_place() {
    local free available
    free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
    available=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
    if [[ -w /dev/shm ]] && ((${free:-0} > 8000000 && ${available:-0} > 12000000)); then
        echo /dev/shm
    else
        echo "${TMPDIR:-/tmp}"
    fi
}

# start_test_postgres: starts the server unless it runs; sets and exports BATON_TEST_POSTGRES. It keeps nothing, so it
# may answer before the disk has.
start_test_postgres() {
    local port
    [[ -z ${BATON_TEST_POSTGRES:-} ]] || return 0
    POSTGRES_FOLDER=$(mktemp -d "$(passing_place)/baton-postgres-XXXXXX")
    ((EUID != 0)) || chown postgres "$POSTGRES_FOLDER"
    trap stop_test_postgres EXIT
    port=$(free_port)
    (
        cd "$POSTGRES_FOLDER" &&
            as_postgres "$(postgres_tool initdb)" --pgdata=data --username=postgres --encoding=UTF8 \
                --locale=C.UTF-8 --auth=trust --no-sync >initdb.log 2>&1 &&
            as_postgres "$(postgres_tool pg_ctl)" --pgdata=data --log=server.log --wait --timeout=60 \
                --options="-p $port -k '$POSTGRES_FOLDER' -c listen_addresses=127.0.0.1 -c max_connections=1000 \
                    -c shared_buffers=256MB -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
                    -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB" start
    ) || {
        cat "$POSTGRES_FOLDER"/*.log >&2
        return 1
    }
    export BATON_TEST_POSTGRES=postgresql://postgres@127.0.0.1:$port
}

stop_test_postgres() {
    [[ -n $POSTGRES_FOLDER ]] || return 0
    (
        cd "$POSTGRES_FOLDER" && as_postgres "$(postgres_tool pg_ctl)" --pgdata=data --mode=immediate stop >/dev/null
    )
    rm -rf "$POSTGRES_FOLDER"
    POSTGRES_FOLDER=
}
