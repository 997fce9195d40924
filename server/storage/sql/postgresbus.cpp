// SPDX-License-Identifier: MIT
#include "storage/sql/postgresbus.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace parley::storage::sql {

PostgresBus::PostgresBus(const PostgresAddress &address)
    : m_teller(address, PostgresDatabase::Purpose::Bus)
    , m_listener(address, PostgresDatabase::Purpose::Bus)
    , m_wake(::eventfd(0, EFD_CLOEXEC))
{
}

PostgresBus::~PostgresBus()
{
    ::close(m_wake);
}

Done PostgresBus::openTeller()
{
    if (m_teller.isOpen())
        return done();
    if (const Done opened = m_teller.open(); !opened)
        return opened;
    // Even a notice is written to the log of the database; nobody need wait for the disk.
    const Done fast = m_teller.script("SET synchronous_commit = off");
    if (!fast)
        m_teller.close();
    return fast;
}

Done PostgresBus::publish(std::span<const QByteArray> notices)
{
    if (const Done opened = openTeller(); !opened)
        return opened;
    Parameters in(1, notices.size());
    for (const QByteArray &notice : notices)
        in.add(notice);
    return m_teller.exec(Statement::Notify, in, {});
}

Result<std::vector<CommitMark>> PostgresBus::readMarks()
{
    if (const Done opened = openTeller(); !opened)
        return opened.failure();
    const auto found = m_teller.query(Statement::ReadCommitMarks);
    if (!found)
        return found.failure();
    std::vector<CommitMark> marks;
    for (size_t row = 0; row < found->rows(); ++row)
        marks.push_back({found->text(row, 0), found->integer(row, 1)});
    return marks;
}

Done PostgresBus::listen()
{
    if (const Done opened = m_listener.open(); !opened)
        return opened;
    const Done listens = m_listener.script("LISTEN parley");
    if (!listens)
        m_listener.close();
    return listens;
}

Result<std::vector<QByteArray>> PostgresBus::hear(milliseconds patience)
{
    if (!m_listener.isOpen())
        return Failure{QStringLiteral("nobody listens"), true};
    return m_listener.notifications(patience, m_wake);
}

void PostgresBus::interrupt()
{
    ::eventfd_write(m_wake, 1);
}

} // namespace parley::storage::sql
