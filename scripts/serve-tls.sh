#!/usr/bin/env bash
# Serves one Baton over TLS and HTTP/2: the server behind a socket that only this account can open, HAProxy in front.
# Ends both together. `./run --tls` calls it; everything after -- goes to `baton serve`.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/lib/say.sh
source "$ROOT/scripts/lib/say.sh"
# shellcheck source=scripts/lib/tls.sh
source "$ROOT/scripts/lib/tls.sh"
PATH=$PATH:/usr/sbin:/sbin

BINARY='' DATA='' LISTEN=127.0.0.1 PORT=8443 PLAIN_PORT=8080 CERTIFICATE='' KEY=''
while (($# > 0)); do
    case $1 in
        --) shift && break ;;
        --binary) BINARY=$2 ;;
        --data) DATA=$2 ;;
        --listen) LISTEN=$2 ;;
        --port) PORT=$2 ;;
        --plain-port) PLAIN_PORT=$2 ;;
        --cert) CERTIFICATE=$2 ;;
        --key) KEY=$2 ;;
        *) refuse "不认识的参数：$1" "Unknown option: $1" ;;
    esac
    shift 2
done

OWN=$DATA/tls
RUNTIME=$(mktemp -d /tmp/baton-tls-XXXXXX)
SERVER='' PROXY='' TIMER=''

# shellcheck disable=SC2317 # called by the trap
stop_all() {
    trap '' INT TERM
    # The server first: what it is answering still goes out through the proxy.
    [[ -z $SERVER ]] || { kill -TERM "$SERVER" 2>/dev/null && wait "$SERVER" 2>/dev/null; } || true
    [[ -z $PROXY ]] || { kill -TERM "$PROXY" 2>/dev/null && wait "$PROXY" 2>/dev/null; } || true
    [[ -z $TIMER ]] || kill "$TIMER" 2>/dev/null || true
    rm -rf "$RUNTIME"
}
trap stop_all EXIT
trap 'exit 0' INT TERM

# with_us COMMAND…: ends with this script, however that ends, and does not hear the keyboard's Ctrl-C itself.
with_us() { exec setsid setpriv --pdeathsig TERM -- "$@"; }

# reachable_host: what people type on another device: the address listened on, or this machine's first one.
reachable_host() {
    case $LISTEN in
        127.* | ::1) echo localhost ;;
        0.0.0.0) machine_addresses | grep -v : | head -n 1 | grep . || echo localhost ;;
        ::) machine_addresses | head -n 1 | grep . || echo localhost ;;
        *) echo "$LISTEN" ;;
    esac
}

prepare_certificate() {
    if [[ -n $CERTIFICATE ]]; then
        fits "$CERTIFICATE" "$KEY" ||
            refuse "证书和私钥不是一对：$CERTIFICATE，$KEY" "The certificate and the key do not belong together: $CERTIFICATE, $KEY"
        holds_long "$CERTIFICATE" 0 || refuse "证书已过期：$CERTIFICATE" "The certificate has ended: $CERTIFICATE"
        holds_long "$CERTIFICATE" 14 || warn "证书两周内到期：$CERTIFICATE" "The certificate ends within two weeks: $CERTIFICATE"
        (umask 077 && cat "$CERTIFICATE" "$KEY" >"$RUNTIME/server.pem")
        PEM=$RUNTIME/server.pem
    else
        keep_certificate "$OWN" || refuse "证书没有做成：$OWN" "The certificate could not be made: $OWN"
        PEM=$OWN/server.pem
    fi
}

# What devices may read of our own authority: its certificate and where to fetch it.
publish_authority() {
    local address
    address=http://$(bracketed "$(reachable_host)"):$PLAIN_PORT/trust
    mkdir -p "$RUNTIME/trust"
    cp "$OWN/ca.crt" "$RUNTIME/trust/ca.crt"
    printf '%s\n' "$address" >"$RUNTIME/trust/address"
    case $LISTEN in
        127.* | ::1) ;;
        *) if command -v qrencode >/dev/null; then qrencode -t SVG -m 2 -o "$RUNTIME/trust/qr.svg" "$address"; fi ;;
    esac
}

bracketed() { if [[ $1 == *:* ]]; then printf '[%s]\n' "$1"; else printf '%s\n' "$1"; fi; }

