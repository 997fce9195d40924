// SPDX-License-Identifier: MIT
#include "coordinator/notice.h"

#include "protocol/json.h"
#include "protocol/write.h"
#include "storage/bus.h"

#include <algorithm>
#include <array>

namespace parley::coordinator {
namespace {

using namespace protocol;
namespace json = protocol::json;

enum Part { Stored, Removed, Presence, Replaced, Parts };
constexpr std::array<QByteArrayView, Parts> Names{
    ",\"stored\":[", ",\"removed\":[", ",\"presence\":[", ",\"replaced\":["};

constexpr qsizetype HeadBytes = 256; // with the names of the parts
constexpr qsizetype ItemBytes = storage::NoticeBytes - HeadBytes;
constexpr size_t SeqsOfItem = 200; // 16 digits and a comma each
// A receipt has a clientId of up to 64 characters, which are up to six bytes each as JSON.
constexpr size_t ReceiptsOfItem = 8;

// Fills one notice after the other.
class Writer {
public:
    Writer(const storage::CommitMark &mark, qint64 &number)
        : m_mark(mark)
        , m_number(number)
    {
    }

    void add(Part part, const QByteArray &item)
    {
        if (m_bytes + item.size() + 1 > ItemBytes)
            finish(0);
        QByteArray &items = m_items[part];
        if (!items.isEmpty())
            items.append(',');
        items.append(item);
        m_bytes += item.size() + 1;
    }

    std::vector<QByteArray> take()
    {
        finish(m_mark.number);
        return std::move(m_notices);
    }

private:
    void finish(qint64 mark)
    {
        QByteArray notice("{\"writer\":");
        appendText(notice, m_mark.writer);
        member(notice, ",\"number\":", ++m_number);
        member(notice, ",\"mark\":", mark);
        for (size_t part = 0; part < Parts; ++part) {
            QByteArray &items = m_items[part];
            if (!items.isEmpty())
                notice.append(Names[part]).append(std::exchange(items, {})).append(']');
        }
        m_notices.push_back(notice.append('}'));
        m_bytes = 0;
    }

    const storage::CommitMark &m_mark;
    qint64 &m_number;
    std::array<QByteArray, Parts> m_items;
    qsizetype m_bytes = 0;
    std::vector<QByteArray> m_notices;
};

QByteArray item(UserId user, qint64 second)
{
    QByteArray text("[");
    appendNumber(text, user.value());
    member(text, ",", second);
    return text;
}

void write(Writer &writer, const storage::StoreMessage &message, const storage::Stored &stored)
{
    if (stored.duplicate)
        return;
    QByteArray text = item(message.receiver, stored.seq.value());
    const qsizetype least = message.body.size() + message.clientId.size();
    if (least < ItemBytes) {
        QByteArray whole = text;
        member(whole, ",", stored.unread);
        member(whole, ",", message.sender);
        member(whole, ",", stored.sentAt);
        member(whole, ",", QByteArrayView(message.body));
        optionalMember(whole, ",", message.clientId);
        whole.append(']');
        if (whole.size() < ItemBytes)
            return writer.add(Stored, whole);
    }
    writer.add(Stored, text.append(']'));
}

void write(
    Writer &writer, const storage::Confirm &confirm, const storage::Confirmed &confirmed, Time at)
{
    std::vector<storage::Message> plain;
    std::vector<storage::Message> receipts;
    for (const storage::Message &message : confirmed.removed)
        (message.receipt ? receipts : plain).push_back(message);
    const auto inPieces = [&](const auto &messages, size_t most, const auto &append) {
        for (size_t first = 0; first < messages.size(); first += most) {
            QByteArray text = item(confirm.user, toMs(at));
            const size_t end = std::min(first + most, messages.size());
            for (size_t i = first; i < end; ++i)
                append(text, messages[i]);
            writer.add(Removed, text.append(']'));
        }
    };
    inPieces(plain, SeqsOfItem,
        [](QByteArray &text, const storage::Message &message) { member(text, ",", message.seq); });
    inPieces(receipts, ReceiptsOfItem, [](QByteArray &text, const storage::Message &message) {
        member(text, ",[", message.seq);
        member(text, ",", message.sender);
        optionalMember(text, ",", message.clientId);
        text.append(']');
    });
}

void write(Writer &writer, const std::vector<UserId> &presence)
{
    for (const UserId user : presence)
        writer.add(Presence, QByteArray::number(user.value()));
}

void write(Writer &writer, const storage::WrittenPresence &written)
{
    write(writer, written.changed.value_or(std::vector<UserId>()));
    for (const auto &[user, node, connection] : written.replaced) {
        QByteArray text = item(user, connection.value());
        member(text, ",", QByteArrayView(node));
        writer.add(Replaced, text.append(']'));
    }
}

void write(Writer &writer, const storage::Batch &batch)
{
    for (size_t i = 0; i < batch.operations.size(); ++i) {
        const storage::Action &action = batch.operations[i].action;
        const storage::Outcome &outcome = batch.outcomes[i];
        if (const auto *stored = std::get_if<storage::Stored>(&outcome))
            write(writer, std::get<storage::StoreMessage>(action), *stored);
        else if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome))
            write(writer, std::get<storage::Confirm>(action), *confirmed, batch.at);
        else if (const auto *written = std::get_if<storage::WrittenPresence>(&outcome))
            write(writer, *written);
        else if (const auto *beaten = std::get_if<storage::Beaten>(&outcome))
            write(writer, beaten->changed);
    }
}

