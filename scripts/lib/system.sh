# shellcheck shell=bash
# System packages: which are needed, which are missing, how they are installed. Needs say.sh.

# What building and running Baton takes. A C++ library and headers come with the toolchain's own needs.
# shellcheck disable=SC2034 # used by the commands that source this
BUILD_PACKAGES=(
    ca-certificates git pkg-config python3 python3-venv zlib1g-dev libc6-dev
    libpango1.0-dev libcairo2-dev libxlsxwriter-dev libzip-dev libexpat1-dev libargon2-dev libssl-dev libsqlite3-dev libpq-dev
    libcurl4-openssl-dev
    fonts-noto-cjk fonts-noto-core iso-codes tzdata
)
# What ./run --tls takes on top.
# shellcheck disable=SC2034
TLS_PACKAGES=(haproxy openssl qrencode)
# What the tests take on top; the browser is added by need_browser.
TEST_PACKAGES=("${TLS_PACKAGES[@]}" curl postgresql poppler-utils shellcheck fonts-inter strace)

# missing_packages NAME…: prints those that dpkg does not know as installed.
missing_packages() {
    local name installed
    # dpkg-query fails when it does not know one of the names; what it knows is printed all the same.
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' "$@" 2>/dev/null || true)
    installed=$(awk '$2 ~ /^.i/ { print $1 }' <<<"$installed")
    for name in "$@"; do
        grep -qxF -- "$name" <<<"$installed" || printf '%s\n' "$name"
    done
}

# need_packages NAME…: sets MISSING to what must be installed, and refuses when that can't be done here.
need_packages() {
    MISSING=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        refuse "这台机器没有 apt：Baton 的安装脚本只支持 Debian 12/13 和 Ubuntu。" \
            "This machine has no apt: the set-up of Baton supports Debian 12/13 and Ubuntu only."
    fi
    mapfile -t MISSING < <(missing_packages "$@")
    # Any C++ development library will do; its package name carries the compiler's version.
    compgen -G '/usr/include/c++/*' >/dev/null || MISSING+=(g++)
    ((${#MISSING[@]} == 0)) && return
    need_root
}

# need_root: refuses unless packages can be installed, as root or with sudo.
need_root() {
    ((EUID == 0)) && return
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
        return
    fi
    refuse "缺少系统软件包且没有 root 或 sudo 权限，请管理员先安装：${MISSING[*]}" \
        "System packages are missing and neither root nor sudo is at hand; ask an administrator to install: ${MISSING[*]}"
}

# as_root COMMAND…
as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo -n "$@"
    fi
}

# ask_for_sudo: asks for the password in the foreground, once, so that the step itself can run with its output in a log.
ask_for_sudo() {
    if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
        say "需要管理员密码以安装：${MISSING[*]}"
        say "The administrator password is needed to install: ${MISSING[*]}"
        sudo -v
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900 update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900 \
            install -y --no-install-recommends "$@"
}

# install_missing LOG: the step that brings the packages of need_packages.
install_missing() {
    if ((${#MISSING[@]} == 0)); then
        ready "系统软件包" "System packages"
        return
    fi
    ask_for_sudo
    say "    ${MISSING[*]}"
    if ! step "安装系统软件包" "Installing system packages" "$1" apt_install "${MISSING[@]}"; then
        show_tail "$1"
        refuse "系统软件包没有装上，原因见上；请检查网络和软件源后再运行一次。" \
            "The system packages could not be installed (see above); check the network and the package sources, then run this again."
    fi
}

# browser_path: the Chromium that the browser tests drive.
browser_path() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

# need_browser: adds the browser's package to TEST_PACKAGES when no browser stands.
need_browser() {
    browser_path >/dev/null && return
    if [[ $(. /etc/os-release && echo "$ID") == ubuntu ]]; then
        TEST_PACKAGES+=(chromium-browser)
    else
        TEST_PACKAGES+=(chromium)
    fi
}
