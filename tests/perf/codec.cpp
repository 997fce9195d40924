// SPDX-License-Identifier: MIT
#include "perf/works.h"

#include "gateway/websocket/framereader.h"
#include "protocol/codec.h"
#include "support/rawclient.h"

namespace parley::perf {
namespace {

constexpr int Messages = 5000;
constexpr int Round = 10; // what one read finds

QByteArray round()
{
    QByteArray bytes;
    for (int i = 0; i < Round; ++i) {
        bytes += test::textFrame(R"({"cmd":"SEND","receiveUserId":2,"clientId":")" + clientId(i)
            + R"(","body":")" + body() + "\"}");
        bytes +=
            test::textFrame(R"({"cmd":"CONFIRM","upTo":)" + QByteArray::number(1000 + i) + '}');
    }
    return bytes;
}

} // namespace

qint64 decode()
{
    const QByteArray bytes = round();
    websocket::FrameReader reader(Limits().frameBytes);
    qint64 sends = 0;
    qint64 confirms = 0;
    {
        const Counting counting;
        for (int i = 0; i < Messages; i += Round) {
            QByteArray arrived = bytes; // unmasked in place
            reader.feed({arrived.data(), size_t(arrived.size())});
            while (const auto frame = reader.next()) {
                if (!protocol::isUtf8(frame->payload))
                    continue;
                const auto decoded = protocol::decodeCommand(frame->payload);
                const auto *request = std::get_if<protocol::Request>(&decoded);
                sends += request && std::holds_alternative<protocol::Send>(request->command);
                confirms += request && std::holds_alternative<protocol::Confirm>(request->command);
            }
            reader.keep();
        }
    }
    demand(sends == Messages && confirms == Messages, "every frame was a command");
    return Messages;
}

qint64 encode()
{
    const Time at = fromMs(1'800'000'000'000);
    const protocol::Message message{Seq(1000), UserId(1), body(), at, clientId(1)};
    const protocol::Sent sent{clientId(1), UserId(2), Seq(1000), at, false, {}};
    qint64 bytes = 0;
    {
        const Counting counting;
        for (int i = 0; i < Messages; ++i) {
            QByteArray delivered;
            protocol::append(delivered, message);
            QByteArray answer;
            protocol::append(answer, sent);
            bytes += delivered.size() + answer.size();
        }
    }
    const qint64 once =
        protocol::encode(protocol::Reply(message)).size() + protocol::encode(sent).size();
    demand(bytes == Messages * once, "every frame was written");
    return Messages;
}

} // namespace parley::perf
