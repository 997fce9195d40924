// SPDX-License-Identifier: MIT
#include "frames/shell.h"

#include "protocol/codec.h"

#include <algorithm>

namespace parley::frames {
namespace {

bool isPrintable(const QByteArray &bytes)
{
    if (!protocol::isUtf8(bytes))
        return false;
    // Category Other: controls, what turns the writing direction, and what is no character.
    return std::ranges::all_of(
        QString::fromUtf8(bytes).toUcs4(), [](char32_t c) { return QChar::isPrint(c); });
}

// For printf's format. Digits behind an octal number of three digits are not part of it.
QString octal(const QByteArray &bytes)
{
    QString text;
    for (const char c : bytes) {
        if (c > ' ' && c <= '~' && c != '\\' && c != '%' && c != '\'')
            text += QLatin1Char(c);
        else
            text += QStringLiteral("\\%1").arg(int(uchar(c)), 3, 8, QLatin1Char('0'));
    }
    return text;
}

// The server's address without who logs in there.
QString base(QUrl server, bool asHttp)
{
    const bool secure = server.scheme() == QLatin1String("wss");
    server.setScheme(asHttp ? (secure ? QStringLiteral("https") : QStringLiteral("http"))
                            : (secure ? QStringLiteral("wss") : QStringLiteral("ws")));
    return server
        .adjusted(
            QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toString(QUrl::FullyEncoded);
}

QString chatUrl(const QUrl &server, UserId user, bool asHttp)
{
    return shellQuoted(base(server, asHttp)
               + QStringLiteral("/chat/private?userId=%1&session=").arg(user.value()))
        + QStringLiteral("\"$SESSION\"");
}

QString howToGetASession(UserId user)
{
    return QStringLiteral(
        "# SESSION=$(parleyd session NAME)\n"
        "# or, with the server's secret key: SESSION=$(printf '%s' \"$KEY\"%1\"$(date -u "
        "+%y%m%d%H%M)\" | md5sum | cut -c1-32)\n")
        .replace(QLatin1String("%1"), QString::number(user.value()));
}

QString loginByCurl(const QUrl &server)
{
    return QStringLiteral("# NAME and PASSWORD: the user's\n"
                          "curl -i -H 'Content-Type: application/json' --data-binary "
                          "\"{\\\"username\\\":\\\"$NAME\\\","
                          "\\\"password\\\":\\\"$PASSWORD\\\"}\" ")
        + shellQuoted(base(server, true) + QStringLiteral("/login")) + QLatin1Char('\n');
}

QString upgradeByCurl(const Frame &frame, const QUrl &server)
{
    return howToGetASession(frame.userId)
        + QStringLiteral("curl -i --http1.1 --max-time 5 -H 'Connection: Upgrade' "
                         "-H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' "
                         "-H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' ")
        + chatUrl(server, frame.userId, true) + QLatin1Char('\n');
}

// websocat makes a message of each line, unless it is told otherwise.
QString options(const Frame &frame)
{
    if (frame.isBinary)
        return QStringLiteral("-b ");
    if (frame.payload.contains('\n') || frame.payload.contains('\0'))
        return QStringLiteral("--no-line -t ");
    return {};
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

QString shellPrintf(const QByteArray &bytes)
{
    return isPrintable(bytes)
        ? QStringLiteral("printf '%s' ") + shellQuoted(QString::fromUtf8(bytes))
        : QStringLiteral("printf '") + octal(bytes) + QLatin1Char('\'');
}

QString asShellCommand(const Frame &frame, const QUrl &server)
{
    if (frame.kind == Kind::Ended)
        return frame.userId == UserId() ? loginByCurl(server) : upgradeByCurl(frame, server);
    const QString websocat = QStringLiteral("websocat ") + options(frame)
        + chatUrl(server, frame.userId, false) + QLatin1Char('\n');
    if (frame.kind != Kind::Sent)
        return howToGetASession(frame.userId) + websocat;
    return howToGetASession(frame.userId) + QStringLiteral("{ ") + shellPrintf(frame.payload)
        + QStringLiteral("; sleep 1; } | ") + websocat;
}

QString shellProgram(const Frame &frame)
{
    return frame.kind == Kind::Ended ? QStringLiteral("curl") : QStringLiteral("websocat");
}

} // namespace parley::frames
