// SPDX-License-Identifier: MIT
#include "gateway/proxy/forwarded.h"

#include <algorithm>

namespace parley::proxy {
namespace {

// Separators within quotes are none.
QByteArrayList split(QByteArrayView text, char separator)
{
    QByteArrayList parts{QByteArray()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            isQuoted = !isQuoted;
        if (text[i] == separator && !isQuoted)
            parts.push_back({});
        else if (text[i] == '\\' && isQuoted && i + 1 < text.size())
            parts.back() += text.sliced(i++, 2); // it is kept, and so is what it protects
        else
            parts.back() += text[i];
    }
    for (QByteArray &part : parts)
        part = part.trimmed();
    return parts;
}

QByteArray unquoted(const QByteArray &text)
{
    if (text.size() < 2 || !text.startsWith('"') || !text.endsWith('"'))
        return text;
    QByteArray plain;
    for (qsizetype i = 1; i < text.size() - 1; ++i)
        plain += text[i] == '\\' && i + 2 < text.size() ? text[++i] : text[i];
    return plain;
}

// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"; null: none.
QHostAddress nodeAddress(const QByteArray &node)
{
    if (!node.startsWith('['))
        return addressOf(node.count(':') == 1 ? node.first(node.indexOf(':')) : node);
    const qsizetype end = node.indexOf(']');
    const bool isNode = end > 0 && (end + 1 == node.size() || node[end + 1] == ':');
    return isNode ? addressOf(node.sliced(1, end - 1)) : QHostAddress();
}

// The value of "for" in an element of Forwarded.
QByteArray forOf(QByteArrayView element)
{
    for (const QByteArray &pair : split(element, ';')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.first(equals).compare("for", Qt::CaseInsensitive) == 0)
            return unquoted(pair.sliced(equals + 1));
    }
    return {};
}

} // namespace

Result<QHostAddress> clientOf(
    const ForwardedFields &fields, const QHostAddress &proxy, const Networks &trusted)
{
    if (!fields.forwarded.isNull() && !fields.xForwardedFor.isNull())
        return Failure{QStringLiteral("Forwarded and X-Forwarded-For contradict each other.")};
    const bool isStandard = !fields.forwarded.isNull();
    const auto hops = split(isStandard ? fields.forwarded : fields.xForwardedFor, ',');
    QHostAddress client = proxy;
    for (auto hop = hops.rbegin(); hop != hops.rend() && isIn(trusted, client); ++hop) {
        const QHostAddress address = nodeAddress(isStandard ? forOf(*hop) : *hop);
        if (address.isNull())
            break;
        client = address;
    }
    return client;
}

} // namespace parley::proxy
