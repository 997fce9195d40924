// SPDX-License-Identifier: MIT
#include "session/loginsession.h"

#include "session/sodium.h"

#include <QCryptographicHash>

#include <algorithm>

#include <sodium.h>

namespace parley::session {

namespace {

constexpr QByteArrayView Prefix = "p1_";
constexpr qsizetype RandomBytes = 32;
constexpr qsizetype RandomChars = 43; // in base64 without padding
constexpr qsizetype TimeSessionChars = 32;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLowerHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f');
}

bool isBase64Url(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

} // namespace

MintedSession mintLoginSession()
{
    useSodium();
    QByteArray random(RandomBytes, Qt::Uninitialized);
    randombytes_buf(random.data(), size_t(random.size()));
    QByteArray session = Prefix.toByteArray()
        + random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    wipe(random);
    QByteArray hash = hashLoginSession(session);
    return {std::move(session), std::move(hash)};
}

QByteArray hashLoginSession(QByteArrayView session)
{
    return QCryptographicHash::hash(session, QCryptographicHash::Sha256);
}

SessionForm formOf(QByteArrayView session)
{
    if (session.size() == TimeSessionChars && std::ranges::all_of(session, isLowerHex))
        return SessionForm::Time;
    if (session.size() == Prefix.size() + RandomChars && session.startsWith(Prefix)
        && std::ranges::all_of(session.sliced(Prefix.size()), isBase64Url))
        return SessionForm::Login;
    return SessionForm::Neither;
}

} // namespace parley::session
