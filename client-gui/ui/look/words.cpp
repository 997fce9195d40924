// SPDX-License-Identifier: MIT
#include "ui/look/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace parley::ui {
namespace {

using client::End;
using client::State;
using play::Account;
using play::Bubble;
using play::Life;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(parley::ui::words)
};

QString refusedInWords(const Account &account)
{
    switch (account.way) {
    case Account::Way::Login:
        return Words::tr("The login was refused: wrong password or unknown user. Correct them and "
                         "connect again.");
    case Account::Way::SecretKey:
        return Words::tr(
            "The session was refused: the secret key is not the server's, there is no user "
            "with this id, or the clocks are minutes apart.");
    case Account::Way::Session:
        return Words::tr(
            "The session was refused: it is wrong or has expired, or it is another user's.");
    }
    return {};
}

QString statusInWords(const End &end, const Account &account)
{
    switch (end.httpStatus) {
    case 400:
        return Words::tr(
            "The server did not understand the request (HTTP 400). Check the user id and "
            "the session.");
    case 401:
        return refusedInWords(account);
    case 403:
        return Words::tr("The server refuses this session from here (HTTP 403): it is in use from "
                         "another network address. Make a new one.");
    case 404:
    case 405:
    case 426:
        return Words::tr(
            "The server at %1 is not a Parley server (HTTP %2). Check the address and the port.")
            .arg(serverInWords(account.server))
            .arg(end.httpStatus);
    case 429:
        return Words::tr("Too many failed attempts: the server makes this address wait. This pane "
                         "tries again by itself.");
    case 503:
        return Words::tr(
            "The server is overloaded or shutting down. This pane tries again by itself.");
    default:
        return Words::tr("The server answered with HTTP status %1.").arg(end.httpStatus);
    }
}

QString closeInWords(const End &end)
{
    switch (end.code) {
    case 1000:
        return Words::tr("The server closed the connection.");
    case 1006:
        return Words::tr("The connection was lost (%1). This pane tries again by itself.")
            .arg(end.reason);
    case 1002:
    case 1007:
        return Words::tr(
            "The server closed the connection: it received something that is not WebSocket (%1).")
            .arg(end.code);
    case 1009:
        return Words::tr(
            "The server closed the connection: a frame was too large (1009). Send smaller "
            "ones.");
    case 4400:
        return Words::tr("The server closed the connection: ten bad frames within a minute (4400). "
                         "Correct them and connect again.");
    case 4401:
        return Words::tr(
            "The session ended: logout, a new password, or the user was disabled (4401). "
            "Connect again.");
    case 4409:
        return Words::tr(
            "A newer connection of this user replaced this one (4409). Close some of them "
            "and connect again.");
    case 4429:
        return Words::tr(
            "The server closed the connection: too many commands for too long (4429). Send "
            "fewer and connect again.");
    case 4508:
        return Words::tr("The server received nothing for too long and closed the connection "
                         "(4508). Switch the heartbeat on.");
    case 4512:
        return Words::tr("The server is shutting down (4512). This pane tries again by itself.");
    case 4513:
        return Words::tr(
            "The server closed the connection: this client read too slowly (4513). Nothing "
            "is lost: FETCH gets what was missed.");
    default:
        return Words::tr("The connection was closed with %1 (%2).").arg(end.code).arg(end.reason);
    }
}

QString difference(qint64 us)
{
    return us < 0 ? QString() : QLocale().toString(double(us) / 1000, 'f', 1);
}

} // namespace

QString serverInWords(const QUrl &server)
{
    const QUrl shown = server.adjusted(QUrl::RemoveUserInfo);
    return shown.scheme() == QLatin1String("ws") ? shown.authority() : shown.toString();
}

QString stateInWords(State state)
{
    switch (state) {
    case State::Offline:
        return Words::tr("Offline");
    case State::LoggingIn:
        return Words::tr("Logging in");
    case State::Connecting:
        return Words::tr("Connecting");
    case State::Online:
        return Words::tr("Online");
    case State::Closing:
        return Words::tr("Closing");
    case State::Waiting:
        return Words::tr("Trying again");
    case State::Refused:
        return Words::tr("Refused");
    }
    return {};
}

