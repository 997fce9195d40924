// SPDX-License-Identifier: MIT
#include "app/control/ask.h"

#include "app/control/socket.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QLocalSocket>

namespace parley::app::control {

namespace {

constexpr std::chrono::milliseconds Patience = PeerTimeout + std::chrono::seconds(1);

Failure unfinished(const QString &path)
{
    return {QStringLiteral("%1: the server did not answer to the end").arg(path)};
}

Result<QList<QJsonObject>> objectsOf(const QByteArray &text, const QString &path)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : text.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return unfinished(path);
        objects += document.object();
    }
    if (objects.isEmpty())
        return unfinished(path);
    const QJsonObject last = objects.takeLast();
    const auto error = last.constFind(QLatin1StringView("error"));
    if (error != last.constEnd())
        return Failure{error->toString()};
    if (!last.contains(QLatin1StringView("end")))
        return unfinished(path);
    return objects;
}

} // namespace

Result<QList<QJsonObject>> ask(const QString &data, const QJsonObject &question)
{
    const QString path = socketPath(data);
    const QDeadlineTimer deadline(Patience);
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(int(deadline.remainingTime()))) {
        const auto error = socket.error();
        const bool isNobody = error == QLocalSocket::ServerNotFoundError
            || error == QLocalSocket::ConnectionRefusedError;
        return Failure{isNobody
                ? QStringLiteral("%1: no server answers there; is it running, and is this its data"
                                 " directory (--data)?")
                      .arg(path)
                : QStringLiteral("%1: %2").arg(path, socket.errorString()),
            isNobody};
    }
    socket.write(lineOf(question));
    QByteArray text;
    while (text.size() <= AnswerBytes && !deadline.hasExpired()
        && socket.waitForReadyRead(int(deadline.remainingTime())))
        text += socket.readAll();
    text += socket.readAll();
    if (text.isEmpty() && deadline.hasExpired())
        return Failure{QStringLiteral("%1: the server does not answer in time").arg(path)};
    if (text.isEmpty())
        return Failure{QStringLiteral("%1: the server turned this away: another user's, or too many"
                                      " ask at once")
                           .arg(path)};
    return objectsOf(text, path);
}

} // namespace parley::app::control
