// SPDX-License-Identifier: MIT
// Keys and tokens that are files: what an operator gave, and what the server makes for itself.
#pragma once

#include "app/settings/readfile.h"
#include "core/clock.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace parley::app {

// The secret that the file holds (core/secrettext.h); a Failure begins with the file's name. A file
// that others may write is refused, for anybody could have put it there; one that others may read
// is warned of.
Result<QByteArray> readSecret(const QString &file, QStringList &warnings, Accept = Accept::AnyFile);

// The same of a file of the server's own; where there is none it is made, of 32 random bytes in
// hexadecimal digits, and for its owner alone. Its folder must exist. Warnings go to the log.
Result<QByteArray> ownSecret(const QString &file);

// The key that another one has replaced. It lies beside that one's file, with ".before" behind its
// name: one line, the moment of its end in ISO 8601, a blank, and the key.
struct PreviousSecret {
    QByteArray secret;
    Time end{};
};
// Unset: there is none. As readSecret().
Result<std::optional<PreviousSecret>> readPreviousSecret(
    const QString &file, QStringList &warnings, Accept = Accept::AnyFile);

// Puts a new secret, as of ownSecret(), into a file that has one, and that one beside it, until
// `end`. Both belong to the file's owner and have its rights. Whatever interrupts it leaves a file
// that is whole. Refused while the one before is still valid `now`, and through symbolic links.
Done rotateSecret(const QString &file, Time now, Time end);

} // namespace parley::app