write_proxy_file() {
    local bind hsts='' plain there
    bind=$(bracketed "$LISTEN")
    [[ $LISTEN != :: ]] || bind='ipv6@[::]'
    there="https://%[var(txn.host)]:$PORT"
    [[ $PORT != 443 ]] || there='https://%[var(txn.host)]'
    if [[ -n $CERTIFICATE ]]; then
        plain="    http-request redirect location $there%[capture.req.uri] code 302"
        # The promise counts for the whole host name, so it is given only where the usual port is ours.
        [[ $PORT != 443 ]] || hsts='    http-response set-header strict-transport-security max-age=31536000'
    else
        plain="    http-request redirect location $there/ code 302 if { path /open }
    http-request redirect location /trust code 302 if !{ path /trust /trust/ca.crt /trust/qr.svg } !{ path_beg /a/ }
    http-request deny if !{ method GET HEAD }"
    fi
    awk -v bind="$bind" -v port="$PORT" -v plain_port="$PLAIN_PORT" -v pem="$PEM" -v socket="$RUNTIME/baton.sock" \
        -v hsts="$hsts" -v plain="$plain" '
        { gsub("@bind@", bind); gsub("@port@", port); gsub("@plain_port@", plain_port); gsub("@certificate@", pem)
          gsub("unix@@socket@", "unix@" socket) }
        $0 == "@hsts@" { if (hsts != "") print hsts; next }
        $0 == "@plain@" { print plain; next }
        { print }' "$ROOT/scripts/tls/haproxy.cfg" >"$RUNTIME/haproxy.cfg"
    haproxy -c -q -f "$RUNTIME/haproxy.cfg" ||
        refuse "代理的配置不对，原因见上。" "The proxy refuses its settings, see above."
}

# opened_at: the address people open: a name of the given certificate, or where this machine is reached.
opened_at() {
    local host=''
    if [[ -n $CERTIFICATE ]]; then
        host=$(openssl x509 -in "$CERTIFICATE" -noout -ext subjectAltName 2>/dev/null | grep -oE 'DNS:[a-z0-9][a-z0-9.-]*' |
            head -n 1 | cut -d: -f2 || true)
    fi
    [[ -n $host ]] || host=$(bracketed "$(reachable_host)")
    if [[ $PORT == 443 ]]; then echo "https://$host"; else echo "https://$host:$PORT"; fi
}

start_server() {
    export BATON_SECURE_COOKIES=true BATON_TRUST_PROXY=true
    # An address of the company's own stays.
    if [[ -z ${BATON_PUBLIC_URL:-} ]] && ! grep -qs '^ *public_url *=' "${BATON_CONFIG:-$DATA/baton.conf}"; then
        BATON_PUBLIC_URL=$(opened_at)
        export BATON_PUBLIC_URL
    fi
    [[ -n $CERTIFICATE ]] || export BATON_TLS_TRUST=$RUNTIME/trust
    with_us "$BINARY" "$@" --data "$DATA" --listen "unix:$RUNTIME/baton.sock" &
    SERVER=$!
    until [[ -S $RUNTIME/baton.sock ]]; do
        kill -0 "$SERVER" 2>/dev/null || { wait "$SERVER" || exit $?; exit 1; }
        sleep 0.1
    done
}

start_proxy() {
    with_us haproxy -W -db -q -f "$RUNTIME/haproxy.cfg" &
    PROXY=$!
}

tell() {
    if [[ -z $CERTIFICATE ]]; then
        say "设备第一次打开前先信任证书 Trust the certificate on each device first: $(cat "$RUNTIME/trust/address")"
        say "    指纹 SHA-256 fingerprint: $(fingerprint "$OWN/ca.crt")"
        [[ ! -s $RUNTIME/trust/qr.svg || ! -t 1 ]] || qrencode -t UTF8 -m 1 "$(cat "$RUNTIME/trust/address")"
    fi
    case $LISTEN in
        0.0.0.0 | ::)
            [[ -n $CERTIFICATE || $(reachable_host) != localhost ]] ||
                warn "这台机器没有内网地址：用公网地址打开时，请用 --tls-cert 给出那个名称的证书。" \
                    "This machine has no private address: under a public one, give a certificate of that name with --tls-cert."
            ;;
        127.* | ::1) say "    现在只有本机能打开；手机要用，请加 --listen 0.0.0.0   Only this machine can open it; for phones add --listen 0.0.0.0" ;;
    esac
}

# keep_fresh: another address of the machine or the nearing end of the certificate brings a new one, without a pause.
keep_fresh() {
    [[ -z $CERTIFICATE ]] || return 0
    if ! keep_certificate "$OWN"; then
        warn "新证书没有做成：$OWN" "A new certificate could not be made: $OWN"
    elif [[ $CHANGED == yes ]]; then
        publish_authority
        kill -USR2 "$PROXY"
    fi
}

prepare_certificate
[[ -n $CERTIFICATE ]] || publish_authority
write_proxy_file
start_server "$@"
start_proxy
tell
while kill -0 "$SERVER" 2>/dev/null && kill -0 "$PROXY" 2>/dev/null; do
    setpriv --pdeathsig TERM -- sleep 600 &
    TIMER=$!
    wait -n "$SERVER" "$PROXY" "$TIMER" || true
    if kill -0 "$SERVER" 2>/dev/null && kill -0 "$PROXY" 2>/dev/null; then keep_fresh; fi
done
warn "服务器或代理已结束。" "The server or the proxy has ended."
exit 1
