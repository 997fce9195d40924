// SPDX-License-Identifier: MIT
#include "scenario/format/step.h"
#include "scenario/format/values.h"

#include <QCoreApplication>

namespace parley::scenario {
namespace {

constexpr qsizetype MostBody = 60;

QString list(const QStringList &names)
{
    return names.join(QLatin1String(", "));
}

QString bare(const QJsonValue &value)
{
    return value.isString() ? value.toString() : words(value);
}

QString cut(QString text)
{
    if (text.size() > MostBody)
        text = text.left(MostBody) + u'…';
    return text.simplified();
}

// `MESSAGE (body "hello", seq $first.seq)`.
QString frameText(QJsonObject frame)
{
    const QString cmd = frame.take(QLatin1String("cmd")).toString();
    QStringList fields;
    for (auto field = frame.begin(); field != frame.end(); ++field) {
        const bool isReference = field->toString().startsWith(u'$');
        fields.append(field.key() + u' ' + (isReference ? field->toString() : words(*field)));
    }
    if (fields.isEmpty())
        return cmd;
    const QString text = u'(' + list(fields) + u')';
    return cmd.isEmpty() ? text : cmd + u' ' + text;
}

struct Describe {
    Q_DECLARE_TR_FUNCTIONS(parley::scenario::Describe)
public:
    QString operator()(const Connect &s) const { return tr("connect %1").arg(list(s.clients)); }
    QString operator()(const Refused &s) const
    {
        return tr("%1 is refused with %2").arg(s.client).arg(s.status);
    }
    QString operator()(const Disconnect &s) const
    {
        return tr("disconnect %1").arg(list(s.clients));
    }
    QString operator()(const Send &s) const
    {
        const QString what = s.size > 0 ? tr("%1 bytes").arg(s.size) : u'"' + cut(s.body) + u'"';
        const QString times = s.count > 1 ? tr("%1 times ").arg(s.count) : QString();
        return tr("%1 sends %2%3 to %4").arg(s.from, times, what, bare(s.to));
    }
    QString operator()(const Raw &s) const
    {
        const QString what =
            s.frame.isObject() ? frameText(s.frame.toObject()) : cut(s.frame.toString());
        const QString times = s.count > 1 ? tr("%1 times ").arg(s.count) : QString();
        return tr("%1 sends the frame: %2%3").arg(s.client, times, what);
    }
    QString operator()(const Binary &s) const
    {
        return tr("%1 sends %2 binary bytes").arg(s.client).arg(s.bytes.size());
    }
    QString operator()(const Expect &s) const
    {
        const QString times = s.count > 1 ? tr("%1 times ").arg(s.count) : QString();
        return tr("%1 receives %2%3%4")
            .arg(s.client, s.none ? tr("no ") : QString(), times, frameText(s.frame));
    }
    QString operator()(const Fetch &s) const
    {
        if (!s.after && !s.limit)
            return tr("%1 fetches what it missed").arg(s.client);
        return tr("%1 fetches a page").arg(s.client);
    }
    QString operator()(const Confirm &s) const
    {
        const QString what = s.all ? tr("all")
            : s.seqs.isUndefined() ? tr("up to ") + bare(s.upTo)
                                   : bare(s.seqs);
        return tr("%1 confirms %2").arg(s.client, what);
    }
    QString operator()(const Watch &s) const
    {
        return tr("%1 watches %2").arg(s.client, s.user.isEmpty() ? tr("nobody") : s.user);
    }
    QString operator()(const Presence &s) const
    {
        return tr("%1 finds %2 %3").arg(s.client, s.user, s.online ? tr("online") : tr("offline"));
    }
    QString operator()(const Habit &s) const
    {
        QStringList habits;
        const auto add = [&](const QString &what, const std::optional<bool> &on) {
            if (on)
                habits.append(what + (*on ? tr(" on") : tr(" off")));
        };
        add(tr("automatic confirms"), s.autoConfirm);
        add(tr("heartbeats"), s.heartbeat);
        add(tr("reading"), s.reading);
        static const char *const Names[]{QT_TR_NOOP("as they should be"), QT_TR_NOOP("dropped"),
            QT_TR_NOOP("delayed"), QT_TR_NOOP("doubled")};
        if (s.confirms)
            habits.append(tr("confirms ") + tr(Names[size_t(*s.confirms)]));
        return tr("%1 from now on: %2").arg(s.client, list(habits));
    }
    QString operator()(const Fault &s) const
    {
        switch (s.what) {
        case Fault::What::Abort:
            return tr("%1's connection is cut off").arg(s.client);
        case Fault::What::Again:
            return tr("%1 sends its newest message once more").arg(s.client);
        case Fault::What::Flood:
            break;
        }
        return tr("%1 floods the server with %2 frames").arg(s.client).arg(s.count);
    }
    QString operator()(const Session &s) const
    {
        QString what = tr("its own");
        if (s.what == Session::What::Wrong)
            what = tr("a wrong");
        else if (s.what == Session::What::Expired)
            what = tr("an expired");
        else if (s.what == Session::What::OfUser)
            what = tr("%1's").arg(s.user);
        else if (s.what == Session::What::Given)
            what = tr("a given");
        return tr("%1 uses %2 session").arg(s.client, what);
    }
    QString operator()(const Closed &s) const
    {
        return tr("%1's connection is closed with %2").arg(s.client).arg(s.code);
    }
    QString operator()(const WaitUntil &s) const
    {
        switch (s.what) {
        case WaitUntil::What::Online:
            return tr("until %1 is online").arg(s.client);
        case WaitUntil::What::Offline:
            return tr("until %1 is offline").arg(s.client);
        case WaitUntil::What::Stored:
            return tr("until all that %1 sent is stored").arg(s.client);
        case WaitUntil::What::Unread:
            return tr("until %1 has %2 unread").arg(s.client).arg(s.count);
        case WaitUntil::What::Received:
            break;
        }
        return tr("until %1 has received %2").arg(s.client).arg(s.count);
    }
    QString operator()(const Pause &s) const { return tr("%1 ms pass").arg(s.time.count()); }
    QString operator()(const Server &s) const
    {
        static const char *const Words[]{QT_TR_NOOP("the server is killed"),
            QT_TR_NOOP("the server is stopped"), QT_TR_NOOP("the server starts"),
            QT_TR_NOOP("the server is killed and starts again")};
        return tr(Words[size_t(s.what)]);
    }
    QString operator()(const Audit &) const
    {
        return tr("all mailboxes are read: nothing is lost");
    }
    QString operator()(const Check &s) const
    {
        QStringList what;
        if (s.received)
            what.append(tr("%1 messages").arg(*s.received));
        if (s.complete)
            what.append(tr("all that was accepted"));
        if (s.order)
            what.append(tr("in order"));
        return tr("%1 has received %2").arg(s.client, list(what));
    }
    QString operator()(const Http &s) const
    {
        return tr("%1 %2 is answered with %3").arg(s.method, s.path).arg(s.status);
    }
};

} // namespace

QString describe(const Step &step)
{
    const QString text = std::visit(Describe{}, step.action);
    return step.round > 0 ? QStringLiteral("[%1] %2").arg(step.round).arg(text) : text;
}

} // namespace parley::scenario
