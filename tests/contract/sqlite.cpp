// SPDX-License-Identifier: MIT
#include "suite/sqlcontract.h"

#include "support/sqlitefile.h"

#include <QTest>

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
    Result<QByteArray> query(const QByteArray &sql) override
    {
        return test::querySqlite(m_path, sql);
    }
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

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    storage::sql::loadDrivers();
    SqliteBackend backend;
    test::SqlContract contract(backend);
    return QTest::qExec(&contract, argc, argv);
}
