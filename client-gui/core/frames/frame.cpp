// SPDX-License-Identifier: MIT
#include "frames/frame.h"

#include "protocol/codec.h"
#include "protocol/json.h"

#include <chrono>

namespace parley::frames {
namespace {

using protocol::json::Value;

QByteArray textOf(Value value)
{
    return value.text().value_or(QByteArrayView()).toByteArray();
}

Seq lastSeqOf(Value messages)
{
    qint64 last = 0;
    messages.eachElement([&](Value element) {
        const auto seq = element.isNull() ? std::nullopt : element.find("seq");
        last = std::max(last, seq ? seq->integer().value_or(0) : element.integer().value_or(0));
        return true;
    });
    return Seq(last);
}

// 0: it is none that the protocol knows.
qint64 integerOf(Value value)
{
    const qint64 number = value.integer().value_or(0);
    return number > 0 && number <= MaxInteger ? number : 0;
}

bool readMember(Frame &frame, QByteArrayView key, Value value)
{
    if (key == "cmd")
        frame.cmd = textOf(value);
    else if (key == "clientId")
        frame.clientId = textOf(value);
    else if (key == "ref")
        frame.ref = value.token();
    else if (key == "code")
        frame.code = textOf(value);
    else if (key == "seq" || key == "upTo")
        frame.seq = Seq(integerOf(value));
    else if (key == "seqs" || key == "messages")
        frame.seq = std::max(frame.seq, lastSeqOf(value));
    else if (key == "receiveUserId" || key == "sendUserId")
        frame.peerUserId = UserId(integerOf(value));
    return true;
}

} // namespace

Frame makeFrame(int pane, Kind kind, UserId user, const QByteArray &payload, qint64 atUs)
{
    Frame frame{.atUs = atUs, .pane = pane, .kind = kind, .userId = user, .payload = payload};
    if (!protocol::isUtf8(payload))
        return frame;
    if (const auto object = protocol::json::parse(payload))
        object->eachMember(
            [&](QByteArrayView key, Value value) { return readMember(frame, key, value); });
    return frame;
}

Frame makeEnd(int pane, UserId user, int code, const QByteArray &reason, qint64 atUs)
{
    return {.atUs = atUs,
        .pane = pane,
        .kind = Kind::Ended,
        .userId = user,
        .payload = reason,
        .code = QByteArray::number(code)};
}

bool isRefusal(const Frame &frame)
{
    constexpr int LeastCloseCode = 1000;
    return frame.kind == Kind::Ended && frame.code.toInt() < LeastCloseCode;
}

qint64 nowUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace parley::frames
