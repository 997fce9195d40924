// SPDX-License-Identifier: MIT
// Every statement by its name. Its text is the file sql/common/NAME.sql where both databases agree,
// else sql/sqlite/NAME.sql and sql/postgresql/NAME.sql; parameters and result columns are the same.
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace parley::storage::sql {

enum class Statement {
    // schema and health
    ReadSchemaVersion,
    WriteSchemaVersion,
    HasSchema,
    CheckPages,
    CheckMailboxes,
    CheckKeys, // SQLite only
    CheckAccountChanges,
    CheckEpoch,
    ReadEpoch,
    RenewEpoch,
    HasMessages,
    CountServers, // PostgreSQL only
    BeginReading, // SQLite only
    BeginWriting, // SQLite only
    Commit, // SQLite only
    DataVersion, // SQLite only
    PageSize, // SQLite only
    MarkCommit, // PostgreSQL only
    ReadCommitMark, // PostgreSQL only
    ReadCommitMarks, // PostgreSQL only
    Notify, // PostgreSQL only
    // messages
    LockMailboxes,
    UpdateMailboxes,
    FindSent,
    InsertSent,
    ConfirmSent,
    NewestSent, // SQLite only
    ReadRecentKeys, // SQLite only
    IndexKeys, // SQLite only
    InsertUnread,
    RemoveUnread,
    Fetch,
    ReadMailboxes,
    Survey,
    // users and sessions
    FindUsers,
    FindAllUsers,
    NewestUser,
    InsertUsers,
    InsertMailboxes,
    UpdateUser,
    InsertSession,
    CheckSessions,
    EndSession,
    EndSessionsOf,
    EndExcessSessions,
    NextAccountChange,
    NewestAccountChange,
    InsertAccountChange,
    ReadAccountChanges,
    // presence
    InsertPresence,
    UpdatePresence,
    LockPresence, // PostgreSQL only
    ResetPresence, // SQLite only
    ReadPresence,
    // nodes, PostgreSQL only
    JoinNode,
    BeatNode,
    FindDeadNode,
    ForgetNode,
    FindLinked,
    RemoveLinks,
    InsertLinks,
    EndExcessLinks,
    ReadNodes,
    // pruning
    ConfirmTime,
    CorrectPresence,
    CorrectSessions,
    CorrectSent,
    CorrectAccountChanges,
    PruneSent,
    PruneSessions,
    PruneAccountChanges,
    Count
};

// The file's name without ".sql".
QByteArray name(Statement);
// `dialect` is "sqlite" or "postgresql".
Result<QByteArray> text(Statement, const QString &dialect);

} // namespace parley::storage::sql
