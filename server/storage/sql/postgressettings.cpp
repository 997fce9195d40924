// SPDX-License-Identifier: MIT
#include "storage/sql/postgressettings.h"

#include "storage/sql/postgreslink.h"

#include <libpq-fe.h>

namespace parley::storage::sql {

namespace {

struct Setting {
    const char *name;
    const char *value;
};

// The planner may only walk indexes, from the rows that a statement is given: it would choose a
// scan of a table that was small when the statement was planned, and keep to it when the table has
// grown. A transaction that we left behind when the connection broke must not keep its locks.
constexpr Setting Settings[] = {
    {"synchronous_commit", "on"},
    {"statement_timeout", "5000"},
    {"lock_timeout", "2000"},
    {"idle_in_transaction_session_timeout", "10000"},
    {"enable_seqscan", "off"},
    {"enable_hashjoin", "off"},
    {"enable_mergejoin", "off"},
    {"plan_cache_mode", "force_generic_plan"},
    {"jit", "off"},
};
// The server's own, which a session cannot change.
constexpr Setting Safeguards[] = {{"fsync", "on"}, {"full_page_writes", "on"}};

// "SET a = b; ...; SELECT ..." with a row, which has the values in order.
QByteArray question()
{
    QByteArray sets;
    QByteArray values;
    for (const auto &[name, value] : Settings) {
        sets += QByteArray("SET ") + name + " = " + value + "; ";
        values += QByteArray(", '") + name + '\'';
    }
    for (const auto &[name, value] : Safeguards)
        values += QByteArray(", '") + name + '\'';
    return sets + "SELECT name, setting FROM pg_settings WHERE name IN (" + values.mid(2) + ')';
}

QByteArray valueOf(const Answer *answer, const char *name)
{
    for (int row = 0; answer && row < PQntuples(answer); ++row) {
        if (qstrcmp(PQgetvalue(answer, row, 0), name) == 0)
            return PQgetvalue(answer, row, 1);
    }
    return {};
}

} // namespace

Result<QStringList> setUpSession(PostgresLink &link)
{
    const AnswerPtr answer = link.query(question());
    if (!answer || PQresultStatus(answer.get()) != PGRES_TUPLES_OK)
        return Failure{
            QStringLiteral("PostgreSQL does not accept our settings: ") + link.trouble(), true};
    const auto is = [&](const Setting &setting) {
        return valueOf(answer.get(), setting.name) == setting.value;
    };
    for (const Setting &setting : Settings) {
        if (!is(setting))
            return Failure{
                QStringLiteral("PostgreSQL does not keep %1 = %2, but reports \"%3\"; does"
                               " a proxy or pooler change it?")
                    .arg(QString::fromLatin1(setting.name), QString::fromLatin1(setting.value),
                        QString::fromUtf8(valueOf(answer.get(), setting.name)))};
    }
    QStringList unsafe;
    for (const Setting &setting : Safeguards) {
        if (!is(setting))
            unsafe += QStringLiteral("PostgreSQL runs with %1 = %2: acknowledged messages can be"
                                     " lost when its machine fails")
                          .arg(QString::fromLatin1(setting.name),
                              QString::fromUtf8(valueOf(answer.get(), setting.name)));
    }
    return unsafe;
}

} // namespace parley::storage::sql
