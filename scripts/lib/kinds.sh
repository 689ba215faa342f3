# shellcheck shell=bash
# The kinds of tests, one function each: it prints what it does and fails when the kind fails. Needs swift.sh.

TEST_VENV=.build/venv-test
RELEASE_BINARY=$PWD/.build/release/baton

test_python() { "$TEST_VENV/bin/python" "$@"; }

# The environment of the browser and wire tests; made anew when the pinned versions change.
make_test_venv() {
    local stamp=$TEST_VENV/requirements.stamp
    cmp -s Tests/requirements.txt "$stamp" && return
    rm -rf "$TEST_VENV"
    python3 -m venv "$TEST_VENV" &&
        "$TEST_VENV/bin/python" -m pip install --quiet --requirement Tests/requirements.txt &&
        cp Tests/requirements.txt "$stamp"
}

# One build serves all: the optimised one, which people run and in which the tests take a quarter of the time. An
# import that Package.swift does not allow is an error here.
kind_build() { swift build -c release --build-tests --explicit-target-dependency-import-check error; }

kind_warnings() { python3 scripts/check-warnings.py .build/test-logs/build.log; }

kind_format() { swift format lint --strict --parallel --recursive Package.swift Sources Tests; }

kind_scripts() {
    bash -n run test .ci/run scripts/serve-tls.sh scripts/lib/*.sh scripts/ops/*.sh &&
        shellcheck --external-sources run test .ci/run scripts/serve-tls.sh scripts/lib/*.sh scripts/ops/*.sh &&
        python3 scripts/check-deploy.py &&
        python3 scripts/icons.py --check &&
        python3 -m compileall -q scripts deploy Tests/Browser Tests/Wire Tests/Kit
}

kind_architecture() { python3 scripts/check-architecture.py; }

kind_docs() { python3 scripts/check-docs.py; }

kind_packs() { "$RELEASE_BINARY" check Packs/base Packs/trade; }

# in_passing_place COMMAND…: with a temporary folder that is gone afterwards. Needs postgres.sh.
in_passing_place() {
    local folder status=0
    folder=$(mktemp -d "$(passing_place)/baton-tests-XXXXXX")
    TMPDIR=$folder "$@" || status=$?
    rm -rf "$folder"
    return "$status"
}

# swift_tests WORD…: a few side by side; all at once only wait for each other.
swift_tests() {
    in_passing_place timeout 900 swift test -c release --skip-build --disable-xctest --experimental-maximum-parallelization-width 6 "$@"
}

kind_unit() {
    start_test_postgres && swift_tests
}

# What goes through the Kernel once more, on the other engine.
kind_postgres() {
    start_test_postgres && BATON_TEST_ENGINE=postgres swift_tests --filter '^(KernelTests|WebTests|DemoTests)\.'
}

# The program must start on empty data and hold what it wrote.
kind_start() {
    local data status=0
    data=$(mktemp -d)
    {
        "$RELEASE_BINARY" migrate --data "$data/house" &&
            "$RELEASE_BINARY" verify --data "$data/house"
    } || status=$?
    rm -rf "$data"
    return "$status"
}

kind_http() {
    BATON_BINARY=$RELEASE_BINARY in_passing_place timeout 900 "$TEST_VENV/bin/python" Tests/Wire/run.py
}

kind_http_postgres() {
    start_test_postgres && BATON_TEST_ENGINE=postgres BATON_BINARY=$RELEASE_BINARY in_passing_place \
        timeout 900 "$TEST_VENV/bin/python" Tests/Wire/run.py
}

# Kills, power cuts and people at work; scripts/faults has more of them and longer ones.
kind_faults() { BATON_BINARY=$RELEASE_BINARY timeout 300 "$TEST_VENV/bin/python" scripts/faults/run.py; }

kind_browser() {
    BATON_BINARY=$RELEASE_BINARY in_passing_place timeout 1200 "$TEST_VENV/bin/python" Tests/Browser/run.py
}

# count_results LOG STATUS: prints "PASSED FAILED" of a kind, from its runner's closing line; a kind without one
# counts as one test.
count_results() {
    local passed=0 failed=0 ran
    if [[ $(tail -n 5 "$1") =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
        passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    elif ran=$(grep -oE 'Test run with [0-9]+ tests?' "$1" | tail -n 1) && [[ -n $ran ]]; then
        failed=$(grep -cE '^.{0,4} Test .* failed after' "$1" || true)
        passed=$(($(grep -oE '[0-9]+' <<<"$ran") - failed))
    elif (($2 == 0)); then
        passed=1
    fi
    if (($2 != 0 && failed == 0)); then failed=1; fi
    printf '%d %d\n' "$passed" "$failed"
}
