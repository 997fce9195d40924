// SPDX-License-Identifier: MIT
#include "scenario/record/script.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace parley::scenario {
namespace {

using frames::Frame;
using frames::Kind;
using What = play::Action::What;

constexpr qsizetype MostBody = 4000; // longer ones are made up again
constexpr qsizetype MostListed = 10; // messages of a page

QString letter(int pane)
{
    return QString(QChar(u'A' + pane));
}

// Quoted: JSON's strings are YAML's, too.
QString quoted(QString text)
{
    text.replace(u'$', QLatin1String("$$"));
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

QString flag(bool on)
{
    return on ? QStringLiteral("true") : QStringLiteral("false");
}

// What comes and goes by itself would not come again in the same place.
bool isPassing(const Frame &frame)
{
    static const QList<QByteArray> Codes{"rate_limited", "store_unavailable", "internal"};
    return Codes.contains(frame.code);
}

} // namespace

Script::Script(
    const std::vector<Recorder::Pane> &panes, const std::vector<Recorder::Entry> &entries)
    : m_panes(panes)
    , m_entries(entries)
{
    for (const auto &pane : panes)
        m_lines[pane.pane].isOpen = pane.wasOnline;
    for (const auto &entry : entries) {
        if (!entry.isAction && entry.frame.kind == Kind::Sent && entry.frame.cmd == "SEND")
            m_lines[entry.pane].sends = true;
    }
}

QString Script::userName(UserId user) const
{
    for (const auto &pane : m_panes) {
        if (user != UserId() && pane.userId == user)
            return pane.user;
    }
    return {};
}

QString Script::receiver(UserId user) const
{
    const QString name = userName(user);
    return name.isEmpty() ? QString::number(user.value()) : name;
}

QString Script::reference(UserId user) const
{
    const QString name = userName(user);
    return name.isEmpty() ? QString::number(user.value()) : u'$' + name;
}

void Script::step(const QString &text)
{
    m_out += "  - " + text.toUtf8() + '\n';
}

void Script::expect(const QString &client, const QString &fields, const QString &more)
{
    step(QStringLiteral("expect: {client: %1, frame: {%2}%3}").arg(client, fields, more));
}

// What was done at once may go out in another order when it is done one by one.
void Script::expectAnswer(const QString &client, int pane, const QString &fields)
{
    int &asked = m_lines[pane].asked;
    expect(client, fields, asked > 1 ? QStringLiteral(", anyOrder: true") : QString());
    asked = std::max(0, asked - 1);
}

QByteArray Script::write(const QString &name)
{
    writeHead(name);
    for (const auto &pane : m_panes) {
        if (const QString user = userName(pane.watched); !user.isEmpty())
            step(QStringLiteral("watch: {client: %1, user: %2}").arg(letter(pane.pane), user));
    }
    for (const auto &pane : m_panes) {
        if (pane.wasOnline)
            step(QStringLiteral("connect: ") + letter(pane.pane));
    }
    for (size_t i = 0; i < m_entries.size(); ++i)
        add(m_entries[i], i);
    if (m_hasMessages)
        step(QStringLiteral("audit: true"));
    return m_out;
}

void Script::writeHead(const QString &name)
{
    const QString when = QDateTime::currentDateTime().toString(Qt::ISODate);
    m_out = "name: " + quoted(name).toUtf8() + "\nabout: Recorded " + when.toUtf8() + "\n";
    m_out += "users:\n";
    QStringList users;
    for (const auto &pane : m_panes) {
        if (users.contains(pane.user))
            continue;
        users.append(pane.user);
        m_out += "  " + pane.user.toUtf8() + ": {";
        if (pane.userId != UserId())
            m_out += "id: " + QByteArray::number(pane.userId.value());
        m_out += "}\n";
    }
    m_out += "clients:\n";
    for (const auto &pane : m_panes) {
        QStringList fields{QStringLiteral("user: ") + pane.user};
        if (pane.login)
            fields.append(QStringLiteral("login: true"));
        if (!pane.autoConfirm)
            fields.append(QStringLiteral("autoConfirm: false"));
        if (!pane.heartbeat)
            fields.append(QStringLiteral("heartbeat: false"));
        m_out += "  " + letter(pane.pane).toUtf8() + ": {"
            + fields.join(QLatin1String(", ")).toUtf8() + "}\n";
    }
    m_out += "steps:\n";
}

void Script::add(const Recorder::Entry &entry, size_t index)
{
    const QString client = letter(entry.pane);
    if (entry.isAction)
        addAction(client, entry, index);
    else
        addFrame(client, entry.frame);
}

QString Script::connectStep(const QString &client, int pane, size_t index) const
{
    for (size_t i = index + 1; i < m_entries.size(); ++i) {
        const auto &entry = m_entries[i];
        if (entry.isAction || entry.pane != pane)
            continue;
        if (entry.frame.kind == Kind::Ended && entry.frame.code.toInt() < 600)
            return QStringLiteral("refused: {client: %1, status: %2}")
                .arg(client, QString::fromLatin1(entry.frame.code));
        break;
    }
    return QStringLiteral("connect: ") + client;
}

void Script::addAction(const QString &client, const Recorder::Entry &entry, size_t index)
{
    const play::Action &action = entry.action;
    Line &line = m_lines[entry.pane];
    if (action.what == What::Send || action.what == What::Raw || action.what == What::Binary)
        ++line.asked;
    switch (action.what) {
    case What::Connect:
        line.isComing = true;
        return step(connectStep(client, entry.pane, index));
    case What::Disconnect:
        line.isLeaving = true;
        return step(QStringLiteral("disconnect: ") + client);
    case What::Send:
        return addSend(client, entry, index);
    case What::Fetch:
        if (line.isOpen)
            step(QStringLiteral("fetch: ") + client);
        return;
    case What::Confirm:
    case What::ConfirmAll:
        return addConfirm(client, entry);
    case What::SetAutoConfirm:
        return step(
            QStringLiteral("habit: {client: %1, autoConfirm: %2}").arg(client, flag(action.on)));
    case What::SetHeartbeat:
        return step(
            QStringLiteral("habit: {client: %1, heartbeat: %2}").arg(client, flag(action.on)));
    case What::SetReading:
        return step(
            QStringLiteral("habit: {client: %1, reading: %2}").arg(client, flag(action.on)));
    case What::Watch: {
        const QString user = userName(action.receiver);
        return step(user.isEmpty()
                ? QStringLiteral("watch: {client: %1}").arg(client)
                : QStringLiteral("watch: {client: %1, user: %2}").arg(client, user));
    }
    case What::Raw:
        return addRaw(client, action.text);
    case What::Binary:
        return step(QStringLiteral("binary: {client: %1, hex: \"%2\"}").arg(client, action.text));
    case What::Abort:
        line.isLeaving = true;
        return step(QStringLiteral("fault: {client: %1, abort: true}").arg(client));
    }
}

QByteArray Script::clientIdOf(const Recorder::Entry &entry, size_t index) const
{
    const play::Action &action = entry.action;
    for (size_t i = index; i < m_entries.size(); ++i) {
        const Frame &frame = m_entries[i].frame;
        const bool isMeant = !m_entries[i].isAction && frame.pane == entry.pane
            && frame.kind == Kind::Sent && frame.cmd == "SEND"
            && frame.peerUserId == action.receiver && !m_sends.contains(frame.clientId);
        if (isMeant
            && QJsonDocument::fromJson(frame.payload)[QLatin1String("body")].toString()
                == action.text)
            return frame.clientId;
    }
    return {};
}

bool Script::isNamedAfter(const QByteArray &clientId, size_t index) const
{
    return !clientId.isEmpty()
        && std::any_of(m_entries.begin() + qsizetype(index), m_entries.end(),
            [&](const Recorder::Entry &entry) {
                return entry.isAction && entry.action.what == What::Raw
                    && entry.action.text.contains(QString::fromUtf8(clientId));
            });
}

void Script::addSend(const QString &client, const Recorder::Entry &entry, size_t index)
{
    const play::Action &action = entry.action;
    const qsizetype bytes = action.text.toUtf8().size();
    QString what = bytes > MostBody ? QStringLiteral("size: %1").arg(bytes)
                                    : QStringLiteral("body: ") + quoted(action.text);
    if (!action.clientId.isEmpty())
        what += QStringLiteral(", clientId: ") + quoted(QString::fromUtf8(action.clientId));
    const QByteArray given = action.clientId.isEmpty() ? clientIdOf(entry, index) : QByteArray();
    if (isNamedAfter(given, index)) {
        const QString name = QStringLiteral("send%1").arg(m_sends.size() + 1);
        m_sends.insert(given, u'$' + name + QStringLiteral(".clientId"));
        what += QStringLiteral(", as: ") + name;
    }
    step(QStringLiteral("send: {from: %1, to: %2, %3}")
             .arg(client, receiver(action.receiver), what));
}

void Script::addConfirm(const QString &client, const Recorder::Entry &entry)
{
    if (!m_lines[entry.pane].isOpen)
        return;
    QStringList seqs;
    for (const Seq seq : entry.action.seqs) {
        const auto name = m_names.find({entry.pane, seq});
        seqs.append(name == m_names.end() ? QString::number(seq.value()) : name->second);
    }
    step(entry.confirmsAll || seqs.isEmpty() ? QStringLiteral("confirm: ") + client
                                             : QStringLiteral("confirm: {client: %1, seqs: [%2]}")
                                                   .arg(client, seqs.join(QLatin1String(", "))));
}

// Users may have other ids when it is run again.
void Script::addRaw(const QString &client, const QString &frame)
{
    const QJsonObject object = QJsonDocument::fromJson(frame.toUtf8()).object();
    const UserId to(object.value(QLatin1String("receiveUserId")).toInteger());
    if (object.isEmpty() || userName(to).isEmpty())
        return step(QStringLiteral("raw: {client: %1, frame: %2}").arg(client, quoted(frame)));
    QStringList fields;
    for (auto member = object.begin(); member != object.end(); ++member) {
        QString value =
            QString::fromUtf8(QJsonDocument(QJsonArray{*member}).toJson(QJsonDocument::Compact));
        value = value.mid(1, value.size() - 2).replace(u'$', QLatin1String("$$"));
        if (member.key() == QLatin1String("receiveUserId"))
            value = reference(to);
        else if (member.key() == QLatin1String("clientId"))
            value = m_sends.value(member->toString().toUtf8(), value);
        fields.append(quoted(member.key()) + QStringLiteral(": ") + value);
    }
    step(QStringLiteral("raw: {client: %1, frame: {%2}}")
             .arg(client, fields.join(QLatin1String(", "))));
}

void Script::addFrame(const QString &client, const Frame &frame)
{
    switch (frame.kind) {
    case Kind::Opened:
    case Kind::Ended:
        return addLink(client, frame);
    case Kind::Sent:
        if (frame.cmd == "SEND") {
            m_sent.insert(frame.clientId);
            m_hasMessages = true;
        }
        return;
    case Kind::Received:
        return addReceived(client, frame);
    }
}

void Script::addLink(const QString &client, const Frame &frame)
{
    Line &line = m_lines[frame.pane];
    if (frame.kind == Kind::Opened) {
        if (!std::exchange(line.isComing, false))
            step(QStringLiteral("wait-until: {online: %1}").arg(client)); // it came by itself
        line.isOpen = true;
        return;
    }
    const bool wasOpen = std::exchange(line.isOpen, false);
    const bool isLeaving = std::exchange(line.isLeaving, false);
    line.asked = 0;
    if (wasOpen && !isLeaving)
        step(QStringLiteral("closed: {client: %1, code: %2}")
                 .arg(client, QString::fromLatin1(frame.code)));
}

void Script::addReceived(const QString &client, const Frame &frame)
{
    const QJsonObject json = QJsonDocument::fromJson(frame.payload).object();
    if (frame.cmd == "SENT") {
        const bool isDuplicate = json.value(QLatin1String("duplicate")).toBool();
        expectAnswer(client, frame.pane,
            QStringLiteral("cmd: SENT, receiveUserId: %1, duplicate: %2")
                .arg(reference(frame.peerUserId),
                    isDuplicate ? QStringLiteral("true") : QStringLiteral("null")));
    } else if (frame.cmd == "MESSAGE") {
        addMessage(client, frame, json);
    } else if (frame.cmd == "MESSAGES") {
        addPage(client, frame, json);
    } else if (frame.cmd == "BEHIND") {
        expect(client, QStringLiteral("cmd: BEHIND"));
    } else if (frame.cmd == "ERROR" && !isPassing(frame)) {
        expectAnswer(client, frame.pane,
            QStringLiteral("cmd: ERROR, code: %1").arg(quoted(QString::fromUtf8(frame.code))));
    } else if (frame.cmd == "STATUS") {
        for (const QJsonValue user : json.value(QLatin1String("users")).toArray()) {
            const UserId id(user[QLatin1String("userId")].toInteger());
            if (userName(id).isEmpty())
                continue;
            // It may be told 3 s later.
            expect(client,
                QStringLiteral("cmd: STATUS, users: [{userId: %1, online: %2}]")
                    .arg(reference(id), flag(user[QLatin1String("online")].toBool())),
                QStringLiteral(", anyOrder: true"));
        }
    }
}

void Script::addMessage(const QString &client, const Frame &frame, const QJsonObject &json)
{
    if (!m_sent.contains(frame.clientId))
        return; // of somebody who was not recorded
    const QString name = QStringLiteral("%1%2").arg(client.toLower()).arg(frame.seq.value());
    m_names[{frame.pane, frame.seq}] = u'$' + name + QStringLiteral(".seq");
    const QString body = json.value(QLatin1String("body")).toString();
    QString fields = QStringLiteral("cmd: MESSAGE, sendUserId: ") + reference(frame.peerUserId);
    if (body.toUtf8().size() <= MostBody)
        fields += QStringLiteral(", body: ") + quoted(body);
    // Whether it comes before what answers this client is chance.
    const bool isConcurrent = m_lines[frame.pane].sends;
    expect(client, fields,
        (isConcurrent ? QStringLiteral(", anyOrder: true") : QString()) + QStringLiteral(", as: ")
            + name);
}

void Script::addPage(const QString &client, const Frame &frame, const QJsonObject &json)
{
    const QJsonArray messages = json.value(QLatin1String("messages")).toArray();
    const QString name = QStringLiteral("page%1").arg(++m_pages);
    QStringList bodies;
    bool areKnown = messages.size() <= MostListed;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QJsonValue message = messages.at(i);
        const QString body = message[QLatin1String("body")].toString();
        areKnown = areKnown && body.size() <= MostBody
            && m_sent.contains(message[QLatin1String("clientId")].toString().toUtf8());
        bodies.append(QStringLiteral("{body: %1}").arg(quoted(body)));
        m_names[{frame.pane, Seq(message[QLatin1String("seq")].toInteger())}] =
            QStringLiteral("$%1.messages.%2.seq").arg(name).arg(i);
    }
    QString fields =
        QStringLiteral("cmd: MESSAGES, more: ") + flag(json.value(QLatin1String("more")).toBool());
    if (areKnown)
        fields += QStringLiteral(", messages: [%1]").arg(bodies.join(QLatin1String(", ")));
    expect(client, fields, QStringLiteral(", as: ") + name);
}

} // namespace parley::scenario
