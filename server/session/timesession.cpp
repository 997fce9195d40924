// SPDX-License-Identifier: MIT
#include "session/timesession.h"

#include "session/sodium.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

#include <sodium.h>

namespace parley::session {

namespace {

// yymmddhhmm in UTC.
QByteArray minuteText(Time time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<minutes>(time) - day);
    qint64 digits = int(date.year()) % 100;
    digits = digits * 100 + unsigned(date.month());
    digits = digits * 100 + unsigned(date.day());
    digits = digits * 100 + clock.hours().count();
    digits = digits * 100 + clock.minutes().count();
    return QByteArray::number(digits).rightJustified(10, '0');
}

using Given = std::array<char, 32>;

bool isMadeWith(
    const QByteArray &key, const TimeSessionRule &rule, UserId user, const Given &given, Time now)
{
    bool found = false;
    const auto look = [&](int minute) {
        QByteArray expected = mintTimeSession(key, user, now + std::chrono::minutes(minute));
        found |= sodium_memcmp(expected.constData(), given.data(), given.size()) == 0;
        wipe(expected);
    };
    // Most are made just now.
    for (int minute = 0; minute >= -rule.minutesAfter && !found; --minute)
        look(minute);
    for (int minute = 1; minute <= rule.minutesBefore && !found; ++minute)
        look(minute);
    return found && !key.isEmpty();
}

} // namespace

QByteArray mintTimeSession(QByteArrayView secretKey, UserId user, Time time)
{
    QCryptographicHash hash(QCryptographicHash::Md5);
    hash.addData(secretKey);
    hash.addData(QByteArray::number(user.value()));
    hash.addData(minuteText(time));
    return hash.result().toHex();
}

bool isTimeSession(const TimeSessionRule &rule, UserId user, QByteArrayView session, Time now)
{
    // One of the wrong length takes no less time: zero bytes, which are no session, stand for it.
    Given given{};
    if (session.size() == qsizetype(given.size()))
        std::copy_n(session.data(), given.size(), given.data());

    bool found = isMadeWith(rule.secretKey, rule, user, given, now);
    if (!found && now < rule.previousEnds)
        found = isMadeWith(rule.previousKey, rule, user, given, now);
    return found;
}

} // namespace parley::session
