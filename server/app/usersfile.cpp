// SPDX-License-Identifier: MIT
#include "app/usersfile.h"

#include "core/limits.h"
#include "core/secrettext.h"

#include <QHash>
#include <QStringDecoder>

#include <algorithm>

namespace parley::app {

namespace {

std::optional<QString> decoded(const QByteArray &bytes)
{
    // With a byte order mark at its beginning, for that is no part of a name.
    QStringDecoder decoder(QStringDecoder::Utf8,
        QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

qsizetype behindBlanks(const QByteArray &line, qsizetype at)
{
    while (at < line.size() && isBlank(line[at]))
        ++at;
    return at;
}

struct CsvField {
    QByteArray text; // unquoted; blanks around it are still there
    bool isQuoted = false;

    bool hasOuterBlanks() const
    {
        return !isQuoted && !text.isEmpty() && (isBlank(text.front()) || isBlank(text.back()));
    }
    QByteArray plain() const { return isQuoted ? text : text.trimmed(); }
};

// The quoted field whose quote is at `at`, which is then behind its comma, or -1 at the line's end.
Result<CsvField> takeQuoted(const QByteArray &line, qsizetype &at)
{
    CsvField field{{}, true};
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] != '"') {
            field.text += line[i];
        } else if (line.sliced(i + 1).startsWith('"')) {
            field.text += line[i++];
        } else {
            const qsizetype end = behindBlanks(line, i + 1);
            if (end < line.size() && line[end] != ',')
                return Failure{QStringLiteral("a comma is expected after a quoted field")};
            at = end == line.size() ? -1 : end + 1;
            return field;
        }
    }
    return Failure{QStringLiteral("a quote is not closed")};
}

// The field that begins at `at`; likewise.
Result<CsvField> takeField(const QByteArray &line, qsizetype &at)
{
    const qsizetype begin = behindBlanks(line, at);
    if (begin < line.size() && line[begin] == '"') {
        at = begin;
        return takeQuoted(line, at);
    }
    const qsizetype comma = line.indexOf(',', at);
    const CsvField field{comma < 0 ? line.sliced(at) : line.sliced(at, comma - at)};
    at = comma < 0 ? -1 : comma + 1;
    return field;
}

Result<UserLine> parseLine(const QByteArray &text, int line)
{
    QList<CsvField> fields;
    for (qsizetype at = 0; at >= 0;) {
        const auto field = takeField(text, at);
        if (!field)
            return field.failure();
        fields += *field;
    }
    if (fields.size() < 2 || fields.size() > 3)
        return Failure{QStringLiteral("id,name or id,name,password is expected")};
    const auto id = typedUserId(fields[0].plain());
    if (!id)
        return id.failure();
    const CsvField password = fields.value(2);
    UserLine user{line, *id, fields[1].plain(), password.plain()};
    if (const Done name = checkUserName(user.name); !name)
        return name.failure();
    if (password.hasOuterBlanks() && !user.password.isEmpty())
        return Failure{QStringLiteral(
            "white space around a password: remove it, or put the password in quotes")};
    if (!user.password.isEmpty()) {
        if (const Done password = checkPassword(user.password); !password)
            return password.failure();
    }
    return user;
}

// Only at the beginning of a file, and in any case of letters.
bool isHeader(const QByteArray &line)
{
    const QByteArray names = line.toLower().replace(' ', "").replace('"', "");
    return names == "id,name" || names == "id,name,password";
}

bool showsNothing(uint c)
{
    // Letters and marks by their category, but all that is to be seen of them is room, or not even
    // that: fillers of Hangul, Khmer's inherent vowels, Mongolian's selectors, Braille's blank.
    static constexpr uint Empty[] = {0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d,
        0x180f, 0x2800, 0x3164, 0xffa0};
    const bool isJoiner = c == 0x200c || c == 0x200d; // some scripts and emoji need them
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_Format:
        return !isJoiner;
    default:
        return std::ranges::find(Empty, c) != std::end(Empty);
    }
}

// What only stands beside others: a blank, a joiner, a mark.
bool needsCompany(uint c)
{
    return QChar::isSpace(c) || QChar::category(c) == QChar::Other_Format || QChar::isMark(c);
}

} // namespace

Result<UserId> typedUserId(QByteArrayView text)
{
    if (const auto id = parseUserId(text))
        return *id;
    return Failure{QStringLiteral("a user's id is a whole number from 1 to %1, in plain digits")
                       .arg(MaxInteger)};
}

Done checkUserName(const QByteArray &name)
{
    const auto text = decoded(name);
    const auto chars = text ? text->toUcs4() : QList<uint>();
    if (chars.isEmpty() || chars.size() > limits::UserNameChars)
        return Failure{QStringLiteral("a user's name has 1 to %1 characters of UTF-8")
                           .arg(limits::UserNameChars)};
    if (std::ranges::any_of(chars, showsNothing))
        return Failure{
            QStringLiteral("a user's name must not contain control characters or invisible ones")};
    const uint last = chars.back();
    if (needsCompany(chars.front()) || (needsCompany(last) && !QChar::isMark(last)))
        return Failure{QStringLiteral("a user's name must begin and end with a visible character")};
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
    const auto plain = withoutMark(csv);
    if (!plain)
        return Failure{QStringLiteral("%1: %2").arg(file, plain.failure().text)};
    int number = 0;
    bool isFirst = true;
    for (QByteArray text : plain->split('\n')) {
        ++number;
        const auto fails = [&](const QString &why) {
            return Failure{QStringLiteral("%1:%2: %3").arg(file).arg(number).arg(why)};
        };
        if (text.endsWith('\r'))
            text.chop(1);
        if (text.trimmed().isEmpty() || (std::exchange(isFirst, false) && isHeader(text)))
            continue;
        if (text.contains('\r'))
            return fails(QStringLiteral("a line must end with LF or CRLF, not with CR alone"));
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
