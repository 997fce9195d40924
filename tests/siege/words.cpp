// SPDX-License-Identifier: MIT
#include "siege/words.h"

namespace parley::siege::words {

std::string withHeaders(std::string request, std::string_view lines)
{
    return request.insert(request.size() - 2, lines);
}

std::string get(std::string_view path, std::string_view headers)
{
    return withHeaders(
        "GET " + std::string(path) + " HTTP/1.1\r\nHost: siege\r\nConnection: close\r\n\r\n",
        headers);
}

std::string login(std::string_view name, std::string_view password)
{
    const std::string body = R"({"username":")" + std::string(name) + R"(","password":")"
        + std::string(password) + R"("})";
    return "POST /login HTTP/1.1\r\nHost: siege\r\nContent-Type: application/json\r\n"
           "Content-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string logout(std::string_view session)
{
    return "POST /logout HTTP/1.1\r\nHost: siege\r\nAuthorization: Bearer " + std::string(session)
        + "\r\nContent-Length: 0\r\n\r\n";
}

std::string traceRequest()
{
    std::string request = "GET /trace?token=";
    request.append(AdminToken);
    return request.append(
        " HTTP/1.1\r\nHost: siege\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
}

std::string send(UserId receiver, std::size_t bodyBytes, Chance &chance)
{
    std::string json = R"({"cmd":"SEND","receiveUserId":)" + std::to_string(receiver.value());
    if (chance.oneIn(2))
        json +=
            R"(,"clientId":"h)" + std::to_string(chance.below(1'000'000)) + R"(","receipt":true)";
    return json + R"(,"body":")" + std::string(bodyBytes, 'x') + R"("})";
}

std::string fetch(int limit, qint64 after)
{
    return R"({"cmd":"FETCH","after":)" + std::to_string(after) + R"(,"limit":)"
        + std::to_string(limit) + "}";
}

std::string list(std::string_view cmd, std::string_view field, int count, qint64 first, int step)
{
    std::string json =
        R"({"cmd":")" + std::string(cmd) + R"(","ref":1,")" + std::string(field) + R"(":[)";
    for (int i = 0; i < count; ++i)
        json.append(i > 0 ? "," : "").append(std::to_string(first + qint64(i) * step));
    return json + "]}";
}

std::string becomeLive()
{
    return R"({"cmd":"FETCH","limit":1,"after":9007199254740991})";
}

std::string track(Chance &chance)
{
    return R"({"cmd":"TRACK","ref":7,"clientId":"h)" + std::to_string(chance.below(1'000'000))
        + R"("})";
}

} // namespace parley::siege::words
