// SPDX-License-Identifier: MIT
// A file of users: what is taken means the same when every field is quoted, holds nobody twice, and
// can log in; what is refused is refused with its line.
#include "app/usersfile.h"
#include "fuzz/fuzz.h"
#include "protocol/codec.h"
#include "protocol/write.h"

#include <QStringList>

#include <algorithm>
#include <set>

using namespace parley;
using namespace parley::app;

namespace {

QByteArray quoted(QByteArray field)
{
    return '"' + field.replace("\"", "\"\"") + '"';
}

bool isSame(const UserLine &a, const UserLine &b)
{
    return a.id == b.id && a.name == b.name && a.password == b.password;
}

void checkUsers(const std::vector<UserLine> &users, qsizetype lines)
{
    QByteArray said;
    std::set<UserId> ids;
    std::set<QByteArray> names;
    int line = 0;
    for (const UserLine &user : users) {
        MUST(user.line > line && user.line <= lines);
        line = user.line;
        MUST(ids.insert(user.id).second && names.insert(user.name).second);
        MUST(user.id >= UserId(1) && user.id <= UserId(MaxInteger));
        said += QByteArray::number(user.id.value()) + ',' + quoted(user.name) + ','
            + quoted(user.password) + "\r\n";

        QByteArray login;
        protocol::member(login, "{\"username\":", user.name);
        protocol::member(login, ",\"password\":", user.password);
        protocol::end(login);
        const auto credentials = protocol::decodeCredentials(login);
        MUST(credentials && credentials->username == user.name);
        MUST(credentials->password == user.password);
    }
    const auto again = parseUsers(said, QStringLiteral("said"));
    MUST(again && std::ranges::equal(*again, users, isSame));
}

// "FILE:LINE: ", and then why; a file of UTF-16 has no lines.
void checkRefusal(const QString &text, const QByteArray &csv, qsizetype lines)
{
    const QStringList parts = text.split(QLatin1Char(':'));
    const bool isWide = csv.startsWith("\xff\xfe") || csv.startsWith("\xfe\xff");
    MUST(parts.size() >= (isWide ? 2 : 3) && parts[0] == QLatin1StringView("file"));
    MUST(isWide || (parts[1].toInt() >= 1 && parts[1].toInt() <= lines));
    MUST(parts.back().size() > 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray csv = fuzz::Input(data, size).bytes().toByteArray();
    const qsizetype lines = 1 + csv.count('\n');
    if (const auto users = parseUsers(csv, QStringLiteral("file"))) {
        fuzz::taken += !users->empty();
        checkUsers(*users, lines);
    } else {
        checkRefusal(users.failure().text, csv, lines);
    }
    return 0;
}
