#!/bin/sh
# Fuzzes the readers of other programs' files with libFuzzer and the address sanitizer: fuzz-interchange.sh [SECONDS]
# A finding leaves its input under .build-fuzz/ and ends the script with an error.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-60}"
out=.build-fuzz/interchange
mkdir -p "$out/corpus"

common="-O -swift-version 6 -package-name baton -parse-as-library -sanitize=fuzzer,address -enable-upcoming-feature ExistentialAny"
common="$common -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault"
flags="-I $out -I Sources/System/CExpat"
for flag in $(pkg-config --cflags expat); do flags="$flags -Xcc $flag"; done

# module NAME FILE…: of the rooms below only what is needed here.
module() {
    name=$1
    shift
    # shellcheck disable=SC2086
    swiftc $common $flags -emit-module -emit-module-path "$out/$name.swiftmodule" -module-name "$name" -static \
        -emit-library -o "$out/lib$name.a" "$@"
}
module Values Sources/Values/*.swift
module Definitions Sources/Definitions/Model/Label.swift
module Flow Sources/Flow/Process/ProcessGraph.swift Sources/Flow/Process/ProcessGraph+Checks.swift \
    Sources/Flow/Process/ISOSpan.swift
# shellcheck disable=SC2046
module Interchange $(find Sources/Interchange -name '*.swift')

# shellcheck disable=SC2086
swiftc $common $flags -o "$out/fuzz" -module-name FuzzInterchange Fuzz/InterchangeFuzz.swift \
    -L "$out" -lInterchange -lFlow -lDefinitions -lValues -lexpat -lswiftGlibc -use-ld=lld
echo "== interchange, $seconds s"
ASAN_OPTIONS=detect_leaks=1 "$out/fuzz" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 \
    -artifact_prefix="$out/finding-" -print_final_stats=1 "$out/corpus" Fuzz/seeds-Interchange
