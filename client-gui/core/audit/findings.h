// SPDX-License-Identifier: MIT
#pragma once

#include "audit/finding.h"
#include "audit/ledger.h"

#include <QCoreApplication>

#include <functional>
#include <set>
#include <tuple>

namespace parley::audit {

// What findings say.
struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(parley::audit::Judge)
};

// Tells what the checks find: of each rule and message the first finding alone.
class Findings {
public:
    using Report = std::function<void(const Finding &)>;
    Findings(const Ledger &, Report);

    void add(Rule, UserId mailbox, Seq, const QString &text, const QByteArray &clientId);
    // "#9 of user 2 (clientId …)".
    QString nameOf(UserId mailbox, Seq, const QByteArray &clientId) const;
    void reset() { m_told.clear(); }

private:
    QByteArray clientIdOf(UserId mailbox, Seq) const;

    const Ledger &m_ledger;
    const Report m_report;
    std::set<std::tuple<Rule, UserId, Seq>> m_told;
};

} // namespace parley::audit
