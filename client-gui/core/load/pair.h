// SPDX-License-Identifier: MIT
#pragma once

#include "client/chatclient.h"
#include "core/histogram.h"

#include <QElapsedTimer>

#include <functional>
#include <set>

namespace parley::load {

// What all pairs count together.
struct Tally {
    QElapsedTimer clock; // runs
    Histogram interval; // latency in µs; begun anew by who reads it
    Histogram whole;
    qint64 stored = 0;
    qint64 delivered = 0;
    qint64 confirmed = 0;
    qint64 doubled = 0;
    qint64 disordered = 0;
    qint64 errors = 0;
    QString lastError;
};

// Two connections, one of which sends to the other, with `window` messages under way. Confirms
// what load runs have sent, and leaves all other mail alone. Lives in the run's thread.
class Pair : public QObject {
    Q_OBJECT

public:
    struct Settings {
        QByteArray run; // tells this run's messages from others'
        int number = 0;
        int window = 1;
        int bodyBytes = 0;
        bool sweeps = true; // confirms what earlier runs left
    };
    // `tally` outlives the pair.
    Pair(Settings, client::Options sender, client::Options receiver, Tally &tally);

    void connectBoth();
    void stopSending() { m_isSending = false; }
    void disconnectBoth();

    int connected() const;
    bool isReady() const { return connected() == 2 && m_receiverId != UserId(); }
    // Connected, or refused for good: nothing is to be waited for.
    bool isDecided() const { return isReady() || m_isRefused; }
    bool isRefused() const { return m_isRefused; }
    bool isGone() const;
    // Nothing is under way: all that was accepted was received and confirmed.
    bool isDrained() const;
    qint64 missing() const { return m_stored - m_received; }

Q_SIGNALS:
    // Of isReady() or isRefused().
    void changed();

private:
    void stateHasChanged(client::State, const QString &reason);
    void look();
    void fill();
    void receive(const protocol::Message &);
    void count(qint64 number, qint64 sentUs);
    void complain(const protocol::Error &);
    void complain(const QString &);

    const Settings m_settings;
    Tally &m_tally;
    client::ChatClient m_sender;
    client::ChatClient m_receiver;
    UserId m_receiverId;
    qint64 m_number = 0; // of the last message
    int m_underWay = 0;
    qint64 m_stored = 0;
    qint64 m_received = 0;
    qint64 m_toConfirm = 0;
    qint64 m_contiguous = 0; // received up to here
    std::set<qint64> m_early; // received beyond a hole
    bool m_wasPaused = false; // something was refused for the moment: order may differ
    bool m_isSending = true;
    bool m_isRefused = false;
};

} // namespace parley::load
