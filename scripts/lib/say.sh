# shellcheck shell=bash
# How the scripts talk: every sentence in Chinese and in English, steps with seconds, one way to give up.

say() { printf '%s\n' "$*"; }

# refuse ZH EN: one sentence in both languages, exit 1. Called before anything has been changed.
refuse() {
    printf '✗ %s\n  %s\n' "$1" "$2" >&2
    exit 1
}

# warn ZH EN: something is missing, but the work can go on.
warn() { printf '⚠ %s\n  %s\n' "$1" "$2" >&2; }

STEP_NUMBER=0
STEP_COUNT=0
STEP_PID=

# Ctrl-C and TERM end the running step together with everything it started.
stop_step() {
    trap - INT TERM
    if [[ -n $STEP_PID ]]; then
        kill -TERM -- "-$STEP_PID" 2>/dev/null || kill -TERM "$STEP_PID" 2>/dev/null || true
        wait "$STEP_PID" 2>/dev/null || true
    fi
    exit 130
}

# ready ZH EN: a step that has nothing to do.
ready() {
    STEP_NUMBER=$((STEP_NUMBER + 1))
    printf '[%d/%d] %s %s ✓\n' "$STEP_NUMBER" "$STEP_COUNT" "$1" "$2"
}

# step ZH EN LOG COMMAND…: runs the command with its output in LOG, shows the time and its last line while it
# runs, and returns its exit code. The time taken is left in STEP_SECONDS.
step() {
    local zh=$1 en=$2 log=$3 started=$SECONDS shown=-60 status=0
    shift 3
    STEP_NUMBER=$((STEP_NUMBER + 1))
    local head="[$STEP_NUMBER/$STEP_COUNT] $zh $en"
    mkdir -p "$(dirname "$log")"
    [[ -t 1 ]] || printf '%s …\n' "$head"
    set -m # the command gets a process group of its own, so that it can be ended as a whole
    "$@" </dev/null >"$log" 2>&1 &
    STEP_PID=$!
    set +m
    trap stop_step INT TERM
    while kill -0 "$STEP_PID" 2>/dev/null; do
        show_progress "$head" "$log" $((SECONDS - started)) "$shown" && shown=$((SECONDS - started))
        sleep 0.2
    done
    wait "$STEP_PID" || status=$?
    STEP_PID=
    trap - INT TERM
    STEP_SECONDS=$((SECONDS - started))
    [[ -t 1 ]] && printf '\r\033[K'
    if ((status == 0)); then
        printf '%s ✓ (%d s)\n' "$head" "$STEP_SECONDS"
    else
        printf '%s ✗ (%d s)\n' "$head" "$STEP_SECONDS"
    fi
    return "$status"
}

# show_progress HEAD LOG SECONDS LAST_SHOWN: true when a line was printed. On a terminal the line is redrawn every
# second; elsewhere one line a minute.
show_progress() {
    local last width
    if [[ -t 1 ]]; then
        (($3 > $4)) || return 1
        width=$((${COLUMNS:-$(tput cols 2>/dev/null || echo 80)} - 2))
        last=$(tail -c 400 "$2" 2>/dev/null | tr '\r' '\n' | tail -n 1 | tr -cd '[:print:]')
        printf '\r\033[K%.*s' "$width" "$1 … $3 s  $last"
    else
        (($3 - $4 >= 60 && $3 >= 60)) || return 1
        last=$(tail -c 400 "$2" 2>/dev/null | tr '\r' '\n' | tail -n 1 | tr -cd '[:print:]')
        printf '    %d s  %.100s\n' "$3" "$last"
    fi
}

# show_failures LOG: the lines of a log that say what failed, indented; a log of parallel tests ends with something else.
show_failures() {
    grep -aE '✘|✗|(^|[ :])(fatal )?error:|^(FAIL|ERROR):|crashed|While evaluating|Stack dump|^[0-9]+\.' "$1" |
        cut -c1-600 | head -n 60 | sed 's/^/    /' >&2 || true
}

# show_tail LOG [LINES]: the end of a log, indented, after a failure.
show_tail() {
    tail -n "${2:-40}" "$1" | sed 's/^/    /' >&2
    say "    … $1" >&2
}
