// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/diagram.h"
#include "diagram/seen.h"
#include "frames/framelog.h"
#include "protocol/replies.h"
#include "protocol/trace.h"

namespace parley::diagram {

// Makes arrows of what the panes' connections do, and of what the server tells. What goes between
// client and server is drawn from the panes' own frames; what goes between server and database from
// the trace, or, where there is none, from what the frames prove.
class Builder : public QObject {
    Q_OBJECT

public:
    // Both must live as long as this.
    Builder(const frames::FrameLog &, Diagram &, QObject *parent = nullptr);

    // Whether addTrace() is told everything that the server does.
    bool isTraced() const { return m_isTraced; }
    void setTraced(bool);
    // By the server's clock: where that goes wrong, causes and effects still keep their order.
    void addTrace(const protocol::TraceEvent &);
    // Until addLogin() a pane's refusal is that of its login.
    void beginLogin(int pane) { m_loggingIn.insert(pane); }
    // A pane logged in, or was refused, by POST /login: no frame tells of that.
    void addLogin(int pane, const QString &user, int httpStatus, qint64 askedUs, qint64 answeredUs);

private:
    struct Range {
        UserId receiver;
        Seq first;
        Seq last;
    };
    // What is known of a pane's connection.
    struct Pane {
        UserId user;
        bool isOpen = false;
        bool isGreeted = false; // by HELLO
        int asking = 0; // STATUS and WATCH that have no answer yet
        QHash<QByteArray, Range> confirms = {}; // by ref
    };

    void addFrame(const frames::Frame &);
    void addConnection(Pane &, const frames::Frame &);
    void addSent(Pane &, const frames::Frame &);
    void addReceived(Pane &, const frames::Frame &);
    void readHello(Pane &, const frames::Frame &);
    void inferBefore(Pane &, const Arrow &, const frames::Frame &);
    void inferInsert(const Arrow &proof, UserId sender);
    void inferDelete(qint64 atUs, const Range &);
    void inferReceipts(const frames::Frame &);
    void infer(Arrow);

    void addOther(const protocol::TraceEvent &);
    void addPresence(const protocol::TraceEvent &);
    void addFetched(const protocol::TraceEvent &);
    void addRemoved(const protocol::TraceEvent &);
    bool isPlayed(const protocol::TraceEvent &) const;
    void takePaneNames();

    const frames::FrameLog &m_log;
    Diagram &m_diagram;
    bool m_isTraced = false;
    QHash<int, Pane> m_panes;
    QSet<int> m_loggingIn; // panes
    QByteArrayList m_connectionIds; // of the panes, the newest few
    QHash<UserId, Seq> m_confirmedUpTo; // by CONFIRM upTo
    Seen m_stored; // that were drawn
    Seen m_deleted;
    QHash<UserId, qint64> m_selects; // the arrow that the user's next fetched message may extend
    QHash<UserId, qint64> m_deletes;
};

} // namespace parley::diagram
