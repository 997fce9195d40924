// SPDX-License-Identifier: MIT
#include "storage/sql/place.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace parley::storage::sql {

namespace {

const QString SqliteScheme = QStringLiteral("sqlite:");

std::optional<Place> toAddress(const QString &url)
{
    static const QRegularExpression form(
        QStringLiteral("\\Apostgresql://([^/?#:@\\s]+)@(\\[[0-9a-fA-F:.]+\\]|[^/?#:@\\[\\]\\s]+)"
                       "(?::([0-9]{1,5}))?/([^/?#:@\\s]+)\\z"));
    const auto match = form.match(url);
    if (!match.hasMatch())
        return {};
    const auto decoded = [&](int group) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(match.captured(group).toUtf8()));
    };
    PostgresAddress address{decoded(1), decoded(2), 5432, decoded(4)};
    if (address.host.startsWith(u'['))
        address.host = address.host.mid(1, address.host.size() - 2);
    if (match.hasCaptured(3))
        address.port = match.captured(3).toInt();
    if (address.port < 1 || address.port > 65535)
        return {};
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
