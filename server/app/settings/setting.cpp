// SPDX-License-Identifier: MIT
#include "app/settings/setting.h"

#include "app/settings/origin.h"
#include "core/ids.h"

#include <algorithm>
#include <optional>
#include <span>

namespace parley::app {

namespace {

using Names = std::span<const char *const>;

constexpr const char *Levels[] = {"debug", "info", "warning", "error"};
Names namesOf(LogLevel)
{
    return Levels;
}
constexpr const char *Formats[] = {"text", "logfmt", "json"};
Names namesOf(LogFormat)
{
    return Formats;
}
constexpr const char *EventLoops[] = {"epoll", "qt"};
Names namesOf(EventLoop)
{
    return EventLoops;
}

constexpr const char *ProxyProtocols[] = {"none", "v1v2", "forwarded"};
Names namesOf(ProxyProtocol)
{
    return ProxyProtocols;
}

template <class Enum>
concept Named = requires(Enum value)
{
    namesOf(value);
};

Done wanted(const QString &what)
{
    return Failure{QStringLiteral("%1 is expected").arg(what)};
}

QString listed(Names names)
{
    QStringList list;
    for (auto name : names)
        list += QLatin1StringView(name);
    return list.join(QLatin1StringView(", "));
}

template <class T> Done assign(T &field, const Value &value, const QString &what)
{
    const T *got = std::get_if<T>(&value);
    if (!got)
        return wanted(what);
    field = *got;
    return done();
}

Done assign(bool &field, const Value &value, const Setting &)
{
    return assign(field, value, QStringLiteral("true or false"));
}

Done assign(QString &field, const Value &value, const Setting &)
{
    if (auto text = std::get_if<QString>(&value); text && text->contains(QChar(0)))
        return wanted(QStringLiteral("a text without U+0000"));
    return assign(field, value, QStringLiteral("a text"));
}

// One text, or a list of them.
std::optional<QStringList> textsOf(const Value &value)
{
    if (const QString *one = std::get_if<QString>(&value))
        return QStringList{*one};
    const QStringList *more = std::get_if<QStringList>(&value);
    return more ? std::optional(*more) : std::nullopt;
}

Done assign(QStringList &field, const Value &value, const Setting &)
{
    const auto texts = textsOf(value);
    if (!texts)
        return wanted(QStringLiteral("a text, or a list of texts"));
    QStringList list = *texts;
    if (list.join(QString()).contains(QChar(0)))
        return wanted(QStringLiteral("a text without U+0000"));
    list.removeAll(QString());
    field = list;
    return done();
}

Done assign(Origins &field, const Value &value, const Setting &)
{
    QStringList list;
    if (const Done taken = assign(list, value, QStringLiteral("a list of texts")); !taken)
        return taken;
    Origins origins;
    for (const QString &text : list) {
        const auto origin = toOrigin(text);
        if (!origin)
            return origin.failure();
        origins += *origin;
    }
    field = origins;
    return done();
}

Done assign(qint64 &field, const Value &value, const Setting &setting)
{
    const qint64 *number = std::get_if<qint64>(&value);
    if (!number || *number < setting.min || *number > setting.max)
        return wanted(
            QStringLiteral("a whole number from %1 to %2").arg(setting.min).arg(setting.max));
    field = *number;
    return done();
}

Done assign(int &field, const Value &value, const Setting &setting)
{
    qint64 number = field;
    const Done result = assign(number, value, setting);
    field = int(number);
    return result;
}

template <class Rep, class Period>
Done assign(std::chrono::duration<Rep, Period> &field, const Value &value, const Setting &setting)
{
    qint64 number = field.count();
    const Done result = assign(number, value, setting);
    field = std::chrono::duration<Rep, Period>(number);
    return result;
}

Result<Listen> toListen(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    QString host = text.first(qMax(colon, 0));
    const bool bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (bracketed)
        host = host.sliced(1, host.size() - 2);
    Listen listen{QHostAddress(host)};
    bool isPort = false;
    listen.port = text.sliced(colon + 1).toUShort(&isPort);
    const bool isV6 = listen.address.protocol() == QAbstractSocket::IPv6Protocol;
    if (!isPort || listen.address.isNull() || bracketed != isV6)
        return Failure{
            QStringLiteral("ADDRESS:PORT, such as 127.0.0.1:2345 or [::1]:2345, is expected")};
    return listen;
}

Done assign(std::vector<Listen> &field, const Value &value, const Setting &setting)
{
    std::vector<Listen> list;
    for (const QString &text : textsOf(value).value_or(QStringList{QString()})) {
        const auto listen = toListen(text);
        if (!listen)
            return listen.failure();
        list.push_back(*listen);
    }
    if (list.size() < size_t(setting.min) || list.size() > size_t(limits::ListenAddresses))
        return wanted(QStringLiteral("a list of %1 to %2 addresses")
                          .arg(setting.min)
                          .arg(limits::ListenAddresses));
    field = std::move(list);
    return done();
}

Done assign(Networks &field, const Value &value, const Setting &)
{
    Networks networks;
    for (const QString &text : textsOf(value).value_or(QStringList{QString()})) {
        const auto network = QHostAddress::parseSubnet(text);
        const bool isWhole = text.count(u'.') == 3 || text.contains(u':'); // Qt takes "10/8", too
        bool isMapped = false; // ::ffff:10.0.0.0/104; nobody has such an address here
        network.first.toIPv4Address(&isMapped);
        isMapped = isMapped && network.first.protocol() == QAbstractSocket::IPv6Protocol;
        if (network.first.isNull() || !isWhole || isMapped)
            return wanted(QStringLiteral("a list of networks, such as 10.0.0.0/8 or ::1,"));
        networks.push_back(network);
    }
    field = std::move(networks);
    return done();
}

template <Named Enum> Done assign(Enum &field, const Value &value, const Setting &)
{
    const auto names = namesOf(field);
    for (size_t i = 0; i < names.size(); ++i) {
        if (value == Value(QString::fromLatin1(names[i]))) {
            field = Enum(i);
            return done();
        }
    }
    return wanted(QStringLiteral("one of ") + listed(names));
}

constexpr const char *Categories[] = {"app", "gateway", "session", "chat", "storage", "security"};

Done assign(LogLevels &field, const Value &value, const Setting &setting)
{
    LogLevels levels;
    for (const QString &text : textsOf(value).value_or(QStringList{QString()})) {
        const QString category = text.section(u'=', 0, 0).trimmed();
        const Value level = text.section(u'=', 1).trimmed();
        const bool isCategory = std::ranges::any_of(
            Categories, [&](auto name) { return category == QLatin1StringView(name); });
        if (!isCategory || !assign(levels[category], level, setting))
            return wanted(
                QStringLiteral("a list of CATEGORY=LEVEL, with a category of %1 and a level"
                               " of %2,")
                    .arg(listed(Categories), listed(Levels)));
    }
    field = std::move(levels);
    return done();
}

// A value of the field's type; what does not look like one stays a text, which set() refuses.
Value parse(const QString &text, const bool &)
{
    if (text == QLatin1StringView("true") || text == QLatin1StringView("false"))
        return text.size() == 4;
    return text;
}

Value parse(const QString &text, const QString &)
{
    return text;
}
template <Named Enum> Value parse(const QString &text, const Enum &)
{
    return text;
}

QStringList parts(const QString &text, Qt::SplitBehavior behavior)
{
    QStringList list = text.split(QLatin1Char(','), behavior);
    for (QString &part : list)
        part = part.trimmed();
    return list;
}

Value parse(const QString &text, const QStringList &)
{
    return parts(text, Qt::SkipEmptyParts);
}
Value parse(const QString &text, const Origins &)
{
    return parts(text, Qt::SkipEmptyParts);
}
Value parse(const QString &text, const std::vector<Listen> &)
{
    return text.isEmpty() ? QStringList() : parts(text, Qt::KeepEmptyParts);
}

Value parse(const QString &text, const LogLevels &)
{
    return parts(text, Qt::SkipEmptyParts);
}
Value parse(const QString &text, const Networks &)
{
    return parts(text, Qt::SkipEmptyParts);
}

template <class Number> Value parse(const QString &text, const Number &)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber ? Value(number) : Value(text);
}

QString show(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}
QString show(qint64 value)
{
    return QString::number(value);
}
QString show(int value)
{
    return QString::number(value);
}
QString show(milliseconds value)
{
    return QString::number(value.count());
}
QString show(std::chrono::hours value)
{
    return QString::number(value.count());
}
QString show(const QString &value)
{
    return value;
}
QString show(const QStringList &value)
{
    return value.join(QStringLiteral(", "));
}
template <Named Enum> QString show(Enum value)
{
    return QString::fromLatin1(namesOf(value)[size_t(value)]);
}

QString show(const Listen &value)
{
    const bool isV6 = value.address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? QStringLiteral("[%1]:%2%3") : QStringLiteral("%1:%2%3"))
        .arg(value.address.toString())
        .arg(value.port)
        .arg(value.isTls ? QStringLiteral(" (tls)") : QString());
}
QString show(const std::vector<Listen> &value)
{
    QStringList list;
    for (const Listen &listen : value)
        list += show(listen);
    return list.join(QStringLiteral(", "));
}

