// SPDX-License-Identifier: MIT
#include "app/settings/origin.h"

#include <QUrl>

namespace parley::app {

namespace {

int ownPort(const QString &scheme)
{
    if (scheme == QLatin1StringView("http"))
        return 80;
    return scheme == QLatin1StringView("https") ? 443 : -1;
}

// Empty when it is one.
QString whyNoOrigin(const QString &text, const QUrl &url)
{
    if (text == QLatin1StringView("*"))
        return QStringLiteral("* is not supported; an empty list allows all websites");
    if (!text.contains(QStringLiteral("://")))
        return QStringLiteral("it must begin with a scheme, such as https://");
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return QStringLiteral("it is not a valid address");
    if (url.host().contains(u'*'))
        return QStringLiteral("patterns are not supported");
    if (!url.userInfo().isEmpty())
        return QStringLiteral("it must not name a user");
    if (!url.path().isEmpty() && url.path() != QLatin1StringView("/"))
        return QStringLiteral("it must not have a path");
    if (url.hasQuery() || url.hasFragment())
        return QStringLiteral("it must end with the host or the port");
    return {};
}

} // namespace

Result<QString> toOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (const QString why = whyNoOrigin(text, url); !why.isEmpty())
        return Failure{
            QStringLiteral("\"%1\" is not an origin, such as https://chat.example.org: %2")
                .arg(text, why)};
    const QString host = url.host(QUrl::FullyEncoded);
    QString origin = url.scheme() + QStringLiteral("://")
        + (host.contains(u':') ? QStringLiteral("[%1]").arg(host) : host);
    if (url.port() > 0 && url.port() != ownPort(url.scheme()))
        origin += QStringLiteral(":%1").arg(url.port());
    return origin.toLower();
}

} // namespace parley::app
