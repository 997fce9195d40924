// SPDX-License-Identifier: MIT
#include "client/identity.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QRandomGenerator>

#include <array>

namespace parley::client {

QByteArray mintTimeSession(QByteArrayView secretKey, UserId userId, Time minute)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(toMs(minute), Qt::UTC);
    QCryptographicHash hash(QCryptographicHash::Md5);
    hash.addData(secretKey);
    hash.addData(QByteArray::number(userId.value()));
    hash.addData(utc.toString(QStringLiteral("yyMMddhhmm")).toLatin1());
    return hash.result().toHex();
}

TicketProvider timeSessions(QByteArray secretKey, UserId userId)
{
    return [secretKey = std::move(secretKey), userId] {
        return Ticket{userId, mintTimeSession(secretKey, userId, SystemClock().now())};
    };
}

QByteArray newClientId()
{
    std::array<quint32, 4> random;
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof(random))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace parley::client
