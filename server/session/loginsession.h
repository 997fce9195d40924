// SPDX-License-Identifier: MIT
// Login sessions (docs/protocol.md 3b), and how the two kinds of session look.
// All functions may be called from any thread.
#pragma once

#include <QByteArray>

namespace parley::session {

struct MintedSession {
    QByteArray session; // for the client's eyes only
    QByteArray hash; // for the store
};

// A new session of 32 random bytes: `p1_` and 43 characters of base64url.
MintedSession mintLoginSession();

// What the store knows of a session: its SHA-256, 32 bytes.
QByteArray hashLoginSession(QByteArrayView session);

enum class SessionForm { Time, Login, Neither };

// Only what it looks like; nothing is said about its being valid.
SessionForm formOf(QByteArrayView session);

} // namespace parley::session
