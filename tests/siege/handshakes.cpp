// SPDX-License-Identifier: MIT
// TLS handshakes that are begun and left, or are none; also where plain text is spoken.
#include "bench/tlsclient.h"
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

#include <sys/socket.h>
#include <unistd.h>

namespace parley::siege {

namespace {

constexpr milliseconds Patience = limits::RequestTimeout + 50s;
constexpr int HeaderBytes = 5; // of a record

// The first flight of a real client.
std::string clientHello()
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
        return {};
    char room[4096];
    bench::TlsClient(ends[0], "127.0.0.1").read(room, sizeof room); // which says it first
    const ssize_t size = ::recv(ends[1], room, sizeof room, 0);
    for (const int end : ends)
        ::close(end);
    return {room, std::size_t(std::max(size, ssize_t(0)))};
}

std::string garbage(Chance &chance, std::size_t bytes)
{
    std::string made(bytes, '\0');
    for (char &byte : made)
        byte = char(chance.below(256));
    return made;
}

} // namespace

Script handshake(Act &act)
{
    Chance &chance = act.chance;
    std::string said = clientHello();
    const bool isWhole = chance.oneIn(2);
    if (!isWhole)
        said.resize(std::size_t(chance.between(1, int(said.size()) - 1)));
    if (chance.oneIn(3) && said.size() > HeaderBytes)
        said.replace(HeaderBytes, said.npos, garbage(chance, said.size() - HeaderBytes));
    const bool isPlain = chance.oneIn(4);
    if (isPlain)
        said = words::get("/healthz");
    const milliseconds stay(chance.below(3000));
    act.horde.note(act,
        std::to_string(said.size()) + (isPlain ? " bytes of HTTP" : " bytes") + " for "
            + std::to_string(stay.count()) + " ms");
    Peer peer(act.horde);
    peer.openRaw(crew::CrowdSources + quint32(chance.below(200)));
    peer.say(said);
    if (isPlain) {
        const bool isAnswered = co_await peer.answered(Patience);
        // With no descriptor left there is TLS's alert, when nothing has come yet that is not TLS.
        if (!isAnswered && !act.horde.isNarrow())
            act.horde.findings().add("plain HTTP was not answered", act.words);
        co_return;
    }
    co_await peer.pause(stay);
    peer.vanish(chance.oneIn(2) ? Peer::How::Reset : Peer::How::Fin);
}

} // namespace parley::siege
