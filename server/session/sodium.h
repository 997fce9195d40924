// SPDX-License-Identifier: MIT
// What every user of libsodium in this folder needs.
#pragma once

#include <QByteArray>

namespace parley::session {

// Makes libsodium ready; cheap after the first time. Without it no secret can be made or checked,
// so the process ends when that fails. Any thread.
void useSodium();

// Overwrites the bytes and empties the array. Bytes that are shared with another array belong to
// that one, too, and are left alone: hand secrets over by move. Any thread.
void wipe(QByteArray &secret);

// Whether it is the secret; the time taken tells nothing of either. An empty secret is nobody's.
// Any thread.
bool isSecret(QByteArrayView secret, QByteArrayView offered);

} // namespace parley::session
