// SPDX-License-Identifier: MIT
#include "suite/sqlcontract.h"

#include "storage/sql/open.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

namespace {

using namespace parley;

class SqliteBackend final : public test::SqlBackend {
public:
    Result<std::unique_ptr<storage::Store>> fresh(const Limits &limits) override
    {
        m_path = m_folder.filePath(QStringLiteral("%1.db").arg(++m_stores));
        return opened(limits);
    }
    Result<std::unique_ptr<storage::Store>> reopened(
        std::unique_ptr<storage::Store> store, const Limits &limits) override
    {
        store.reset();
        return opened(limits);
    }
    Result<QByteArray> query(const QByteArray &sql) override;
    QByteArray refuseRows(const QByteArray &condition) override
    {
        return "CREATE TRIGGER refuse BEFORE INSERT ON unread WHEN " + condition
            + " BEGIN SELECT RAISE(ABORT, 'refused'); END";
    }
    QByteArray refuseNoRows() override { return "DROP TRIGGER refuse"; }

private:
    Result<std::unique_ptr<storage::Store>> opened(const Limits &limits)
    {
        auto store = storage::sql::makeStore(QStringLiteral("sqlite:") + m_path, limits);
        if (store) {
            if (auto done = (*store)->open(); !done)
                return done.failure();
        }
        return store;
    }

    QTemporaryDir m_folder;
    QString m_path;
    int m_stores = 0;
};

Result<QByteArray> SqliteBackend::query(const QByteArray &sql)
{
    sqlite3 *opened = nullptr;
    sqlite3_open(m_path.toUtf8().constData(), &opened);
    const std::unique_ptr<sqlite3, int (*)(sqlite3 *)> database(opened, sqlite3_close);
    sqlite3_busy_timeout(opened, 5000);
    QByteArray value;
    const auto take = [](void *out, int columns, char **texts, char **) {
        auto &value = *static_cast<QByteArray *>(out);
        if (value.isNull() && columns > 0)
            value = texts[0];
        return 0;
    };
    if (sqlite3_exec(opened, sql.constData(), take, &value, nullptr) != SQLITE_OK)
        return Failure{QString::fromUtf8(sqlite3_errmsg(opened))};
    return value;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    storage::sql::loadDrivers();
    SqliteBackend backend;
    test::SqlContract contract(backend);
    return QTest::qExec(&contract, argc, argv);
}
