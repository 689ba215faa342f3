# shellcheck shell=bash
# The Swift toolchain and the build. Needs say.sh.

SWIFT_LEAST_MAJOR=6
SWIFT_LEAST_MINOR=2

# need_swift: refuses unless a toolchain of at least 6.2 is on the path.
need_swift() {
    local found version major minor
    if ! command -v swift >/dev/null; then
        refuse "没有找到 Swift：请先安装 Swift 6.2 或更新的工具链，并把它加入 PATH。" \
            "Swift was not found: install a Swift toolchain, 6.2 or newer, and put it on the PATH."
    fi
    found=$(swift --version 2>/dev/null || true)
    version=$(sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' <<<"$found" | head -n 1)
    if [[ -z $version ]]; then
        refuse "无法运行 swift --version：请检查工具链是否完整（需要 6.2 或更新）。" \
            "swift --version does not run: check that the toolchain is complete (6.2 or newer is needed)."
    fi
    major=${version%%.*} minor=${version#*.}
    if ((major < SWIFT_LEAST_MAJOR || (major == SWIFT_LEAST_MAJOR && minor < SWIFT_LEAST_MINOR))); then
        refuse "Swift $version 太旧：Baton 需要 6.2 或更新的工具链。" \
            "Swift $version is too old: Baton needs a toolchain of 6.2 or newer."
    fi
}

# source_stamp CONFIGURATION: a digest of everything the build reads: names, sizes and times of the sources, the
# package file, the resolved versions and the toolchain. The same digest means the same binary.
source_stamp() {
    {
        printf '%s\n' "$1"
        stat -L -c '%n %s %Y' "$(command -v swift)" 2>/dev/null || true
        find Package.* Sources -type f -printf '%p %s %T@\n' | LC_ALL=C sort
    } | sha256sum | cut -d ' ' -f 1
}

# is_built STAMP_FILE CONFIGURATION BINARY
is_built() {
    [[ -x $3 && -f $1 && $(<"$1") == "$(source_stamp "$2")" ]]
}

# build_release: the server as users run it. The flag makes the build refuse an import that Package.swift does not allow.
build_release() {
    swift build -c release --product baton --explicit-target-dependency-import-check error
}
