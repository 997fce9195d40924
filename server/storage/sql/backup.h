// SPDX-License-Identifier: MIT
// Copies of whole stores, and stores made of them. Both block for as long as it takes.
#pragma once

#include "core/result.h"

namespace parley::storage::sql {

// Writes the store of this URL (open.h), as it is at one moment, to a file that must not exist yet,
// and looks whether that can be read. Servers may go on using the store meanwhile, and do not wait.
// The file is its owner's alone; it has its name only when it is whole and on disk.
Done backUp(const QString &url, const QString &file);

// Makes the store of this URL what such a file holds, brought up to date, checked, and with a new
// epoch. The store of before is kept; the result says where, in words, and is empty when there was
// none. Refused while a server uses the store, and when it has messages or cannot be read, unless
// `replaces`. A Failure leaves the store of before in its place, or says what is to be done.
Result<QString> restore(const QString &url, const QString &file, bool replaces);

} // namespace parley::storage::sql
