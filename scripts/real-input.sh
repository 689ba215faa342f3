#!/usr/bin/env bash
# real-input.sh DIR: brings a folder of real tables in through the API of a fresh server and checks counts and sums.
#
# DIR holds the Northwind sample as northwind-*.csv, days of the UCI Online Retail set as online-retail-*.csv, and in
# messy/ any tables at all. What is not there is left out. Nothing of it is kept.
# BATON_BINARY names the program; otherwise the release build, else the debug build, is taken.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
    echo "usage: scripts/real-input.sh DIR" >&2
    exit 2
fi
exec python3 scripts/lib/real_input.py "$1"
