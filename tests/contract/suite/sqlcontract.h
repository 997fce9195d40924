// SPDX-License-Identifier: MIT
// What the stores in a database promise besides: what happens when the database itself fails.
#pragma once

#include "suite/storecontract.h"

namespace parley::test {

class SqlBackend : public Backend {
public:
    // Does one statement in the store's database, beside the store; tells its first value.
    virtual Result<QByteArray> query(const QByteArray &sql) = 0;
    // A statement after which the database refuses each row of `unread` for which this holds.
    virtual QByteArray refuseRows(const QByteArray &condition) = 0;
    // The statement that ends this.
    virtual QByteArray refuseNoRows() = 0;
};

class SqlContract : public StoreContract {
    Q_OBJECT
public:
    explicit SqlContract(SqlBackend &backend)
        : StoreContract(backend)
        , m_database(backend)
    {
    }

private Q_SLOTS:
    void aFailureLeavesNothingOfItsBatch();
    void whatTestersMayReadIsThere();
    void fewerSessionsThanThereAreEndsSeveral();

protected:
    SqlBackend &m_database;
};

} // namespace parley::test
