// SPDX-License-Identifier: MIT
// Whatever a server says is a reply, a login or a trace event that can be said again, or none; and
// what the server says fits where it has to.
#include "fuzz/fuzz.h"
#include "protocol/codec.h"
#include "protocol/trace.h"

using namespace parley;
using namespace parley::protocol;

namespace {

// What was understood can be said, and means the same then.
template <class T> void checkSaidAgain(const T &value, std::optional<T> (*decode)(QByteArrayView))
{
    const QByteArray said = encode(value);
    MUST(isUtf8(said));
    const auto again = decode(said);
    MUST(again);
    MUST(encode(*again) == said);
}

void checkFitting(const Messages &all, qint64 maxBytes)
{
    Messages kept = all;
    const QByteArray frame = encodeFitting(kept, maxBytes);
    MUST(frame.size() <= maxBytes || kept.messages.size() <= 1);
    MUST(kept.messages.size() >= std::min<size_t>(all.messages.size(), 1));
    MUST(kept.more == (all.more || kept.messages.size() < all.messages.size()));
    MUST(frame == encode(Reply(kept)));
    // One more would not have fitted.
    if (const auto size = kept.messages.size(); size < all.messages.size()) {
        kept.messages.push_back(all.messages[size]);
        MUST(encode(Reply(kept)).size() > maxBytes - 1); // "true" is shorter than "false"
    }
}

// Where it is decided whether one more message fits.
void checkFittingEverywhere(const Messages &all)
{
    Messages some = all;
    for (; !some.messages.empty(); some.messages.pop_back()) {
        const qint64 size = encode(Reply(some)).size();
        for (qint64 maxBytes = size - 2; maxBytes <= size + 2; ++maxBytes)
            checkFitting(all, maxBytes);
        some.more = true;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text = fuzz::Input(data, size).bytes();
    if (!isUtf8(text))
        return 0;
    if (const auto reply = decodeReply(text)) {
        ++fuzz::taken;
        checkSaidAgain(*reply, decodeReply);
        if (const auto *messages = std::get_if<Messages>(&*reply))
            checkFittingEverywhere(*messages);
    }
    if (const auto login = decodeLogin(text)) {
        ++fuzz::taken;
        checkSaidAgain(*login, decodeLogin);
    }
    if (const auto event = decodeTraceEvent(text)) {
        ++fuzz::taken;
        checkSaidAgain(*event, decodeTraceEvent);
    }
    return 0;
}
