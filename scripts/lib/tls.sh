# shellcheck shell=bash
# Certificates of a Baton that serves TLS itself: a small authority of its own and what it signs. Needs say.sh.

AUTHORITY_DAYS=3650
# Phones refuse certificates that hold longer than 398 days from authorities they know; ours stay below.
CERTIFICATE_DAYS=397
RENEWED_BEFORE_DAYS=30

# is_private ADDRESS: an address of a local network, which the authority may sign.
is_private() {
    [[ $1 =~ ^(10|127)\. || $1 =~ ^192\.168\. || $1 =~ ^172\.(1[6-9]|2[0-9]|3[01])\. || $1 =~ ^169\.254\. ||
        $1 =~ ^100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\. || ${1,,} =~ ^f[cd][0-9a-f]{2}: || $1 == ::1 ]]
}

# machine_addresses: private addresses of this machine but the loopback's, one a line, IPv4 first.
machine_addresses() {
    local address
    for address in $(hostname -I 2>/dev/null | tr ' ' '\n' | LC_ALL=C sort); do
        if is_private "$address" && [[ $address != *:* ]]; then printf '%s\n' "$address"; fi
    done
    for address in $(hostname -I 2>/dev/null | tr ' ' '\n' | LC_ALL=C sort); do
        if is_private "$address" && [[ $address == *:* ]]; then printf '%s\n' "$address"; fi
    done
}

# machine_name: the name of this machine, in small letters; nothing when it is no name for a certificate.
machine_name() {
    local name
    name=$(hostname 2>/dev/null | tr '[:upper:]' '[:lower:]')
    if [[ $name =~ ^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$ && $name != localhost ]]; then printf '%s\n' "$name"; fi
}

# certificate_names FOLDER: the alternative names of the server's certificate, as openssl writes them. A machine that was
# renamed after the authority was made is named as NAME.local only: the authority signs for no other name.
certificate_names() {
    local names=DNS:localhost,IP:127.0.0.1,IP:::1 name address
    name=$(machine_name)
    if [[ -n $name ]]; then
        if [[ $name == "$(cat "$1/machine" 2>/dev/null)" ]]; then names+=,DNS:$name; fi
        names+=,DNS:${name%%.*}.local
    fi
    for address in $(machine_addresses); do names+=,IP:$address; done
    printf '%s\n' "$names"
}

# holds_long FILE DAYS: the certificate is there and does not end within DAYS.
holds_long() { [[ -s $1 ]] && openssl x509 -in "$1" -noout -checkend $(($2 * 86400)) >/dev/null 2>&1; }

# make_authority FOLDER: an authority that can only sign for this machine's name and for private addresses, so that a
# device which trusts it risks nothing of what it does elsewhere.
make_authority() {
    local folder=$1 name
    name=$(machine_name)
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/ca.key.new" 2>/dev/null || return
    cat >"$folder/ca.cnf" <<TEXT
[req]
distinguished_name = subject
x509_extensions = authority
prompt = no
[subject]
O = Baton
CN = Baton ${name:-localhost} $(date -u +%Y-%m-%d)
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, @signed
[signed]
permitted;DNS.1 = localhost
permitted;DNS.2 = local
${name:+permitted;DNS.3 = $name}
permitted;IP.1 = 127.0.0.0/255.0.0.0
permitted;IP.2 = 10.0.0.0/255.0.0.0
permitted;IP.3 = 172.16.0.0/255.240.0.0
permitted;IP.4 = 192.168.0.0/255.255.0.0
permitted;IP.5 = 169.254.0.0/255.255.0.0
permitted;IP.6 = 100.64.0.0/255.192.0.0
permitted;IP.7 = ::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
permitted;IP.8 = fc00::/fe00::
TEXT
    openssl req -new -x509 -sha256 -days "$AUTHORITY_DAYS" -key "$folder/ca.key.new" -config "$folder/ca.cnf" \
        -out "$folder/ca.crt.new" &&
        printf '%s\n' "$name" >"$folder/machine" &&
        mv "$folder/ca.key.new" "$folder/ca.key" && mv "$folder/ca.crt.new" "$folder/ca.crt" &&
        rm -f "$folder/ca.cnf" "$folder/server.pem" "$folder/names"
}

# make_certificate FOLDER NAMES: a fresh key and certificate for the names, in one file for the proxy.
make_certificate() {
    local folder=$1
    {
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/server.key" 2>/dev/null &&
            openssl req -new -key "$folder/server.key" -subj /O=Baton/CN=localhost -out "$folder/server.csr" &&
            printf '%s\n' "basicConstraints = critical, CA:FALSE" "keyUsage = critical, digitalSignature" \
                "extendedKeyUsage = serverAuth" "authorityKeyIdentifier = keyid" "subjectAltName = $2" \
                >"$folder/server.cnf" &&
            openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -sha256 \
                -set_serial "0x$(openssl rand -hex 16 | sed 's/^./1/')" -days "$CERTIFICATE_DAYS" \
                -extfile "$folder/server.cnf" -out "$folder/server.crt" 2>/dev/null &&
            cat "$folder/server.crt" "$folder/server.key" >"$folder/server.pem.new" &&
            mv "$folder/server.pem.new" "$folder/server.pem" && printf '%s\n' "$2" >"$folder/names"
    } || return
    rm -f "$folder"/server.{key,csr,cnf,crt}
}

# keep_certificate FOLDER: makes what is missing, near its end or for other addresses. CHANGED is yes when a new
# certificate stands.
keep_certificate() {
    local folder=$1 names
    CHANGED=no
    (umask 077 && mkdir -p "$folder") && chmod 700 "$folder" || return
    if [[ ! -s $folder/ca.key ]] || ! holds_long "$folder/ca.crt" "$RENEWED_BEFORE_DAYS"; then
        (umask 077 && make_authority "$folder") || return
    fi
    names=$(certificate_names "$folder")
    if holds_long "$folder/server.pem" "$RENEWED_BEFORE_DAYS" && [[ $names == "$(cat "$folder/names" 2>/dev/null)" ]] &&
        openssl verify -CAfile "$folder/ca.crt" "$folder/server.pem" >/dev/null 2>&1; then
        return
    fi
    # shellcheck disable=SC2034 # read by who calls
    (umask 077 && make_certificate "$folder" "$names") && CHANGED=yes
}

# fingerprint FILE: SHA-256 of the certificate, as devices show it.
fingerprint() { openssl x509 -in "$1" -noout -fingerprint -sha256 | cut -d= -f2; }

# fits CERTIFICATE KEY: the key belongs to the certificate.
fits() {
    local of_certificate of_key
    of_certificate=$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null) || return
    of_key=$(openssl pkey -in "$2" -pubout 2>/dev/null) || return
    [[ -n $of_key && $of_key == "$of_certificate" ]]
}
