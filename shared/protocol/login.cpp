// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "protocol/codec.h"
#include "protocol/json.h"
#include "protocol/write.h"

namespace parley::protocol {
namespace {

// Whether `into` did not have it yet, and it is a text that may be had.
bool take(QByteArray &into, json::Value value)
{
    const auto text = value.text();
    if (!into.isNull() || !text || text->contains('\0'))
        return false;
    into = text->toByteArray();
    return true;
}

} // namespace

std::optional<Credentials> decodeCredentials(QByteArrayView body)
{
    const auto object = json::parse(body);
    Credentials credentials;
    const bool taken = object && object->eachMember([&](QByteArrayView key, json::Value value) {
        if (key == "username")
            return take(credentials.username, value);
        if (key == "password")
            return take(credentials.password, value);
        return true;
    });
    if (!taken || credentials.username.isEmpty() || credentials.password.isNull()
        || codePoints(credentials.username) > limits::UserNameChars
        || credentials.password.size() > limits::PasswordBytes)
        return std::nullopt;
    return credentials;
}

QByteArray encode(const Login &login)
{
    QByteArray out;
    member(out, "{\"userId\":", login.userId);
    member(out, ",\"session\":", login.session);
    member(out, ",\"expiresAt\":", login.expiresAt);
    member(out, ",\"chat\":", login.chat);
    out.append('}');
    return out;
}

QByteArray encodeHttpError(ErrorCode code, QByteArrayView message)
{
    QByteArray out;
    member(out, "{\"error\":{\"code\":", parley::name(code));
    member(out, ",\"message\":", message.isEmpty() ? text(code) : message);
    out.append("}}");
    return out;
}

} // namespace parley::protocol
