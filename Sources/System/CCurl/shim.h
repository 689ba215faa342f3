#pragma once
#include <curl/curl.h>
#include <sys/socket.h>

// curl_easy_setopt takes any kind of argument, which Swift can't call; one function for each kind.
static inline CURLcode baton_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode baton_curl_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode baton_curl_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode baton_curl_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode baton_curl_large(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*baton_curl_bytes)(char *, size_t, size_t, void *);
static inline CURLcode baton_curl_reading(CURL *handle, baton_curl_bytes call) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, call);
}
static inline CURLcode baton_curl_writing(CURL *handle, baton_curl_bytes call) {
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, call);
}

// What the other server says, line by line.
static inline CURLcode baton_curl_heading(CURL *handle, baton_curl_bytes call) {
    return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, call);
}

// Says whether a connection to this address may be opened: family (4 or 6), 4 or 16 bytes.
typedef int (*baton_curl_address)(void *user, int family, const unsigned char *bytes);
struct baton_curl_guard {
    baton_curl_address allows;
    void *user;
};
static inline curl_socket_t baton_curl_open(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    const struct baton_curl_guard *guard = (const struct baton_curl_guard *)data;
    const unsigned char *bytes = (const unsigned char *)&address->addr;
    int family = address->family == AF_INET ? 4 : address->family == AF_INET6 ? 6 : 0;
    // In a sockaddr_in the address begins at 4, in a sockaddr_in6 at 8.
    if (!family || !guard->allows(guard->user, family, bytes + (family == 4 ? 4 : 8)))
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
static inline CURLcode baton_curl_guarding(CURL *handle, struct baton_curl_guard *guard) {
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, guard);
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, baton_curl_open);
}
static inline long baton_curl_response(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
