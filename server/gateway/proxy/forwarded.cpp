// SPDX-License-Identifier: MIT
#include "gateway/proxy/forwarded.h"

#include <algorithm>
#include <optional>

namespace parley::proxy {
namespace {

// Separators within quotes are none. nullopt: it ends within quotes, as it does when somebody left
// them open before what a proxy adds.
std::optional<QByteArrayList> split(QByteArrayView text, char separator)
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
    if (isQuoted)
        return std::nullopt;
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

bool isPortBehind(QByteArrayView text)
{
    return text.size() > 1 && text.front() == ':'
        && std::ranges::all_of(text.sliced(1), [](char c) { return c >= '0' && c <= '9'; });
}

// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"; null: none.
QHostAddress nodeAddress(const QByteArray &node)
{
    qsizetype end = node.size();
    if (node.startsWith('['))
        end = node.indexOf(']') + 1;
    else if (node.count(':') == 1)
        end = node.indexOf(':');
    const QByteArrayView rest = QByteArrayView(node).sliced(end);
    if (end == 0 || (!rest.isEmpty() && !isPortBehind(rest)))
        return {};
    const QByteArray host = node.first(end);
    return addressOf(host.startsWith('[') ? host.sliced(1, host.size() - 2) : host);
}

// The value of "for" in an element of Forwarded.
QByteArray forOf(const QByteArray &element)
{
    for (const QByteArray &pair : split(element, ';').value_or(QByteArrayList())) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.first(equals).compare("for", Qt::CaseInsensitive) == 0)
            return unquoted(pair.sliced(equals + 1));
    }
    return {};
}

// What each proxy wrote of whom it got the request from, in their order.
std::optional<QByteArrayList> nodesOf(const ForwardedFields &fields)
{
    if (fields.forwarded.isNull())
        return fields.xForwardedFor.isNull() ? QByteArrayList() : fields.xForwardedFor.split(',');
    auto nodes = split(fields.forwarded, ',');
    if (nodes)
        std::ranges::transform(*nodes, nodes->begin(), forOf);
    return nodes;
}

} // namespace

Result<QHostAddress> clientOf(
    const ForwardedFields &fields, const QHostAddress &proxy, const Networks &trusted)
{
    if (!fields.forwarded.isNull() && !fields.xForwardedFor.isNull())
        return Failure{QStringLiteral("Forwarded and X-Forwarded-For contradict each other.")};
    const auto nodes = nodesOf(fields);
    if (!nodes)
        return Failure{QStringLiteral("Forwarded ends within quotes.")};
    QHostAddress client = proxy;
    for (auto node = nodes->rbegin(); node != nodes->rend() && isIn(trusted, client); ++node) {
        client = nodeAddress(node->trimmed());
        if (client.isNull())
            return Failure{QStringLiteral("A proxy does not name its client by an address.")};
    }
    return client;
}

} // namespace parley::proxy
