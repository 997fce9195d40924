// SPDX-License-Identifier: MIT
#pragma once

#include "audit/auditor.h"
#include "client/traceclient.h"
#include "diagram/builder.h"
#include "play/players.h"

namespace parley::load {
struct Plan;
}

namespace parley::workbench {

// What looks on while the panes play: the server's trace, the diagram and the auditor.
class Observers : public QObject {
    Q_OBJECT

public:
    enum class Trace { Off, Waiting, On };
    // Of the servers' administrator, for those of this machine and the one named.
    struct Token {
        QByteArray text; // empty: there is none
        QString problem; // why
        QUrl server;
    };

    static bool isThisMachine(const QUrl &server);

    // The players must outlive it.
    Observers(play::Players &, const Token &, QObject *parent = nullptr);

    diagram::Diagram &diagram() { return m_diagram; }
    audit::Auditor &auditor() { return m_auditor; }
    // Its users are connected where no pane sees what they do.
    void noteLoad(const load::Plan &);
    void clear();
    // The panes play on a server whose trace somebody else brings; the auditor looks
    // at it only if it `isWhole`.
    void visit(bool isWhole);
    void tellVisited(bool isTraced);
    // No longer. What the panes see from their next connection on is not judged by what was there.
    void endVisit();

Q_SIGNALS:
    // `why`, in words, where it is not on.
    void traceChanged(parley::workbench::Observers::Trace, const QString &why);

private:
    void follow(play::Player *);
    void followLogins(play::Player *);
    void audit(int pane);
    bool isAudited(int pane) const;
    void tellForeign(const play::Player &);
    void tellAllForeign();
    void openTrace(const QUrl &server);
    void tellTrace(bool isConnected, const QString &why);
    bool mayTrace(const QUrl &server) const;

    play::Players &m_players;
    const Token m_token;
    diagram::Diagram m_diagram;
    diagram::Builder m_builder;
    audit::Auditor m_auditor;
    client::TraceClient m_trace;
    QUrl m_traced;
    QUrl m_audited;
    // Whom a load run connected, the newest: ids from the first one on, or all.
    bool m_isLoadOfMany = false;
    UserId m_firstLoaded;
    qint64 m_loaded = 0;
    bool m_isVisiting = false;
    bool m_isTraceWhole = true;
    bool m_wasVisiting = false; // since, nobody has connected
    QHash<int, qint64> m_askedUs; // by pane: when the login under way was asked for
};

} // namespace parley::workbench
