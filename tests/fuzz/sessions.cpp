// SPDX-License-Identifier: MIT
// What a client proves itself with: the form of a session, the query that holds it, a time session
// at its minutes, and the body of a login.
//
// All of them read the same text; the last bytes of the input are a user and moments.
#include "core/limits.h"
#include "fuzz/fuzz.h"
#include "gateway/http/request.h"
#include "protocol/codec.h"
#include "protocol/write.h"
#include "session/loginsession.h"
#include "session/timesession.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace parley;
using session::SessionForm;

namespace {

void checkForm(const QByteArray &text)
{
    constexpr auto Strict = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
        | QByteArray::AbortOnBase64DecodingErrors;
    const bool isTime = text.size() == 32 && QByteArray::fromHex(text).toHex() == text;
    const auto decoded = QByteArray::fromBase64Encoding(text.mid(3), Strict);
    const bool isLogin =
        text.startsWith("p1_") && text.size() == 3 + 43 && decoded && decoded.decoded.size() == 32;
    const SessionForm form = session::formOf(text);
    MUST((form == SessionForm::Time) == isTime);
    MUST((form == SessionForm::Login) == isLogin);
    fuzz::taken += form != SessionForm::Neither;
}

void checkQuery(const QByteArray &query)
{
    std::vector<QByteArray> values;
    for (const QByteArray &pair : query.split('&')) {
        if (pair == "session" || pair.startsWith("session="))
            values.push_back(pair.mid(8));
    }
    MUST(std::ranges::equal(http::queryValues(query, "session"), values));
}

// Valid from some minutes before its own to some after it, for its user, with its key; not else.
void checkTimeSession(const QByteArray &text, fuzz::Input input)
{
    constexpr qint64 Minutes = 100LL * 365 * 24 * 60; // from 1970: two digits of a year are unique
    const session::TimeSessionRule rule{text, input.byte() % 3, input.byte() % 8};
    const UserId user(1 + input.below(MaxInteger));
    const Time now = fromMs(input.below(Minutes * 60'000));
    const int late = input.byte() % 16 - 6; // minutes since its own
    const Time made = now - std::chrono::minutes(late);
    QByteArray session = session::mintTimeSession(text, user, made);
    MUST(session::formOf(session) == SessionForm::Time);

    const bool isDue = late >= -rule.minutesBefore && late <= rule.minutesAfter;
    MUST(session::isTimeSession(rule, user, session, now) == (isDue && !text.isEmpty()));
    MUST(!session::isTimeSession(rule, UserId(user.value() % MaxInteger + 1), session, now));
    MUST(!session::isTimeSession(rule, user, session.toUpper() + ' ', now));
    MUST(!session::isTimeSession(rule, user, text, now));
    const auto at = input.below(session.size());
    session[at] = session[at] == '0' ? '1' : '0';
    MUST(!session::isTimeSession(rule, user, session, now));
}

void checkCredentials(const QByteArray &body)
{
    const auto credentials = protocol::decodeCredentials(body);
    if (!credentials)
        return;
    ++fuzz::taken;
    const auto &[username, password] = *credentials;
    MUST(!username.isEmpty() && !username.contains('\0') && protocol::isUtf8(username));
    MUST(!password.contains('\0') && protocol::isUtf8(password));
    MUST(protocol::codePoints(username) <= limits::UserNameChars);
    MUST(password.size() <= limits::PasswordBytes);

    QByteArray said;
    protocol::member(said, "{\"username\":", username);
    protocol::member(said, ",\"password\":", password);
    protocol::end(said);
    const auto again = protocol::decodeCredentials(said);
    MUST(again && again->username == username && again->password == password);

    const auto document = QJsonDocument::fromJson(body);
    if (!document.isObject()) // numbers that are too large for Qt's parser
        return;
    MUST(document[QStringLiteral("username")].toString().toUtf8() == username);
    MUST(document[QStringLiteral("password")].toString().toUtf8() == password);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fuzz::Input input(data, size);
    const QByteArray text = input.bytes().toByteArray();
    checkForm(text);
    checkQuery(text);
    checkTimeSession(text, input);
    checkCredentials(text);
    return 0;
}
