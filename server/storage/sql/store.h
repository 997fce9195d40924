// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/open.h"
#include "storage/sql/work.h"
#include "storage/store.h"

namespace parley::storage::sql {

// Everything that is decided about what is stored; the same for every database.
class SqlStore final : public Store {
public:
    SqlStore(std::unique_ptr<Database>, const Limits &, Schema);

    Done open() override;
    Result<std::vector<Outcome>> apply(std::span<const Operation>, Time now) override;
    CommitMark lastCommit() const override { return m_database->lastCommit(); }
    bool isInDoubt() const override { return m_database->isInDoubt(); }
    Result<std::vector<Outcome>> resolveDoubt() override;
    bool isOpen() const override { return m_ready && m_database->isOpen(); }
    Result<std::vector<NodeFacts>> nodes() override;
    Done check() override;
    void close() override;

private:
    Done checkEpoch();
    Result<std::vector<Outcome>> attempt(std::span<const Operation>, Time now);

    const std::unique_ptr<Database> m_database;
    const Limits m_limits;
    // Keep as soon as it was ready once: what was SENT is in there, and no other tables take its
    // place.
    Schema m_schema;
    std::vector<Outcome> m_doubtful; // if what is in doubt was done
    Known m_known; // as the last transaction left it
    QByteArray m_epoch; // when it was opened for the first time
    bool m_ready = false; // the schema is right
};

} // namespace parley::storage::sql
