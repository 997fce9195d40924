// SPDX-License-Identifier: MIT
// Users as people type them: one by one, or as a CSV file.
#pragma once

#include "core/ids.h"
#include "core/result.h"

#include <QByteArray>

#include <vector>

namespace parley::app {

// As parseUserId(), or what is wrong in words.
Result<UserId> typedUserId(QByteArrayView);
// 1 to limits::UserNameChars characters of UTF-8, each of them visible: spaces only between
// others, and no invisible characters.
Done checkUserName(const QByteArray &);
// 1 to limits::PasswordBytes of UTF-8 without U+0000: a login can only bring that.
Done checkPassword(const QByteArray &);

struct UserLine {
    int line = 0;
    UserId id;
    QByteArray name;
    QByteArray password; // empty: none
};

// Lines `id,name[,password]`, a field with a comma or a quote in it quoted as RFC 4180 has it.
// Empty lines do not count, nor does a first line that names the fields. Blanks around a field are
// no part of it, unless it is quoted; a password with such blanks is refused, as nobody can
// tell whether they belong to it. A Failure begins with "FILE:LINE: ". No id and no name comes
// twice.
Result<std::vector<UserLine>> parseUsers(const QByteArray &csv, const QString &file);

} // namespace parley::app
