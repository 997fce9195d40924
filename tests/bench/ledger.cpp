// SPDX-License-Identifier: MIT
#include "bench/ledger.h"

#include <algorithm>
#include <bit>

namespace parley::bench {

const std::vector<FaultKind> FaultKinds{
    {"lost", "messages were acknowledged by SENT and never delivered", &Faults::lost},
    {"unanswered", "commands were not answered", &Faults::unanswered},
    {"doubled", "messages were delivered or answered twice", &Faults::doubled},
    {"misordered", "messages were delivered or answered out of order", &Faults::misordered},
    {"misnumbered", "seqs were not the mailbox's next (or another program sends to these users)",
        &Faults::misnumbered},
    {"damaged", "messages had another body, sender or receiver than was sent", &Faults::damaged},
    {"refused", "commands were refused", &Faults::refused},
    {"left", "mailboxes were not empty after everything was confirmed", &Faults::left},
    {"disconnected", "connections did not come up, or broke", &Faults::disconnected},
};

Faults &Faults::operator+=(const Faults &other)
{
    for (const FaultKind &kind : FaultKinds)
        this->*kind.count += other.*kind.count;
    return *this;
}

qint64 Faults::total() const
{
    qint64 sum = 0;
    for (const FaultKind &kind : FaultKinds)
        sum += this->*kind.count;
    return sum;
}

void Arrivals::add(quint32 number, Seq seq, Faults &faults)
{
    if (seq.value() != m_base + number) {
        ++faults.misnumbered;
        m_base = seq.value() - number; // a gap counts once
    }
    if (number < m_next) {
        ++(m_missing.erase(number) != 0 ? faults.misordered : faults.doubled);
        return;
    }
    for (; m_next < number; ++m_next)
        m_missing.insert(m_missing.end(), m_next);
    ++m_next;
}

Ledger::Ledger(int window)
    : m_openedAt(std::bit_ceil(unsigned(window)))
{
}

quint32 Ledger::open(Moment now)
{
    ++m_opened;
    m_openedAt[m_opened & (m_openedAt.size() - 1)] = now;
    return m_opened;
}

void Ledger::setBase(Seq base)
{
    m_sent.setBase(base);
    m_delivered.setBase(base);
}

void Ledger::sent(quint32 number, Seq seq)
{
    m_sent.add(number, seq, m_faults);
}

void Ledger::delivered(quint32 number, Seq seq)
{
    m_delivered.add(number, seq, m_faults);
}

void Ledger::confirmed(Seq upTo)
{
    m_confirmed =
        std::max(m_confirmed, std::min(upTo.value() - m_delivered.base(), m_delivered.count()));
}

Ticks::duration Ledger::age(quint32 number, Moment now) const
{
    return now - m_openedAt[number & (m_openedAt.size() - 1)];
}

qint64 Ledger::completed() const
{
    return std::min(m_sent.count(), m_confirmed) + m_faults.refused;
}

Faults Ledger::conclude() const
{
    Faults faults = m_faults;
    for (quint32 number = 1; number <= m_opened; ++number) {
        if (m_sent.has(number))
            faults.lost += !m_delivered.has(number);
        else
            ++faults.unanswered;
    }
    faults.unanswered -= faults.refused;
    // The seqs that the sender was told are those that the receiver saw.
    faults.misnumbered += m_sent.base() != m_delivered.base();
    return faults;
}

} // namespace parley::bench
