// SPDX-License-Identifier: MIT
#pragma once

#include "client/end.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

class QWebSocket;

namespace parley::client {

// One WebSocket, from the attempt to its end, which is told exactly once and never from within a
// call. Knows what QWebSocket of Qt 6.4 leaves to its user: time-outs, the HTTP status of a
// refusal, an end without a code, and that a live socket must not be deleted.
class Link : public QObject {
    Q_OBJECT

public:
    explicit Link(qint64 mostFrameBytes, QObject *parent = nullptr);
    ~Link() override;

    // `bearer`, unless it is empty, goes into the Authorization header.
    void open(const QUrl &, const QByteArray &bearer = {});
    // False when there is no connection to send it on.
    bool send(const QByteArray &frame);
    bool sendBinary(const QByteArray &frame);
    // Sends a Close frame; ends after the timeout at the latest.
    void close(milliseconds timeout);
    // Ends now.
    void abort(const QString &reason);
    bool isOpen() const { return m_open; }
    // Off: leaves what comes in the network, the end of the connection included, until it is on
    // again. For tests of slow readers.
    void setReading(bool);

Q_SIGNALS:
    void opened();
    void frameReceived(const QByteArray &frame);
    void ended(const parley::client::End &);

private:
    bool isConnected() const;
    void finish(End);
    End lostConnection() const;
    End failedAttempt() const;

    QWebSocket *const m_socket;
    const qint64 m_readBufferBytes;
    QTimer m_closeTimer;
    bool m_open = false; // since the upgrade, until the end
    bool m_closeSeen = false;
    bool m_finished = false;
};

} // namespace parley::client