// Reads the elements of an array one after the other.
class Elements {
public:
    explicit Elements(json::Value array)
    {
        m_isGood = array.eachElement([this](json::Value element) {
            m_elements.push_back(element);
            return true;
        });
    }

    bool isGood() const { return m_isGood && m_next == m_elements.size(); }
    bool isMore() const { return m_isGood && m_next < m_elements.size(); }
    json::Value value()
    {
        if (isMore())
            return m_elements[m_next++];
        m_isGood = false;
        return {};
    }
    qint64 number(qint64 most = MaxInteger)
    {
        const auto number = isMore() ? value().integer() : std::nullopt;
        m_isGood = m_isGood && number && *number >= 0 && *number <= most;
        return m_isGood ? *number : 0;
    }
    QByteArray text()
    {
        const auto text = isMore() ? value().text() : std::nullopt;
        m_isGood = m_isGood && text;
        return m_isGood ? text->toByteArray() : QByteArray();
    }

private:
    std::vector<json::Value> m_elements;
    size_t m_next = 0;
    bool m_isGood = false;
};

bool readStored(Facts &facts, json::Value value)
{
    Elements elements(value);
    Facts::Stored stored;
    stored.message.receiver = UserId(elements.number());
    stored.message.seq = Seq(elements.number());
    stored.isWhole = elements.isMore();
    if (stored.isWhole) {
        stored.unread = elements.number();
        stored.message.sender = UserId(elements.number());
        stored.message.sentAt = fromMs(elements.number());
        stored.message.body = elements.text();
        if (elements.isMore())
            stored.message.clientId = elements.text();
    }
    facts.stored.push_back(std::move(stored));
    return elements.isGood();
}

bool readRemoved(Facts &facts, json::Value value)
{
    Elements elements(value);
    Facts::Removed removed{UserId(elements.number()), fromMs(elements.number()), {}};
    while (elements.isMore()) {
        const json::Value one = elements.value();
        storage::Message message;
        message.receiver = removed.receiver;
        message.receipt = one.size().has_value();
        if (message.receipt) {
            Elements receipt(one);
            message.seq = Seq(receipt.number());
            message.sender = UserId(receipt.number());
            if (receipt.isMore())
                message.clientId = receipt.text();
            if (!receipt.isGood())
                return false;
        } else {
            message.seq = Seq(one.integer().value_or(0));
        }
        if (message.seq.value() < 1 || message.seq.value() > MaxInteger)
            return false;
        removed.messages.push_back(std::move(message));
    }
    facts.removed.push_back(std::move(removed));
    return elements.isGood();
}

bool readPresence(Facts &facts, json::Value value)
{
    const qint64 user = value.integer().value_or(0);
    facts.presence.emplace_back(user);
    return user > 0 && user <= MaxInteger;
}

bool readReplaced(Notice &notice, json::Value value)
{
    Elements elements(value);
    storage::WrittenPresence::Replaced replaced;
    replaced.user = UserId(elements.number());
    replaced.connection = ConnectionId(elements.number(std::numeric_limits<qint64>::max()));
    replaced.node = elements.text();
    notice.replaced.push_back(std::move(replaced));
    return elements.isGood();
}

bool readNumber(qint64 &into, json::Value value)
{
    into = value.integer().value_or(-1);
    return into >= 0;
}

bool readMember(Notice &notice, QByteArrayView key, json::Value value)
{
    const auto each = [&](auto readItem) {
        return value.eachElement([&](json::Value item) { return readItem(notice.facts, item); });
    };
    if (key == "stored")
        return each(readStored);
    if (key == "removed")
        return each(readRemoved);
    if (key == "presence")
        return each(readPresence);
    if (key == "replaced")
        return value.eachElement([&](json::Value item) { return readReplaced(notice, item); });
    if (key == "number")
        return readNumber(notice.number, value);
    if (key == "mark")
        return readNumber(notice.mark, value);
    if (key == "writer")
        notice.writer = value.text().value_or(QByteArrayView()).toByteArray();
    return true; // of what later versions tell more
}

} // namespace

std::vector<QByteArray> toNotices(
    std::span<const storage::BatchPtr> batches, const storage::CommitMark &mark, qint64 &number)
{
    Writer writer(mark, number);
    for (const storage::BatchPtr &batch : batches)
        write(writer, *batch);
    return writer.take();
}

std::optional<Notice> readNotice(QByteArrayView text)
{
    const auto object = json::parse(text);
    Notice notice;
    const bool isGood =
        object && object->eachMember([&notice](QByteArrayView key, json::Value value) {
            return readMember(notice, key, value);
        });
    if (!isGood || notice.writer.isEmpty() || notice.number < 1)
        return {};
    return notice;
}

} // namespace parley::coordinator
