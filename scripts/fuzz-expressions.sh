#!/bin/sh
# Throws random text at the expression language for some seconds, under the address sanitizer.
#   scripts/fuzz-expressions.sh [SECONDS]
# Finds are kept in .build/fuzz-expressions; it ends with an error when there is one.
set -eu
seconds=${1:-60}
cd "$(dirname "$0")/.."
out=.build/fuzz-expressions
mkdir -p "$out/corpus"
cp Fuzz/ExpressionParser/corpus/* "$out/corpus/"

# Coverage is asked of the language itself; the library of values is small and checked elsewhere.
swift_files() { find "$1" -name '*.swift' | sort; }
flags="-swift-version 6 -O -g -parse-as-library -package-name baton -sanitize=address"
flags="$flags -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault"

build() {
    name=$1
    shift
    # shellcheck disable=SC2046,SC2086
    swiftc $flags "$@" -I "$out" -module-name "$name" -whole-module-optimization \
        -emit-module -emit-module-path "$out/$name.swiftmodule" \
        -emit-object -o "$out/$name.o" $(swift_files "Sources/$name")
}
build Values
build Expressions -sanitize-coverage=edge,inline-8bit-counters,pc-table
# shellcheck disable=SC2086
swiftc $flags -sanitize=fuzzer -I "$out" -module-name FuzzExpressionParser \
    Fuzz/ExpressionParser/FuzzExpressionParser.swift "$out/Values.o" "$out/Expressions.o" -o "$out/fuzz"

ASAN_OPTIONS=detect_leaks=0 "$out/fuzz" -max_total_time="$seconds" -max_len=12000 -timeout=5 -rss_limit_mb=2048 \
    -dict=Fuzz/ExpressionParser/words.dict -artifact_prefix="$out/" -print_final_stats=1 "$out/corpus"
