// SPDX-License-Identifier: MIT
#pragma once

struct sqlite3;

namespace parley::storage::sql {

// The name of a file system of SQLite's (a VFS), registered at the first call: the machine's own,
// but that what SQLite writes to its log, page by page, each with a header of its own, is gathered
// and written in one call when it is to be synced or read. What is durable, and when, stays as it
// is: a sync is a sync. Any thread.
const char *gatheringFileSystem();

// Forgets what is gathered: to be called when the connection's transaction is rolled back. Later
// its place in the log may be another process's.
void dropGathered(sqlite3 *);

} // namespace parley::storage::sql
