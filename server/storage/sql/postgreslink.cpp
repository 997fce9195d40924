// SPDX-License-Identifier: MIT
#include "storage/sql/postgreslink.h"

#include "core/log.h"

#include <libpq-fe.h>
#include <poll.h>

namespace parley::storage::sql {

using std::chrono::steady_clock;

void FreeAnswer::operator()(Answer *answer) const
{
    PQclear(answer);
}

void PostgresLink::use(pg_conn *connection)
{
    m_connection = connection;
    if (!connection)
        return;
    PQsetnonblocking(connection, 1);
    const auto hear = [](void *link, const pg_result *notice) {
        const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
        if (qstrcmp(severity, "WARNING") == 0)
            static_cast<PostgresLink *>(link)->m_hasWarned = true;
        qCDebug(lcStorage) << "PostgreSQL says" << PQresultErrorMessage(notice);
    };
    PQsetNoticeReceiver(connection, hear, this);
}

bool PostgresLink::isAlive() const
{
    return m_connection && PQstatus(m_connection) == CONNECTION_OK;
}

bool PostgresLink::isInTransaction() const
{
    return isAlive() && PQtransactionStatus(m_connection) != PQTRANS_IDLE;
}

QString PostgresLink::trouble() const
{
    return QString::fromUtf8(PQerrorMessage(m_connection)).simplified();
}

QByteArray PostgresLink::setting(const char *name) const
{
    return PQparameterStatus(m_connection, name);
}

AnswerPtr PostgresLink::query(const QByteArray &text)
{
    return answer(PQsendQuery(m_connection, text.constData()));
}

AnswerPtr PostgresLink::prepare(const QByteArray &name, const QByteArray &text)
{
    return answer(PQsendPrepare(m_connection, name.constData(), text.constData(), 0, nullptr));
}

AnswerPtr PostgresLink::describe(const QByteArray &name)
{
    return answer(PQsendDescribePrepared(m_connection, name.constData()));
}

AnswerPtr PostgresLink::execute(const QByteArray &name, const std::vector<QByteArray> &parameters)
{
    std::vector<const char *> values;
    std::vector<int> sizes;
    for (const QByteArray &parameter : parameters) {
        values.push_back(parameter.constData());
        sizes.push_back(int(parameter.size()));
    }
    const std::vector<int> binary(parameters.size(), 1);
    return answer(PQsendQueryPrepared(m_connection, name.constData(), int(parameters.size()),
        values.data(), sizes.data(), binary.data(), 1));
}

std::optional<std::vector<QByteArray>> PostgresLink::notifications(
    std::chrono::milliseconds patience, int wake)
{
    std::vector<QByteArray> payloads;
    const auto takeAll = [&] {
        while (PGnotify *notify = PQnotifies(m_connection)) {
            payloads.emplace_back(notify->extra);
            PQfreemem(notify);
        }
    };
    takeAll(); // what came with an answer
    if (!payloads.empty())
        return payloads;
    pollfd sockets[]{{PQsocket(m_connection), POLLIN, 0}, {wake, POLLIN, 0}};
    if (poll(sockets, std::size(sockets), int(patience.count())) < 0 && errno != EINTR)
        return {};
    if (sockets[0].revents != 0 && !PQconsumeInput(m_connection))
        return {};
    takeAll();
    return payloads;
}

AnswerPtr PostgresLink::answer(int sent)
{
    m_hasWarned = false;
    Patience patience(m_patience);
    if (!sent || !flush(patience))
        return {};
    AnswerPtr last;
    for (;;) {
        while (PQisBusy(m_connection)) {
            if (!waitFor(POLLIN, patience) || !PQconsumeInput(m_connection))
                return {};
        }
        AnswerPtr next(PQgetResult(m_connection));
        if (!next)
            return last;
        last = std::move(next);
    }
}

bool PostgresLink::flush(Patience &patience)
{
    for (;;) {
        const int flushed = PQflush(m_connection);
        if (flushed <= 0)
            return flushed == 0;
        // The server may stop reading until somebody reads what it has to say.
        if (!waitFor(POLLIN | POLLOUT, patience) || !PQconsumeInput(m_connection))
            return false;
    }
}

bool PostgresLink::waitFor(short events, Patience &patience)
{
    using std::chrono::milliseconds;
    for (;;) {
        const auto piece = patience.piece();
        const auto start = steady_clock::now();
        pollfd socket{PQsocket(m_connection), events, 0};
        const int ready = poll(&socket, 1, int(std::chrono::ceil<milliseconds>(piece).count()));
        const bool failed = ready < 0 && errno != EINTR;
        patience.waited(steady_clock::now() - start);
        if (ready > 0 || failed || piece == Patience::Duration::zero())
            return ready > 0;
    }
}

} // namespace parley::storage::sql
