/* Proves the shim on the libsrtp that was built: every profile, both ways, RTP and RTCP, and the errors that mediasoup relies on. */
#include <arpa/inet.h>
#include <srtp.h>
#include <stdio.h>
#include <string.h>

#define SSRC 0x11223344
#define PACKETS 500

static int failures = 0;

static void expect(int holds, const char *profile, const char *what)
{
    if (holds)
        return;
    failures++;
    printf("%s: %s\n", profile, what);
}

static int open_session(srtp_t *session, srtp_profile_t profile, const uint8_t *key, srtp_ssrc_type_t direction)
{
    srtp_policy_t policy;
    srtp_ssrc_t ssrc = { .type = direction, .value = 0 };
    size_t key_len = srtp_profile_get_master_key_length(profile);
    size_t salt_len = srtp_profile_get_master_salt_length(profile);
    int err = srtp_policy_create(&policy);
    err |= srtp_policy_set_ssrc(policy, ssrc);
    err |= srtp_policy_set_profile(policy, profile);
    err |= srtp_policy_add_key(policy, key, key_len, key + key_len, salt_len, NULL, 0);
    err |= srtp_policy_set_allow_repeat_tx(policy, true);
    err |= srtp_policy_set_window_size(policy, 1024);
    err |= srtp_create(session, policy);
    srtp_policy_destroy(policy);
    return err;
}

static void prove(srtp_profile_t profile, const char *name)
{
    srtp_t sender, receiver;
    uint8_t key[64], rtp[1112], sealed[2048], opened[2048];
    uint8_t report[8] = { 0x80, 201, 0, 1, 1, 2, 3, 4 };
    uint32_t ssrc = htonl(SSRC);
    size_t sealed_len, opened_len;

    for (int i = 0; i < 64; i++)
        key[i] = (uint8_t)(i * 7 + profile);
    expect(!open_session(&sender, profile, key, ssrc_any_outbound), name, "the sender opens");
    expect(!open_session(&receiver, profile, key, ssrc_any_inbound), name, "the receiver opens");

    memset(rtp, 5, sizeof rtp);
    rtp[0] = 0x80;
    rtp[1] = 101;
    memcpy(rtp + 8, &ssrc, 4);
    for (int i = 0; i < PACKETS; i++) {
        rtp[2] = (uint8_t)(i >> 8);
        rtp[3] = (uint8_t)i;
        sealed_len = sizeof sealed;
        expect(!srtp_protect(sender, rtp, sizeof rtp, sealed, &sealed_len, 0), name, "a packet is sealed");
        expect(sealed_len > sizeof rtp && memcmp(sealed + 12, rtp + 12, 64) != 0, name, "a sealed packet is encrypted and tagged");
        opened_len = sizeof opened;
        expect(!srtp_unprotect(receiver, sealed, sealed_len, opened, &opened_len), name, "a packet is opened");
        expect(opened_len == sizeof rtp && !memcmp(opened, rtp, sizeof rtp), name, "an opened packet is what was sent");
    }
    sealed[20] ^= 1;
    opened_len = sizeof opened;
    expect(srtp_unprotect(receiver, sealed, sealed_len, opened, &opened_len) != srtp_err_status_ok, name, "a forged packet is refused");

    sealed_len = sizeof rtp; /* no room for the tag */
    expect(srtp_protect(sender, rtp, sizeof rtp, sealed, &sealed_len, 0) == srtp_err_status_buffer_small, name, "a short buffer is refused");

    sealed_len = sizeof sealed;
    expect(!srtp_protect_rtcp(sender, report, sizeof report, sealed, &sealed_len, 0), name, "a report is sealed");
    opened_len = sizeof opened;
    expect(!srtp_unprotect_rtcp(receiver, sealed, sealed_len, opened, &opened_len), name, "a report is opened");
    expect(opened_len == sizeof report && !memcmp(opened, report, sizeof report), name, "an opened report is what was sent");

    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

int main(void)
{
    if (srtp_init())
        return 2;
    prove(srtp_profile_aead_aes_256_gcm, "AES-256-GCM");
    prove(srtp_profile_aead_aes_128_gcm, "AES-128-GCM");
    prove(srtp_profile_aes128_cm_sha1_80, "AES-128-CM-SHA1-80");
    prove(srtp_profile_aes128_cm_sha1_32, "AES-128-CM-SHA1-32");
    printf("%s: %d failures\n", srtp_get_version_string(), failures);
    return failures ? 1 : 0;
}
