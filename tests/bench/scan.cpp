// SPDX-License-Identifier: MIT
#include "bench/scan.h"

#include <charconv>
#include <cstring>

namespace parley::bench {

namespace {

using std::string_view;

void skipSpace(string_view &s)
{
    while (!s.empty() && (s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || s[0] == '\r'))
        s.remove_prefix(1);
}

bool take(string_view &s, char c)
{
    skipSpace(s);
    if (s.empty() || s[0] != c)
        return false;
    s.remove_prefix(1);
    return true;
}

// Where the text that begins with s[0] == '"' has its closing quote; npos if nowhere.
std::size_t closingQuote(string_view s)
{
    for (std::size_t at = s.find('"', 1); at != s.npos; at = s.find('"', at + 1)) {
        std::size_t escapes = at;
        while (s[escapes - 1] == '\\')
            --escapes;
        if ((at - escapes) % 2 == 0)
            return at;
    }
    return s.npos;
}

// The length of the object or array that s begins with; 0 if it does not end.
std::size_t containerSize(string_view s)
{
    int depth = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '"') {
            const std::size_t quote = closingQuote(s.substr(i));
            if (quote == s.npos)
                return 0;
            i += quote;
        } else if (s[i] == '{' || s[i] == '[') {
            ++depth;
        } else if ((s[i] == '}' || s[i] == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

bool takeValue(string_view &s, string_view &value)
{
    skipSpace(s);
    if (s.empty())
        return false;
    std::size_t size = 0;
    if (s[0] == '"') {
        const std::size_t quote = closingQuote(s);
        if (quote == s.npos)
            return false;
        value = s.substr(1, quote - 1);
        s.remove_prefix(quote + 1);
        return true;
    }
    if (s[0] == '{' || s[0] == '[')
        size = containerSize(s);
    else
        size = std::min(s.find_first_of(",]} \n\t\r"), s.size());
    value = s.substr(0, size);
    s.remove_prefix(size);
    return size > 0;
}

qint64 number(string_view text)
{
    qint64 value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Cmd cmdOf(string_view name)
{
    static constexpr struct {
        string_view name;
        Cmd cmd;
    } Names[] = {{"MESSAGE", Cmd::Message}, {"SENT", Cmd::Sent}, {"MESSAGES", Cmd::Messages},
        {"HEARTBEAT", Cmd::Heartbeat}, {"BEHIND", Cmd::Behind}, {"HELLO", Cmd::Hello},
        {"ERROR", Cmd::Error}, {"GOAWAY", Cmd::GoAway}};
    for (const auto &entry : Names) {
        if (entry.name == name)
            return entry.cmd;
    }
    return Cmd::Other;
}

bool scanMailMember(const Members &m, Mail &mail)
{
    if (m.key() == "seq")
        mail.seq = Seq(number(m.value()));
    else if (m.key() == "body")
        mail.body = m.value();
    else if (m.key() == "clientId")
        mail.clientId = m.value();
    else if (m.key() == "sendUserId")
        mail.sendUserId = UserId(number(m.value()));
    else
        return false;
    return true;
}

void scanHello(const Members &outer, HelloLimits &hello)
{
    for (Members m(outer.value()); m.next();) {
        if (outer.key() == "heartbeat" && m.key() == "interval")
            hello.heartbeatMs = number(m.value());
        else if (m.key() == "commandsPerSecond")
            hello.commandsPerSecond = number(m.value());
        else if (m.key() == "burst")
            hello.burst = number(m.value());
        else if (m.key() == "count")
            hello.unread = number(m.value());
        else if (m.key() == "lastSeq")
            hello.lastSeq = Seq(number(m.value()));
    }
}

} // namespace

Members::Members(string_view object)
    : m_rest(object)
{
    m_failed = !take(m_rest, '{');
}

bool Members::fail()
{
    m_failed = true;
    return false;
}

bool Members::next()
{
    if (m_failed || take(m_rest, '}'))
        return false;
    if (m_key.data() && !take(m_rest, ','))
        return fail();
    skipSpace(m_rest);
    if (m_rest.empty() || m_rest[0] != '"' || !takeValue(m_rest, m_key) || !take(m_rest, ':')
        || !takeValue(m_rest, m_value))
        return fail();
    return true;
}

Elements::Elements(string_view array)
    : m_rest(array)
{
    if (!take(m_rest, '['))
        m_rest = {};
}

bool Elements::next()
{
    if (take(m_rest, ']') || (m_value.data() && !take(m_rest, ',')))
        return false;
    return takeValue(m_rest, m_value);
}

bool scan(string_view frame, Reply &reply)
{
    Members m(frame);
    while (m.next()) {
        if (m.key() == "cmd")
            reply.cmd = cmdOf(m.value());
        else if (scanMailMember(m, reply.mail))
            continue;
        else if (m.key() == "messages")
            reply.messages = m.value();
        else if (m.key() == "more")
            reply.more = m.value() == "true";
        else if (m.key() == "duplicate")
            reply.duplicate = m.value() == "true";
        else if (m.key() == "ref")
            reply.ref = m.value();
        else if (m.key() == "code")
            reply.code = m.value();
        else if (m.value().substr(0, 1) == "{")
            scanHello(m, reply.hello);
    }
    return !m.failed();
}

bool scan(string_view object, Mail &mail)
{
    Members m(object);
    while (m.next())
        scanMailMember(m, mail);
    return !m.failed();
}

} // namespace parley::bench
