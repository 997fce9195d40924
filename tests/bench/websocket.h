// SPDX-License-Identifier: MIT
#pragma once

#include "bench/frame.h"
#include "bench/inbox.h"
#include "bench/stream.h"

namespace parley::bench {

// A client's WebSocket: each message is one frame.
class WebSocket final : public Stream {
public:
    WebSocket(StreamOwner &, Opcode messages);

private:
    void connecting(const Target &, UserId) override;
    void connected() override;
    void append(std::string &out, std::string_view message) override;
    void appendFarewell(std::string &out) override;
    void take(std::string_view bytes) override;
    void dropped() override;

    void appendFrame(std::string &out, Opcode, std::string_view payload);
    bool takeAnswer(std::string_view &bytes);
    void takeFrames(std::string_view &bytes);
    void take(const Frame &);
    void takeMessage(const Frame &);
    void takeClose(std::string_view payload);

    const Opcode m_messages;
    std::string m_request;
    Inbox m_in;
    std::string m_fragments; // the beginning of a message in several frames
    std::uint32_t m_mask = 0x9e3779b9;
};

} // namespace parley::bench
