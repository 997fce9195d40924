// SPDX-License-Identifier: MIT
#include "audit/findings.h"

namespace parley::audit {
namespace {

constexpr size_t MostTold = 10'000;
constexpr qsizetype ClientIdShown = 64;

} // namespace

Findings::Findings(const Ledger &ledger, Report report)
    : m_ledger(ledger)
    , m_report(std::move(report))
{
}

QByteArray Findings::clientIdOf(UserId user, Seq seq) const
{
    const Mailbox *box = m_ledger.find(user);
    const Mailbox::Entry *entry = box ? box->find(seq) : nullptr;
    return entry ? entry->clientId : QByteArray();
}

QString Findings::nameOf(UserId user, Seq seq, const QByteArray &clientId) const
{
    const QByteArray id = clientId.isNull() ? clientIdOf(user, seq) : clientId;
    if (id.isEmpty())
        return Sentence::tr("#%1 of user %2").arg(seq.value()).arg(user.value());
    return Sentence::tr("#%1 of user %2 (clientId %3)")
        .arg(seq.value())
        .arg(user.value())
        .arg(QString::fromUtf8(id).left(ClientIdShown));
}

void Findings::add(Rule rule, UserId user, Seq seq, const QString &text, const QByteArray &clientId)
{
    if (m_told.size() >= MostTold || !m_told.emplace(rule, user, seq).second)
        return;
    m_report({rule, text, user, seq, clientId.isNull() ? clientIdOf(user, seq) : clientId,
        m_ledger.frame()});
}

} // namespace parley::audit
