// SPDX-License-Identifier: MIT
// Answers the questions of other processes, on a thread of its own: whoever asks slowly, or does
// not read, holds up nobody but themselves.
#pragma once

#include "app/control/socket.h"

#include <QJsonObject>
#include <QObject>
#include <QThread>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

class QSocketNotifier;

namespace parley::app::control {

class Answerer : public QObject {
    Q_OBJECT

public:
    // The lines of an answer but for the last. It is called on this object's thread, for putting
    // them together may take a while; a Failure is told to whoever asked.
    using Lines = std::function<Result<QByteArray>()>;
    // Called on this object's thread; must not block. Tells the answer once, from any thread and at
    // any time, or never.
    using Handler =
        std::function<void(const QJsonObject &question, std::function<void(Lines)> tell)>;

    explicit Answerer(Handler, std::chrono::milliseconds peerTimeout = PeerTimeout);
    // Ends the peers.
    ~Answerer() override;

    // Once. Then it answers.
    Done listen(const QString &path);

private:
    class Peer;
    // What an answer goes through, which may come when this is gone.
    struct Way {
        std::mutex mutex;
        Answerer *end = nullptr;
    };
    void accept();
    void ask(Peer &, const QByteArray &line);
    void told(quint64 peer, const Lines &);

    const Handler m_handler;
    const std::chrono::milliseconds m_peerTimeout;
    const std::shared_ptr<Way> m_way = std::make_shared<Way>();
    QThread m_thread;
    std::optional<ListeningSocket> m_socket;
    // Of its thread alone.
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::map<quint64, std::unique_ptr<Peer>> m_peers;
    quint64 m_lastPeer = 0;
};

} // namespace parley::app::control
