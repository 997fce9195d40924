// SPDX-License-Identifier: MIT
// libpq with a limit to waiting: statement_timeout is the server's, and does not help against a
// server that hangs.
#pragma once

#include "core/result.h"
#include "storage/sql/patience.h"

#include <QByteArray>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

struct pg_conn;
struct pg_result;

namespace parley::storage::sql {

using Answer = pg_result;
struct FreeAnswer {
    void operator()(Answer *) const;
};
using AnswerPtr = std::unique_ptr<Answer, FreeAnswer>;

class PostgresLink {
public:
    // The connection stays its owner's, but speaks only through this object until use(nullptr).
    void use(pg_conn *);
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }
    bool isAlive() const;
    bool isInTransaction() const;
    // What libpq says of the connection.
    QString trouble() const;
    QByteArray setting(const char *name) const;
    // The server has warned of something since the last question was asked.
    bool hasWarned() const { return m_hasWarned; }

    // Each returns the last result, or none when the connection broke or the answer did not come.
    AnswerPtr query(const QByteArray &text);
    AnswerPtr prepare(const QByteArray &name, const QByteArray &text);
    AnswerPtr describe(const QByteArray &name);
    AnswerPtr execute(const QByteArray &name, const std::vector<QByteArray> &parameters);

    // The payloads of what was notified, when nothing else is under way; waits for one until `wake`
    // is readable, but not longer than that. None: the connection broke.
    std::optional<std::vector<QByteArray>> notifications(
        std::chrono::milliseconds patience, int wake);

private:
    AnswerPtr answer(int sent);
    bool flush(Patience &);
    bool waitFor(short events, Patience &);

    pg_conn *m_connection = nullptr;
    std::chrono::milliseconds m_patience{};
    bool m_hasWarned = false;
};

} // namespace parley::storage::sql
