// SPDX-License-Identifier: MIT
#include "storage/sql/statements.h"

#include <QFile>

#include <array>

// Outside of any namespace, as the macro wants it. Without it the linker may drop the files.
static void keepFiles()
{
    Q_INIT_RESOURCE(parley_sql);
}

namespace parley::storage::sql {

namespace {

constexpr std::array Names{"read_schema_version", "write_schema_version", "has_schema",
    "check_pages", "check_mailboxes", "check_keys", "check_account_changes", "check_epoch",
    "read_epoch", "renew_epoch", "has_messages", "count_servers", "begin_reading", "begin_writing",
    "commit", "data_version", "page_size", "mark_commit", "read_commit_mark", "read_commit_marks",
    "notify", "lock_mailboxes", "update_mailboxes", "find_sent", "insert_sent", "confirm_sent",
    "newest_sent", "read_recent_keys", "index_keys", "insert_unread", "remove_unread", "fetch",
    "read_mailboxes", "survey", "find_users", "find_all_users", "newest_user", "insert_users",
    "insert_mailboxes", "update_user", "insert_session", "check_sessions", "end_session",
    "end_sessions_of", "end_excess_sessions", "next_account_change", "newest_account_change",
    "insert_account_change", "read_account_changes", "insert_presence", "update_presence",
    "lock_presence", "reset_presence", "read_presence", "join_node", "beat_node", "find_dead_node",
    "forget_node", "find_linked", "remove_links", "insert_links", "end_excess_links", "read_nodes",
    "confirm_time", "correct_presence", "correct_sessions", "correct_sent",
    "correct_account_changes", "prune_sent", "prune_sessions", "prune_account_changes"};
static_assert(Names.size() == size_t(Statement::Count));

} // namespace

QByteArray name(Statement statement)
{
    return Names[size_t(statement)];
}

Result<QByteArray> text(Statement statement, const QString &dialect)
{
    keepFiles();
    const QString file = QString::fromLatin1(name(statement));
    for (const QString &folder : {QStringLiteral("common"), dialect}) {
        QFile text(QStringLiteral(":/sql/%1/%2.sql").arg(folder, file));
        if (text.open(QFile::ReadOnly))
            return text.readAll();
    }
    return Failure{QStringLiteral("the program lacks its statement %1/%2").arg(dialect, file)};
}

} // namespace parley::storage::sql
