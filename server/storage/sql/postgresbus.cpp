// SPDX-License-Identifier: MIT
#include "storage/sql/postgresbus.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace parley::storage::sql {

namespace {

// Connected, and this done; else not connected.
Done open(PostgresDatabase &database, const QByteArray &first)
{
    Done opened = database.open();
    if (opened)
        opened = database.script(first);
    if (!opened)
        database.close();
    return opened;
}

} // namespace

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
    // Even a notice is written to the log of the database; nobody need wait for the disk.
    return m_teller.isOpen() ? done() : open(m_teller, "SET synchronous_commit = off");
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
    return open(m_listener, "LISTEN parley");
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
