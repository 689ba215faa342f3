#!/bin/sh
# Fuzzes the table readers with libFuzzer and the address sanitizer: fuzz-tables.sh [SECONDS EACH]
# A finding leaves its input under .build-fuzz/ and ends the script with an error.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-60}"
out=.build-fuzz
mkdir -p "$out"

common="-O -swift-version 6 -package-name baton -parse-as-library -sanitize=fuzzer,address -enable-upcoming-feature ExistentialAny"
common="$common -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault"
system=""
for name in CZip CExpat; do system="$system -I Sources/System/$name"; done
flags="$(pkg-config --cflags libzip expat)"
for flag in $flags; do system="$system -Xcc $flag"; done

swiftc $common -emit-module -emit-module-path "$out/Values.swiftmodule" -module-name Values -static -emit-library \
    -o "$out/libValues.a" Sources/Values/*.swift
swiftc $common $system -I "$out" -emit-module -emit-module-path "$out/Documents.swiftmodule" -module-name Documents \
    -static -emit-library -o "$out/libDocuments.a" $(find Sources/Documents/Tables -name '*.swift') \
    Sources/Documents/PDF/BilingualText.swift

for target in Delimited Workbook; do
    swiftc $common $system -I "$out" -o "$out/fuzz-$target" -module-name "Fuzz$target" "Fuzz/${target}Fuzz.swift" \
        -L "$out" -lDocuments -lValues -lzip -lexpat -lswiftGlibc -use-ld=lld
    mkdir -p "$out/corpus-$target"
    echo "== $target, $seconds s"
    ASAN_OPTIONS=detect_leaks=1 "$out/fuzz-$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 \
        -artifact_prefix="$out/$target-" -print_final_stats=1 "$out/corpus-$target" "Fuzz/seeds-$target"
done
