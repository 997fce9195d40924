// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace parley::scenario {

// A parleyd of our own on a free port of 127.0.0.1, with a folder that goes away with it. Ends with
// this object, or with the thread that started it. Nothing here blocks but the destructor, which
// kills it.
class ServerProcess : public QObject {
    Q_OBJECT

public:
    struct Setup {
        QString program; // parleyd
        QString store = {}; // empty: SQLite in its folder
        QMap<QString, QString> settings = {}; // as the configuration file names them
        QByteArray users = {}; // CSV of `parleyd user import`
        bool trace = false;
    };
    static constexpr qsizetype MostLogBytes = 256 << 10; // the newest are kept

    explicit ServerProcess(Setup, QObject *parent = nullptr);
    ~ServerProcess() override;

    // Told by ready(), or by ended() when that did not go well. Again after an end: the same port,
    // the same store.
    void start();
    void kill(); // SIGKILL
    void stop(); // SIGTERM
    bool isRunning() const { return m_server.state() != QProcess::NotRunning || m_isImporting; }
    bool isReady() const { return m_isReady; }
    // Why the last start() came to nothing, in words.
    const QString &failure() const { return m_failure; }

    QUrl url() const;
    const QByteArray &secretKey() const { return m_secretKey; }
    // That its trace wants.
    const QByteArray &adminToken() const { return m_adminToken; }
    QString storeKind() const;
    const QByteArray &log() const { return m_log; }

Q_SIGNALS:
    void ready();
    void ended();

private:
    void importUsers();
    void serve();
    void readOutput();
    void readLog(QProcess &);
    void hasEnded();
    QProcessEnvironment environment() const;
    QStringList common() const;

    const Setup m_setup;
    QTemporaryDir m_folder;
    QByteArray m_secretKey;
    QByteArray m_adminToken;
    QProcess m_import;
    QProcess m_server;
    QByteArray m_log;
    QString m_failure;
    quint16 m_port = 0;
    bool m_hasUsers = false;
    bool m_isImporting = false;
    bool m_isReady = false;
};

} // namespace parley::scenario
