// SPDX-License-Identifier: MIT
#include "app/adminaction.h"

#include "core/printable.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace parley::app {

int failed(const Failure &failure)
{
    // Several things can be wrong at once.
    for (const QString &line : failure.text.split(u'\n'))
        tell(line);
    return Failed;
}

int noSuchUser(const QByteArray &name)
{
    return giveUp(Failed, QStringLiteral("there is no user %1").arg(QString::fromUtf8(name)));
}

int answered(const QByteArray &lines)
{
    const Done written = answer(lines);
    return written ? int(Well) : failed(written.failure());
}

int answered(const QJsonObject &object)
{
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    // What is unseen in a name is written as JSON can have it, too.
    return answered(printable(QString::fromUtf8(json)).toUtf8() + '\n');
}

QByteArray timeText(Time time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC)
        .toString(Qt::ISODateWithMs)
        .toLatin1();
}

} // namespace parley::app
