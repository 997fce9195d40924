// SPDX-License-Identifier: MIT
// The server under test: where it listens, and what it takes to log in.
#pragma once

#include "core/ids.h"
#include "core/result.h"

#include <sys/socket.h>

#include <ctime>
#include <string>

namespace parley::bench {

// A time session (docs/protocol.md 3a), for the minute that `at` is in.
std::string timeSession(const std::string &key, UserId user, std::time_t at);

enum class Protocol { Parley, Mqtt, MqttWebSocket };

struct MqttOptions {
    bool cleanSessions = false; // the server forgets who leaves, and what it held for them
    int pingSeconds = 0; // between two pings of a connection; 0: none
};

class Target {
public:
    // `url`: ws://HOST:PORT or wss://HOST:PORT, or of an MQTT broker mqtt://HOST:PORT, or
    // mqtt+ws://HOST:PORT by WebSocket. The host may be a name, and an IPv6 address in brackets.
    static Result<Target> resolve(const std::string &url, std::string secretKey);

    bool isTls() const { return m_isTls; }
    const std::string &host() const { return m_host; }
    Protocol protocol() const { return m_protocol; }
    void setMqtt(const MqttOptions &options) { m_mqtt = options; }
    const MqttOptions &mqtt() const { return m_mqtt; }

    // The request that upgrades a connection of this user; for Parley, with a session of the
    // present minute.
    std::string upgradeRequest(UserId) const;
    // A connecting, non-blocking socket; -1 with errno set. `index` counts the run's connections:
    // beyond what one loopback address has ports for, they come from several.
    int connect(int index) const;
    // The same from a chosen source: the loopback address that is so many beyond the first.
    int connectFrom(quint32 source) const;

private:
    Target() = default;

    Protocol m_protocol = Protocol::Parley;
    bool m_isTls = false;
    MqttOptions m_mqtt;
    std::string m_authority;
    std::string m_host;
    std::string m_secretKey;
    sockaddr_storage m_address{};
    socklen_t m_addressSize = 0;
};

} // namespace parley::bench
