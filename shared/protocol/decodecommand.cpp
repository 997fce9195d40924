// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "protocol/codec.h"
#include "protocol/json.h"

#include <algorithm>
#include <array>
#include <limits>

namespace parley::protocol {
namespace {

enum Key {
    KeyCmd,
    KeyRef,
    KeyClientId,
    KeyReceiveUserId,
    KeyBody,
    KeyReceipt,
    KeySeqs,
    KeyUpTo,
    KeyAfter,
    KeyLimit,
    KeyUserIds,
};
constexpr std::array<QByteArrayView, KeyUserIds + 1> Keys{"cmd", "ref", "clientId", "receiveUserId",
    "body", "receipt", "seqs", "upTo", "after", "limit", "userIds"};

// One frame's fields. The first thing that is wrong is kept; what follows it yields empty values.
class Decoder {
public:
    explicit Decoder(json::Value frame);
    std::variant<Request, BadFrame> decode();

    Command send();
    Command confirm();
    Command fetch();
    Command track();
    Command heartbeat() { return Heartbeat(); }
    Command status() { return Status{userIds()}; }
    Command watch() { return Watch{userIds()}; }

private:
    struct Field {
        json::Value value;
        int times = 0;
    };
    struct Fault {
        ErrorCode code;
        QByteArray field;
    };

    void fail(ErrorCode code, std::optional<Key> key = {});
    bool has(Key key) const { return m_fields[key].times > 0; }
    // The field if it is there once; the latter two call its absence a fault, or its repetition.
    const json::Value *peek(Key key) const;
    const json::Value *optional(Key key);
    const json::Value *required(Key key);

    Command command();
    qint64 integer(Key key, const json::Value *value, qint64 min, qint64 max = MaxInteger);
    template <class T> std::vector<T> ids(Key key, const json::Value *value, int most);
    std::vector<UserId> userIds()
    {
        return ids<UserId>(KeyUserIds, required(KeyUserIds), limits::Users);
    }
    QByteArray clientId(const json::Value *value);

    std::array<Field, Keys.size()> m_fields;
    std::optional<Fault> m_fault;
    Ref m_ref;
    QByteArray m_clientId;
};

// In the order of Command, as the names are.
constexpr std::array<Command (Decoder::*)(), CommandNames.size()> Decoders{&Decoder::send,
    &Decoder::confirm, &Decoder::fetch, &Decoder::track, &Decoder::heartbeat, &Decoder::status,
    &Decoder::watch};

Decoder::Decoder(json::Value frame)
{
    frame.eachMember([this](QByteArrayView name, json::Value value) {
        const auto key = std::find(Keys.begin(), Keys.end(), name) - Keys.begin();
        if (size_t(key) < Keys.size()) {
            m_fields[key].value = value;
            ++m_fields[key].times;
        }
        return true;
    });
    if (const auto *value = peek(KeyRef)) {
        const auto text = value->text();
        if (!text || codePoints(*text) <= limits::RefChars)
            m_ref = value->token();
    }
    if (const auto *value = peek(KeyClientId)) {
        const auto text = value->text();
        if (text && !text->isEmpty() && !text->contains('\0')
            && codePoints(*text) <= limits::ClientIdChars)
            m_clientId = text->toByteArray();
    }
}

std::variant<Request, BadFrame> Decoder::decode()
{
    Command decoded = command();
    if (m_fault)
        return BadFrame{m_fault->code, m_fault->field, m_ref, m_clientId};
    return Request{std::move(decoded), m_ref};
}

void Decoder::fail(ErrorCode code, std::optional<Key> key)
{
    if (!m_fault)
        m_fault = Fault{code, key ? Keys[*key].toByteArray() : QByteArray()};
}

const json::Value *Decoder::peek(Key key) const
{
    return m_fields[key].times == 1 ? &m_fields[key].value : nullptr;
}

const json::Value *Decoder::optional(Key key)
{
    if (m_fields[key].times > 1)
        fail(ErrorCode::BadField, key);
    return peek(key);
}

const json::Value *Decoder::required(Key key)
{
    if (!has(key))
        fail(ErrorCode::MissingField, key);
    return optional(key);
}

Command Decoder::command()
{
    const auto *cmd = required(KeyCmd);
    const auto name = cmd ? cmd->text() : std::nullopt;
    if (!name) {
        fail(ErrorCode::BadField, KeyCmd);
        return Heartbeat();
    }
    const auto found = std::ranges::find(CommandNames, *name);
    if (found == CommandNames.end()) {
        fail(ErrorCode::UnknownCmd);
        return Heartbeat();
    }
    if (has(KeyRef) && m_ref.isNull())
        fail(ErrorCode::BadField, KeyRef);
    return (this->*Decoders[size_t(found - CommandNames.begin())])();
}

Command Decoder::send()
{
    Send send;
    send.receiveUserId = UserId(integer(KeyReceiveUserId, required(KeyReceiveUserId), 1));
    if (const auto *body = required(KeyBody)) {
        const auto text = body->text();
        if (!text || text->contains('\0'))
            fail(ErrorCode::BadField, KeyBody);
        else
            send.body = text->toByteArray();
    }
    send.clientId = clientId(optional(KeyClientId));
    if (const auto *receipt = optional(KeyReceipt)) {
        const auto flag = receipt->boolean();
        if (!flag)
            fail(ErrorCode::BadField, KeyReceipt);
        send.receipt = flag.value_or(false);
    }
    return send;
}

Command Decoder::confirm()
{
    Confirm confirm;
    if (!has(KeyUpTo)) {
        confirm.seqs = ids<Seq>(KeySeqs, required(KeySeqs), limits::Confirm);
        return confirm;
    }
    if (has(KeySeqs))
        fail(ErrorCode::BadField, KeyUpTo);
    confirm.upTo = Seq(integer(KeyUpTo, required(KeyUpTo), 0));
    return confirm;
}

Command Decoder::fetch()
{
    constexpr auto Any = std::numeric_limits<qint64>::max();
    Fetch fetch{Seq(0), limits::FetchDefault};
    if (const auto *after = optional(KeyAfter))
        fetch.after = Seq(integer(KeyAfter, after, 0));
    if (const auto *limit = optional(KeyLimit))
        fetch.limit = int(std::min<qint64>(integer(KeyLimit, limit, 1, Any), limits::Fetch));
    return fetch;
}

Command Decoder::track()
{
    return Track{clientId(required(KeyClientId))};
}

qint64 Decoder::integer(Key key, const json::Value *value, qint64 min, qint64 max)
{
    const auto number = value ? value->integer() : std::nullopt;
    if (number && *number >= min && *number <= max)
        return *number;
    fail(ErrorCode::BadField, key);
    return 0;
}

template <class T> std::vector<T> Decoder::ids(Key key, const json::Value *value, int most)
{
    std::vector<T> ids;
    const auto size = value ? value->size() : std::nullopt;
    if (!size || *size > most) {
        fail(ErrorCode::BadField, key);
        return ids;
    }
    ids.reserve(size_t(*size));
    value->eachElement([&](json::Value element) {
        ids.emplace_back(integer(key, &element, 1));
        return !m_fault;
    });
    return ids;
}

QByteArray Decoder::clientId(const json::Value *value)
{
    if (value && m_clientId.isNull())
        fail(ErrorCode::BadField, KeyClientId);
    return m_clientId;
}

} // namespace

std::variant<Request, BadFrame> decodeCommand(QByteArrayView frame)
{
    const auto object = json::parse(frame);
    if (!object)
        return BadFrame{ErrorCode::BadJson, {}, {}, {}};
    return Decoder(*object).decode();
}

} // namespace parley::protocol
