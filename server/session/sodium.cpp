// SPDX-License-Identifier: MIT
#include "session/sodium.h"

#include <array>
#include <mutex>

#include <sodium.h>

namespace parley::session {

void useSodium()
{
    static std::once_flag once;
    std::call_once(once, [] {
        if (sodium_init() < 0)
            qFatal("libsodium cannot be used: no source of random bytes");
    });
}

void wipe(QByteArray &secret)
{
    if (secret.isDetached())
        sodium_memzero(secret.data(), size_t(secret.size()));
    secret.clear();
}

bool isSecret(QByteArrayView secret, QByteArrayView offered)
{
    useSodium();
    // Hashes have one length, so the offered one's is no hint either.
    const auto hash = [](QByteArrayView text) {
        std::array<unsigned char, crypto_generichash_BYTES> result;
        crypto_generichash(result.data(), result.size(),
            reinterpret_cast<const unsigned char *>(text.data()), size_t(text.size()), nullptr, 0);
        return result;
    };
    const auto wanted = hash(secret);
    const auto given = hash(offered);
    return sodium_memcmp(wanted.data(), given.data(), wanted.size()) == 0 && !secret.isEmpty();
}

} // namespace parley::session
