// SPDX-License-Identifier: MIT
#include "scenario/format/decode.h"

#include <QJsonArray>

namespace parley::scenario {
namespace {

// What the schema has checked already is only read here.
class Fields {
public:
    Fields(const Document &document, QString path, const QJsonValue &value)
        : m_document(document)
        , m_path(std::move(path))
        , m_value(value)
    {
    }

    QJsonValue operator[](const char *key) const { return m_value[QLatin1String(key)]; }
    bool has(const char *key) const { return !(*this)[key].isUndefined(); }
    const QJsonValue &value() const { return m_value; }
    QString text(const char *key) const { return (*this)[key].toString(); }
    int number(const char *key, int otherwise) const { return (*this)[key].toInt(otherwise); }
    bool flag(const char *key) const { return (*this)[key].toBool(); }
    std::optional<bool> optionalFlag(const char *key) const
    {
        return has(key) ? std::optional(flag(key)) : std::nullopt;
    }
    std::optional<int> optionalNumber(const char *key) const
    {
        return has(key) ? std::optional((*this)[key].toInt()) : std::nullopt;
    }
    // `step: A`, or `step: {client: A, ...}`.
    QString client() const { return m_value.isString() ? m_value.toString() : text("client"); }
    QStringList clients() const
    {
        const QJsonValue several = m_value.isArray() ? m_value : (*this)["clients"];
        QStringList names;
        for (const QJsonValue name : several.toArray())
            names.append(name.toString());
        return names.isEmpty() ? QStringList{client()} : names;
    }
    Failure failure(const QString &words) const { return m_document.failure(m_path, words); }
    int count(std::initializer_list<const char *> keys) const
    {
        return int(std::ranges::count_if(keys, [this](const char *key) { return has(key); }));
    }

private:
    const Document &m_document;
    const QString m_path;
    const QJsonValue m_value;
};

using Decode = Result<Action> (*)(const Fields &);

template <class T> Result<Action> decodeClients(const Fields &fields)
{
    if (fields.clients().contains(QString()))
        return fields.failure(QStringLiteral("a client is missing"));
    return Action(T{fields.clients()});
}

Result<Action> refused(const Fields &fields)
{
    return Action(Refused{fields.client(), fields.number("status", 401)});
}

Result<Action> send(const Fields &fields)
{
    if (fields.has("body") == fields.has("size"))
        return fields.failure(QStringLiteral("send needs either a `body` or a `size`"));
    const int count = fields.number("count", 1);
    if (count > 1 && fields.has("clientId"))
        return fields.failure(QStringLiteral("a clientId belongs to one message only"));
    return Action(Send{fields.text("from"), fields["to"], fields.text("body"),
        fields.text("clientId"), count, fields.number("size", 0), fields.text("as")});
}

Result<Action> raw(const Fields &fields)
{
    return Action(
        Raw{fields.client(), fields["frame"], fields.number("count", 1), fields.number("size", 0)});
}

Result<Action> binary(const Fields &fields)
{
    const QByteArray hex = fields.text("hex").toLatin1();
    const QByteArray bytes = QByteArray::fromHex(hex);
    if (bytes.toHex() != hex.toLower())
        return fields.failure(QStringLiteral("hex must be pairs of hexadecimal digits"));
    return Action(Binary{fields.client(), bytes});
}

Result<Action> expect(const Fields &fields)
{
    if (fields.flag("none") && (fields.has("as") || fields.has("count")))
        return fields.failure(QStringLiteral("`none` allows neither `count` nor `as`"));
    return Action(Expect{fields.client(), fields["frame"].toObject(), fields.number("count", 1),
        fields.flag("none"), fields.flag("anyOrder"), fields.text("as")});
}

Result<Action> fetch(const Fields &fields)
{
    return Action(
        Fetch{fields.client(), fields.optionalNumber("after"), fields.optionalNumber("limit")});
}

Result<Action> confirm(const Fields &fields)
{
    if (fields.count({"all", "seqs", "upTo"}) > 1)
        return fields.failure(QStringLiteral("confirm needs one of `all`, `seqs` and `upTo`"));
    const bool all = !fields.has("seqs") && !fields.has("upTo");
    return Action(Confirm{fields.client(), all, fields["seqs"], fields["upTo"]});
}

Result<Action> watch(const Fields &fields)
{
    return Action(Watch{fields.client(), fields.text("user")});
}

Result<Action> presence(const Fields &fields)
{
    return Action(Presence{fields.client(), fields.text("user"), fields.flag("online")});
}

Result<Action> habit(const Fields &fields)
{
    static const QStringList Names{QStringLiteral("proper"), QStringLiteral("dropped"),
        QStringLiteral("delayed"), QStringLiteral("doubled")};
    if (fields.count({"autoConfirm", "heartbeat", "reading", "confirms"}) == 0)
        return fields.failure(QStringLiteral(
            "habit needs one of `autoConfirm`, `heartbeat`, `reading` and `confirms`"));
    Habit habit{fields.client(), fields.optionalFlag("autoConfirm"),
        fields.optionalFlag("heartbeat"), fields.optionalFlag("reading"), {},
        milliseconds(fields.number("delay", 0))};
    if (fields.has("confirms"))
        habit.confirms = Habit::Confirms(Names.indexOf(fields.text("confirms")));
    if (fields.has("delay") != (habit.confirms == Habit::Confirms::Delayed))
        return fields.failure(QStringLiteral("`delay` belongs to `confirms: delayed`"));
    return Action(habit);
}

Result<Action> fault(const Fields &fields)
{
    if (fields.count({"abort", "again", "flood"}) != 1)
        return fields.failure(QStringLiteral("fault needs one of `abort`, `again` and `flood`"));
    const auto what = fields.has("abort") ? Fault::What::Abort
        : fields.has("again")             ? Fault::What::Again
                                          : Fault::What::Flood;
    return Action(Fault{fields.client(), what, fields.number("flood", 1)});
}

Result<Action> session(const Fields &fields)
{
    if (fields.count({"is", "of", "given"}) != 1)
        return fields.failure(QStringLiteral("session needs one of `is`, `of` and `given`"));
    auto what = Session::What::Right;
    if (fields.has("of"))
        what = Session::What::OfUser;
    else if (fields.has("given"))
        what = Session::What::Given;
    else if (fields.text("is") != QLatin1String("right"))
        what = fields.text("is") == QLatin1String("wrong") ? Session::What::Wrong
                                                           : Session::What::Expired;
    return Action(Session{fields.client(), what, fields.text("of"), fields["given"]});
}

Result<Action> closed(const Fields &fields)
{
    return Action(Closed{fields.client(), fields.number("code", 1000)});
}

Result<Action> waitUntil(const Fields &fields)
{
    using What = WaitUntil::What;
    static const struct {
        const char *key;
        What what;
    } Kinds[]{{"online", What::Online}, {"offline", What::Offline}, {"stored", What::Stored},
        {"unread", What::Unread}, {"received", What::Received}};
    if (fields.count({"online", "offline", "stored", "unread", "received"}) != 1)
        return fields.failure(QStringLiteral(
            "wait-until needs one of `online`, `offline`, `stored`, `unread` and `received`"));
    for (const auto &kind : Kinds) {
        if (!fields.has(kind.key))
            continue;
        const QJsonValue value = fields[kind.key];
        if (value.isString())
            return Action(WaitUntil{kind.what, value.toString(), 0});
        const char *number = kind.what == What::Unread ? "is" : "count";
        return Action(WaitUntil{kind.what, value[QLatin1String("client")].toString(),
            value[QLatin1String(number)].toInt()});
    }
    return fields.failure(QStringLiteral("nothing to wait for"));
}

Result<Action> pause(const Fields &fields)
{
    return Action(Pause{milliseconds(fields.value().toInteger())});
}

Result<Action> server(const Fields &fields)
{
    static const QStringList Names{QStringLiteral("kill"), QStringLiteral("stop"),
        QStringLiteral("start"), QStringLiteral("restart")};
    return Action(Server{Server::What(Names.indexOf(fields.value().toString()))});
}

Result<Action> audit(const Fields &)
{
    return Action(Audit{});
}

Result<Action> check(const Fields &fields)
{
    if (fields.count({"received", "order", "complete"}) == 0)
        return fields.failure(
            QStringLiteral("check needs one or more of `received`, `order` and `complete`"));
    return Action(Check{fields.client(), fields.optionalNumber("received"), fields.flag("order"),
        fields.flag("complete")});
}

Result<Action> http(const Fields &fields)
{
    const QString method = fields.has("method") ? fields.text("method") : QStringLiteral("GET");
    return Action(Http{method, fields.text("path"), fields["json"], fields.text("bearer"),
        fields.number("status", 200), fields.text("contains"), fields.text("as")});
}

} // namespace

Result<Action> decodeAction(
    const Document &document, const QString &path, const QString &name, const QJsonValue &value)
{
    static const QHash<QString, Decode> Decoders{
        {QStringLiteral("connect"), decodeClients<Connect>},
        {QStringLiteral("refused"), refused},
        {QStringLiteral("disconnect"), decodeClients<Disconnect>},
        {QStringLiteral("send"), send},
        {QStringLiteral("raw"), raw},
        {QStringLiteral("binary"), binary},
        {QStringLiteral("expect"), expect},
        {QStringLiteral("fetch"), fetch},
        {QStringLiteral("confirm"), confirm},
        {QStringLiteral("watch"), watch},
        {QStringLiteral("presence"), presence},
        {QStringLiteral("habit"), habit},
        {QStringLiteral("fault"), fault},
        {QStringLiteral("session"), session},
        {QStringLiteral("closed"), closed},
        {QStringLiteral("wait-until"), waitUntil},
        {QStringLiteral("pause"), pause},
        {QStringLiteral("server"), server},
        {QStringLiteral("audit"), audit},
        {QStringLiteral("check"), check},
        {QStringLiteral("http"), http},
    };
    const Fields fields(document, path, value);
    const auto decode = Decoders.constFind(name);
    if (decode == Decoders.cend())
        return fields.failure(QStringLiteral("there is no step `%1`").arg(name));
    return (*decode)(fields);
}

} // namespace parley::scenario
