// SPDX-License-Identifier: MIT
// A client's frame is a request that means what another JSON parser reads in it, or a bad frame
// that can be answered.
#include "fuzz/fuzz.h"
#include "protocol/codec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace parley;
using namespace parley::protocol;

namespace {

bool isText(const QByteArray &text, int mostChars)
{
    return isUtf8(text) && codePoints(text) <= mostChars;
}

bool isId(qint64 value)
{
    return value >= 1 && value <= MaxInteger;
}

template <class T> bool areIds(const std::vector<T> &ids, size_t most)
{
    return ids.size() <= most && std::ranges::all_of(ids, [](T id) { return isId(id.value()); });
}

bool isClientId(const QByteArray &id)
{
    return !id.isEmpty() && !id.contains('\0') && isText(id, limits::ClientIdChars);
}

QJsonValue tokenOf(const Ref &ref)
{
    return QJsonDocument::fromJson('[' + ref + ']').array().at(0);
}

// A short text or an integer, as the answer repeats it.
bool isRef(const Ref &ref)
{
    const QJsonValue token = tokenOf(ref);
    return ref.isNull() || token.isDouble()
        || (token.isString() && isText(token.toString().toUtf8(), limits::RefChars));
}

struct IsInLimits {
    bool operator()(const Send &send) const
    {
        return isId(send.receiveUserId.value()) && isUtf8(send.body) && !send.body.contains('\0')
            && (send.clientId.isNull() || isClientId(send.clientId));
    }
    bool operator()(const Confirm &confirm) const
    {
        const bool isUpTo = confirm.upTo && confirm.seqs.empty() && confirm.upTo->value() >= 0
            && confirm.upTo->value() <= MaxInteger;
        return isUpTo || (!confirm.upTo && areIds(confirm.seqs, limits::Confirm));
    }
    bool operator()(const Fetch &fetch) const
    {
        return fetch.after.value() >= 0 && fetch.after.value() <= MaxInteger && fetch.limit >= 1
            && fetch.limit <= limits::Fetch;
    }
    bool operator()(const Track &track) const { return isClientId(track.clientId); }
    bool operator()(const Heartbeat &) const { return true; }
    bool operator()(const Status &status) const { return areIds(status.userIds, limits::Users); }
    bool operator()(const Watch &watch) const { return areIds(watch.userIds, limits::Users); }
};

QJsonValue member(const QJsonObject &frame, const char *key)
{
    return frame[QLatin1StringView(key)];
}

template <class T> bool areThese(const QJsonValue &value, const std::vector<T> &ids)
{
    const QJsonArray array = value.toArray();
    return std::ranges::equal(array, ids,
        [](const QJsonValue &element, T id) { return element.toInteger(-1) == id.value(); });
}

// What a request says, read in its frame by Qt's parser.
struct IsReadIn {
    const QJsonObject &frame;

    bool operator()(const Send &send) const
    {
        return member(frame, "receiveUserId").toInteger(-1) == send.receiveUserId.value()
            && member(frame, "body").toString().toUtf8() == send.body
            && member(frame, "clientId").toString().toUtf8() == send.clientId
            && member(frame, "receipt").toBool() == send.receipt;
    }
    bool operator()(const Confirm &confirm) const
    {
        return confirm.upTo ? member(frame, "upTo").toInteger(-1) == confirm.upTo->value()
                            : areThese(member(frame, "seqs"), confirm.seqs);
    }
    bool operator()(const Fetch &fetch) const
    {
        const qint64 limit = member(frame, "limit").toInteger(limits::FetchDefault);
        return member(frame, "after").toInteger(0) == fetch.after.value()
            && std::min<qint64>(limit, limits::Fetch) == fetch.limit;
    }
    bool operator()(const Track &track) const
    {
        return member(frame, "clientId").toString().toUtf8() == track.clientId;
    }
    bool operator()(const Heartbeat &) const { return true; }
    bool operator()(const Status &status) const
    {
        return areThese(member(frame, "userIds"), status.userIds);
    }
    bool operator()(const Watch &watch) const
    {
        return areThese(member(frame, "userIds"), watch.userIds);
    }
};

void checkRequest(QByteArrayView frame, const Request &request)
{
    MUST(std::visit(IsInLimits(), request.command) && isRef(request.ref));

    const QByteArray said = encode(request);
    MUST(isUtf8(said));
    const auto again = decodeCommand(said);
    MUST(std::holds_alternative<Request>(again));
    MUST(encode(std::get<Request>(again)) == said);

    // Qt's parser refuses a few texts that are JSON all the same, such as a number that is too
    // large, and drops a byte order mark where a text begins.
    if (frame.contains("\xEF\xBB\xBF"))
        return;
    const auto document = QJsonDocument::fromJson(frame.toByteArray());
    if (!document.isObject())
        return;
    const QJsonObject object = document.object();
    MUST(member(object, "cmd").toString().toUtf8() == name(request.command));
    MUST(std::visit(IsReadIn{object}, request.command));
}

void checkBadFrame(const BadFrame &bad)
{
    MUST(isBadFrame(bad.code));
    MUST((bad.clientId.isNull() || isClientId(bad.clientId)) && isRef(bad.ref));
    const auto reply =
        decodeReply(encode(Reply(Error{bad.code, {}, bad.ref, bad.clientId, bad.field, {}})));
    MUST(reply && std::holds_alternative<Error>(*reply));
    const auto &told = std::get<Error>(*reply);
    MUST(told.code == bad.code && told.ref == bad.ref && told.clientId == bad.clientId);
    MUST(told.field == bad.field);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView frame = fuzz::Input(data, size).bytes();
    if (!isUtf8(frame)) // such a frame is closed with 1007, and not read
        return 0;
    const auto result = decodeCommand(frame);
    if (const auto *request = std::get_if<Request>(&result)) {
        ++fuzz::taken;
        checkRequest(frame, *request);
    } else {
        checkBadFrame(std::get<BadFrame>(result));
    }
    return 0;
}
