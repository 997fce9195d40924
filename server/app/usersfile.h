// SPDX-License-Identifier: MIT
// Users as people type them: one by one, or as a CSV file.
#pragma once

#include "core/ids.h"
#include "core/result.h"

#include <QByteArray>

#include <vector>

namespace parley::app {

// 1 ... MaxInteger, in plain decimal.
Result<UserId> parseUserId(QByteArrayView);
// 1 to limits::UserNameChars characters of UTF-8, none of them a control character.
Done checkUserName(const QByteArray &);
// 1 to limits::PasswordBytes of UTF-8 without U+0000: a login can only bring that.
Done checkPassword(const QByteArray &);

struct UserLine {
    int line = 0;
    UserId id;
    QByteArray name;
    QByteArray password; // empty: none
};

// Lines `id,name[,password]`, a field with a comma or a quote in it quoted as RFC 4180 has it;
// empty lines do not count. A Failure begins with "FILE:LINE: ". No id and no name comes twice.
Result<std::vector<UserLine>> parseUsers(const QByteArray &csv, const QString &file);

} // namespace parley::app
