// SPDX-License-Identifier: MIT
#include "session/sodium.h"

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

} // namespace parley::session
