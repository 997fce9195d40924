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
        return QStringLiteral("there is no *; for any web site the list is empty");
    if (!text.contains(QStringLiteral("://")))
        return QStringLiteral("it begins with a scheme, such as https://");
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return QStringLiteral("it is no valid address");
    if (url.host().contains(u'*'))
        return QStringLiteral("there are no patterns");
    if (!url.userInfo().isEmpty())
        return QStringLiteral("it names no user");
    if (!url.path().isEmpty() && url.path() != QLatin1StringView("/"))
        return QStringLiteral("it has no path");
    if (url.hasQuery() || url.hasFragment())
        return QStringLiteral("it ends with the host or the port");
    return {};
}

} // namespace

Result<QString> toOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (const QString why = whyNoOrigin(text, url); !why.isEmpty())
        return Failure{QStringLiteral("\"%1\" is no origin, such as https://chat.example.org: %2")
                           .arg(text, why)};
    const QString host = url.host(QUrl::FullyEncoded);
    QString origin = url.scheme() + QStringLiteral("://")
        + (host.contains(u':') ? QStringLiteral("[%1]").arg(host) : host);
    if (url.port() > 0 && url.port() != ownPort(url.scheme()))
        origin += QStringLiteral(":%1").arg(url.port());
    return origin.toLower();
}

} // namespace parley::app