QString show(const LogLevels &value)
{
    QStringList list;
    for (const auto &[category, level] : value)
        list += category + u'=' + show(level);
    return show(list);
}

QString show(const Networks &value)
{
    QStringList list;
    for (const auto &[address, prefix] : value)
        list += QStringLiteral("%1/%2").arg(address.toString()).arg(prefix);
    return show(list);
}

} // namespace

QByteArray Setting::variable() const
{
    return "PARLEY_" + QByteArray(key).toUpper().replace('.', '_');
}

bool Setting::isList() const
{
    return std::holds_alternative<QStringList &(*)(Settings &)>(field)
        || std::holds_alternative<Origins &(*)(Settings &)>(field)
        || std::holds_alternative<std::vector<Listen> &(*)(Settings &)>(field)
        || std::holds_alternative<Networks &(*)(Settings &)>(field)
        || std::holds_alternative<LogLevels &(*)(Settings &)>(field);
}

bool Setting::isFlag() const
{
    return std::holds_alternative<bool &(*)(Settings &)>(field);
}

Done Setting::set(Settings &settings, const Value &value) const
{
    return std::visit([&](auto at) { return assign(at(settings), value, *this); }, field);
}

Done Setting::setText(Settings &settings, const QString &text) const
{
    return set(settings, std::visit([&](auto at) { return parse(text, at(settings)); }, field));
}

QString Setting::text(Settings settings) const
{
    return std::visit([&](auto at) { return show(at(settings)); }, field);
}

} // namespace parley::app
