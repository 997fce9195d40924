// SPDX-License-Identifier: MIT
#include "storage/sql/place.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace parley::storage::sql {

namespace {

const QString SqliteScheme = QStringLiteral("sqlite:");

QString decoded(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

// HOST, HOST:PORT or [ADDRESS]:PORT.
bool addHost(PostgresAddress &address, const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A(?:\\[([0-9a-fA-F:.]+)\\]|([^/?#:@,\\[\\]\\s]+))(?::([0-9]{1,5}))?\\z"));
    const auto match = form.match(text);
    const int port = match.hasCaptured(3) ? match.captured(3).toInt() : 5432;
    const QString host = match.captured(1) + decoded(match.captured(2));
    if (!match.hasMatch() || port < 1 || port > 65535 || host.contains(u','))
        return false;
    const QString comma = address.hosts.isEmpty() ? QString() : QStringLiteral(",");
    address.hosts += comma + host;
    address.ports += comma + QString::number(port);
    return true;
}

std::optional<Place> toAddress(const QString &url)
{
    static const QRegularExpression form(
        QStringLiteral("\\Apostgresql://([^/?#:@\\s]+)@([^/?#@\\s]+)/([^/?#:@\\s]+)\\z"));
    const auto match = form.match(url);
    if (!match.hasMatch())
        return {};
    PostgresAddress address{decoded(match.captured(1)), {}, {}, decoded(match.captured(3))};
    for (const QString &host : match.captured(2).split(u',')) {
        if (!addHost(address, host))
            return {};
    }
    return address;
}

} // namespace

std::optional<Place> placeOf(const QString &url)
{
    if (url.startsWith(SqliteScheme) && url.size() > SqliteScheme.size())
        return SqlitePlace{QFileInfo(url.mid(SqliteScheme.size())).absoluteFilePath()};
    return toAddress(url);
}

} // namespace parley::storage::sql
