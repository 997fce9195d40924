// SPDX-License-Identifier: MIT
#include "support/relay.h"

#include <QTcpServer>

namespace parley::test {

namespace {

void join(QTcpSocket *client, quint16 to, const Relay::Pass &pass)
{
    auto *server = new QTcpSocket(client->parent());
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), to);
    QObject::connect(
        client, &QTcpSocket::readyRead, server, [=] { pass(client->readAll(), *client, *server); });
    QObject::connect(
        server, &QTcpSocket::readyRead, client, [=] { client->write(server->readAll()); });
    QObject::connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
    QObject::connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
}

} // namespace

Relay::Relay(quint16 to, Pass pass)
{
    auto *listener = new QTcpServer;
    if (!listener->listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(listener->errorString()));
    m_port = listener->serverPort();
    QObject::connect(
        listener, &QTcpServer::newConnection, listener, [listener, to, pass = std::move(pass)] {
            while (QTcpSocket *client = listener->nextPendingConnection())
                join(client, to, pass);
        });
    // With its sockets, where they are.
    QObject::connect(&m_thread, &QThread::finished, listener, &QObject::deleteLater);
    listener->moveToThread(&m_thread);
    m_thread.start();
}

Relay::~Relay()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace parley::test