QString endInWords(const End &end, const Account &account)
{
    if (end.httpStatus != 0)
        return statusInWords(end, account);
    if (end.wasOpen)
        return closeInWords(end);
    return Words::tr("No server answers at %1. Start one with ./scripts/run.sh; this pane connects "
                     "again by itself.")
        .arg(account.server.toString(QUrl::RemoveUserInfo));
}

QString errorInWords(const protocol::Error &error)
{
    const QString code = QString::fromLatin1(name(error.code).toByteArray());
    const QString said = error.message.isEmpty() ? QString::fromUtf8(text(error.code).toByteArray())
                                                 : QString::fromUtf8(error.message);
    switch (error.code) {
    case ErrorCode::UnknownUser:
        return Words::tr(
            "unknown_user: there is no such receiver, or they are disabled. Choose another.");
    case ErrorCode::MailboxFull:
        return Words::tr("mailbox_full: the receiver's mailbox is full. They must FETCH and "
                         "CONFIRM before it accepts more.");
    case ErrorCode::TooLarge:
        return Words::tr("too_large: the text is longer than the server accepts. Shorten it.");
    case ErrorCode::IdReused:
        return Words::tr(
            "id_reused: this clientId was used for another receiver. Send it with a new "
            "one.");
    case ErrorCode::RateLimited:
        return Words::tr("rate_limited: more commands than the server accepts. What was sent here "
                         "is sent again by itself.");
    case ErrorCode::StoreUnavailable:
        return Words::tr("store_unavailable: the store is not available now; nothing was stored. "
                         "It is sent again by itself.");
    case ErrorCode::Internal:
        return Words::tr("internal: an error in the server. Its log says more: %1").arg(said);
    default:
        return error.field.isEmpty()
            ? QStringLiteral("%1: %2").arg(code, said)
            : Words::tr("%1 in \"%2\": %3").arg(code, QString::fromUtf8(error.field), said);
    }
}

QString lifeInWords(const Bubble &bubble)
{
    switch (bubble.life) {
    case Life::Sending:
        return Words::tr("Sending");
    case Life::Stored:
        return Words::tr("Stored");
    case Life::Delivered:
        return bubble.isMine ? Words::tr("Delivered") : Words::tr("Not confirmed");
    case Life::Confirmed:
        return Words::tr("Confirmed");
    case Life::Failed:
        return Words::tr("Failed");
    }
    return {};
}

QString lifeIcon(Life life)
{
    static const QString Names[] = {QStringLiteral("sending"), QStringLiteral("stored"),
        QStringLiteral("delivered"), QStringLiteral("confirmed"), QStringLiteral("failed")};
    return Names[size_t(life)];
}

QString timesInWords(const Bubble &bubble)
{
    const std::pair<QString, qint64> steps[] = {{Words::tr("Sending"), bubble.sendingAtUs},
        {Words::tr("Stored"), bubble.storedAtUs}, {Words::tr("Delivered"), bubble.deliveredAtUs},
        {Words::tr("Confirmed"), bubble.confirmedAtUs}};
    QStringList lines;
    qint64 before = 0;
    for (const auto &[step, atUs] : steps) {
        if (atUs == 0)
            continue;
        QString line = QStringLiteral("%1  %2").arg(clockTime(atUs), step);
        if (const QString ms = difference(before == 0 ? -1 : atUs - before); !ms.isEmpty())
            line += Words::tr("  (%1 ms later)").arg(ms);
        lines += line;
        before = atUs;
    }
    if (bubble.seq != Seq())
        lines += Words::tr("seq %1").arg(bubble.seq.value());
    if (!bubble.clientId.isEmpty())
        lines += Words::tr("clientId %1").arg(QString::fromUtf8(bubble.clientId));
    if (!bubble.failure.isEmpty())
        lines += bubble.failure;
    return lines.join(u'\n');
}

QString clockTime(qint64 atUs)
{
    return QDateTime::fromMSecsSinceEpoch(atUs / 1000).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString plainToolTip(const QString &text)
{
    return QStringLiteral("<p style='white-space:pre'>%1</p>").arg(text.toHtmlEscaped());
}

} // namespace parley::ui
