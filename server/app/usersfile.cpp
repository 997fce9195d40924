// SPDX-License-Identifier: MIT
#include "app/usersfile.h"

#include "core/limits.h"

#include <QHash>
#include <QStringDecoder>

#include <algorithm>

namespace parley::app {

namespace {

std::optional<QString> decoded(const QByteArray &bytes)
{
    // With a byte order mark at the beginning, which is a character there as anywhere.
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

// The field that begins at `at`, which is then behind its comma, or -1 behind the line's last one.
Result<QByteArray> takeField(const QByteArray &line, qsizetype &at)
{
    if (!line.sliced(at).startsWith('"')) {
        const qsizetype comma = line.indexOf(',', at);
        const QByteArray field = comma < 0 ? line.sliced(at) : line.sliced(at, comma - at);
        at = comma < 0 ? -1 : comma + 1;
        return field;
    }
    QByteArray field;
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] != '"') {
            field += line[i];
        } else if (line.sliced(i + 1).startsWith('"')) {
            field += line[i++];
        } else if (i + 1 == line.size() || line[i + 1] == ',') {
            at = i + 1 == line.size() ? -1 : i + 2;
            return field;
        } else {
            return Failure{QStringLiteral("a comma is expected after a quoted field")};
        }
    }
    return Failure{QStringLiteral("a quote is not closed")};
}

Result<UserLine> parseLine(const QByteArray &text, int line)
{
    QByteArrayList fields;
    for (qsizetype at = 0; at >= 0;) {
        const auto field = takeField(text, at);
        if (!field)
            return field.failure();
        fields += *field;
    }
    if (fields.size() < 2 || fields.size() > 3)
        return Failure{QStringLiteral("id,name or id,name,password is expected")};
    const auto id = parseUserId(fields[0]);
    if (!id)
        return id.failure();
    if (const Done name = checkUserName(fields[1]); !name)
        return name.failure();
    UserLine user{line, *id, fields[1], fields.value(2)};
    if (!user.password.isEmpty()) {
        if (const Done password = checkPassword(user.password); !password)
            return password.failure();
    }
    return user;
}

} // namespace

Result<UserId> parseUserId(QByteArrayView text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const qint64 id = std::ranges::all_of(text, isDigit) ? text.toLongLong() : 0;
    if (id < 1 || id > MaxInteger)
        return Failure{
            QStringLiteral("a user's id is a whole number from 1 to %1").arg(MaxInteger)};
    return UserId(id);
}

Done checkUserName(const QByteArray &name)
{
    const auto text = decoded(name);
    const auto chars = text ? text->toUcs4() : QList<uint>();
    if (chars.isEmpty() || chars.size() > limits::UserNameChars)
        return Failure{QStringLiteral("a user's name has 1 to %1 characters of UTF-8")
                           .arg(limits::UserNameChars)};
    const auto isControl = [](uint c) { return QChar::category(c) == QChar::Other_Control; };
    if (std::ranges::any_of(chars, isControl))
        return Failure{QStringLiteral("a user's name has no control characters")};
    return done();
}

Done checkPassword(const QByteArray &password)
{
    if (password.isEmpty() || password.size() > limits::PasswordBytes || password.contains('\0')
        || !decoded(password))
        return Failure{QStringLiteral("a password has 1 to %1 bytes of UTF-8, none of them zero")
                           .arg(limits::PasswordBytes)};
    return done();
}

Result<std::vector<UserLine>> parseUsers(const QByteArray &csv, const QString &file)
{
    std::vector<UserLine> users;
    QHash<qint64, int> ids;
    QHash<QByteArray, int> names;
    int number = 0;
    for (QByteArray text : csv.split('\n')) {
        ++number;
        const auto fails = [&](const QString &why) {
            return Failure{QStringLiteral("%1:%2: %3").arg(file).arg(number).arg(why)};
        };
        if (text.endsWith('\r'))
            text.chop(1);
        if (text.isEmpty())
            continue;
        auto user = parseLine(text, number);
        if (!user)
            return fails(user.failure().text);
        const int sameId = std::exchange(ids[user->id.value()], number);
        const int sameName = std::exchange(names[user->name], number);
        if (sameId || sameName)
            return fails(QStringLiteral("the %1 is already in line %2")
                             .arg(QLatin1StringView(sameId ? "id" : "name"))
                             .arg(sameId ? sameId : sameName));
        users.push_back(std::move(*user));
    }
    return users;
}

} // namespace parley::app
