// SPDX-License-Identifier: MIT
#include "client/http.h"

#include "protocol/write.h"

namespace parley::client {
namespace {

constexpr qint64 MostAnswerBytes = 64 << 10;

QUrl httpUrl(QUrl server, const QString &path)
{
    const bool secure = server.scheme() == QLatin1String("wss");
    server.setScheme(secure ? QStringLiteral("https") : QStringLiteral("http"));
    server.setPath(path);
    server.setQuery(QString());
    return server;
}

int status(const QNetworkReply *reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

Http::Http(const QUrl &server, milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_timeout(timeout)
{
}

void Http::login(const protocol::Credentials &credentials)
{
    abortLogin();
    QByteArray body;
    protocol::member(body, "{\"username\":", credentials.username);
    protocol::member(body, ",\"password\":", credentials.password);
    body.append('}');
    QNetworkReply *reply = post(QStringLiteral("/login"), body, {});
    m_login = reply;
    connect(reply, &QNetworkReply::finished, this, [this, reply] { loginAnswered(reply); });
}

void Http::abortLogin()
{
    if (QNetworkReply *reply = m_login) {
        m_login = nullptr;
        reply->abort();
    }
}

void Http::logout(const QByteArray &session)
{
    QNetworkReply *reply = post(QStringLiteral("/logout"), {}, session);
    connect(reply, &QNetworkReply::finished, this,
        [this, reply] { Q_EMIT logoutFinished(status(reply) == 204); });
}

QNetworkReply *Http::post(const QString &path, const QByteArray &body, const QByteArray &bearer)
{
    QNetworkRequest request(httpUrl(m_server, path));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("Connection", "close");
    request.setTransferTimeout(int(m_timeout.count()));
    if (!bearer.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + bearer);
    QNetworkReply *reply = m_network.post(request, body);
    // An answer that is larger never finishes, and so meets the timeout.
    reply->setReadBufferSize(MostAnswerBytes);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    return reply;
}

void Http::loginAnswered(QNetworkReply *reply)
{
    if (m_login != reply)
        return; // given up
    m_login = nullptr;
    if (status(reply) == 200) {
        if (const auto login = protocol::decodeLogin(reply->readAll()))
            Q_EMIT loggedIn(*login);
        else
            Q_EMIT loginFailed(
                {.reason = QStringLiteral("the response to the login is malformed")});
        return;
    }
    const auto seconds = reply->rawHeader("Retry-After").toLongLong();
    Q_EMIT loginFailed({.httpStatus = status(reply),
        .reason = reply->errorString(),
        .retryAfter = std::chrono::seconds(qBound(0LL, seconds, 86'400LL))});
}

} // namespace parley::client
