// SPDX-License-Identifier: MIT
// LISTEN and NOTIFY. Each thread has a connection of its own: the one that listens is never in a
// transaction and reads all the time, for PostgreSQL keeps a notice until the slowest has read it.
#pragma once

#include "storage/bus.h"
#include "storage/sql/postgresdatabase.h"

namespace parley::storage::sql {

class PostgresBus final : public Bus {
public:
    explicit PostgresBus(const PostgresAddress &);
    ~PostgresBus() override;

    Done publish(std::span<const QByteArray> notices) override;
    Result<std::vector<CommitMark>> readMarks() override;
    Done listen() override;
    Result<std::vector<QByteArray>> hear(milliseconds patience) override;
    void interrupt() override;

private:
    Done openTeller();

    PostgresDatabase m_teller;
    PostgresDatabase m_listener;
    const int m_wake; // an eventfd: readable once interrupted
};

} // namespace parley::storage::sql
