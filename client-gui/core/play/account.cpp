// SPDX-License-Identifier: MIT
#include "play/account.h"

#include <QCoreApplication>

namespace parley::play {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(parley::play::Account)
};

} // namespace

QString whatIsMissing(const Account &account)
{
    const QString scheme = account.server.scheme();
    if ((scheme != QLatin1String("ws") && scheme != QLatin1String("wss"))
        || account.server.host().isEmpty())
        return Words::tr("The server's address is needed, such as ws://127.0.0.1:2345.");
    if (account.way == Account::Way::Login)
        return account.username.isEmpty() ? Words::tr("A user name is needed.") : QString();
    if (account.userId.value() < 1 || account.userId.value() > MaxInteger)
        return Words::tr("A userId of 1 or more is needed.");
    if (account.way == Account::Way::SecretKey && account.secretKey.isEmpty())
        return Words::tr("The server's secret key is needed to mint a session.");
    return {};
}

QUrl serverUrl(QString text)
{
    text = text.trimmed();
    if (!text.isEmpty() && !text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("ws://"));
    return QUrl(text, QUrl::StrictMode)
        .adjusted(
            QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

bool isSameServer(const QUrl &one, const QUrl &other)
{
    const auto port = [](const QUrl &url) {
        return url.port(url.scheme() == QLatin1String("wss") ? 443 : 80);
    };
    return one.scheme() == other.scheme() && port(one) == port(other)
        && one.host().compare(other.host(), Qt::CaseInsensitive) == 0;
}

client::Identity identityOf(const Account &account)
{
    switch (account.way) {
    case Account::Way::Login:
        return protocol::Credentials{account.username.toUtf8(), account.password.toUtf8()};
    case Account::Way::SecretKey:
        return client::timeSessions(account.secretKey, account.userId);
    case Account::Way::Session:
        return client::Ticket{account.userId, account.session};
    }
    return {};
}

} // namespace parley::play
