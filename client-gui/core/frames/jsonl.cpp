// SPDX-License-Identifier: MIT
#include "frames/jsonl.h"

#include "protocol/codec.h"
#include "protocol/json.h"
#include "protocol/write.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace parley::frames {
namespace {

using protocol::json::Value;

constexpr int MostPanes = 1000;
constexpr qsizetype MostNameBytes = 256;
constexpr std::array KindNames{QByteArrayView("sent"), QByteArrayView("received"),
    QByteArrayView("opened"), QByteArrayView("ended")};

QString tr(const char *text)
{
    return QCoreApplication::translate("parley::frames", text);
}

// What stands in a line, as far as it is of its type.
struct Line {
    std::optional<qint64> at, pane, userId, roundTrip;
    std::optional<QByteArray> name, kind, payload, base64, code;
    bool isBinary = false;
};

Line membersOf(Value object)
{
    Line line;
    const auto text = [](Value value) {
        const auto view = value.text();
        return view ? std::optional(view->toByteArray()) : std::nullopt;
    };
    object.eachMember([&](QByteArrayView key, Value value) {
        if (key == "at")
            line.at = value.integer();
        else if (key == "pane")
            line.pane = value.integer();
        else if (key == "userId")
            line.userId = value.integer();
        else if (key == "roundTrip")
            line.roundTrip = value.integer();
        else if (key == "name")
            line.name = text(value);
        else if (key == "kind")
            line.kind = text(value);
        else if (key == "payload")
            line.payload = text(value);
        else if (key == "base64")
            line.base64 = text(value);
        else if (key == "code")
            line.code = text(value);
        else if (key == "binary")
            line.isBinary = value.boolean().value_or(false);
        return true;
    });
    return line;
}

Failure wrong(const char *member)
{
    return {tr("\"%1\" is missing or malformed").arg(QLatin1String(member))};
}

Result<QByteArray> payloadOf(const Line &line)
{
    if (!line.base64)
        return line.payload.value_or(QByteArray());
    auto decoded =
        QByteArray::fromBase64Encoding(*line.base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return wrong("base64");
    return *decoded;
}

Frame frameOf(const Line &line, Kind kind, const QByteArray &payload)
{
    const UserId user(line.userId.value_or(0));
    if (kind == Kind::Ended) {
        Frame frame = makeEnd(int(*line.pane), user, 0, payload, *line.at);
        frame.code = line.code.value_or(QByteArray());
        return frame;
    }
    // As Player has it: what is binary is not looked into.
    Frame frame =
        makeFrame(int(*line.pane), kind, user, line.isBinary ? QByteArray() : payload, *line.at);
    frame.payload = payload;
    frame.isBinary = line.isBinary;
    return frame;
}

} // namespace

QByteArray toJsonLine(const Frame &frame, const QString &paneName)
{
    QByteArray line;
    protocol::member(line, "{\"at\":", frame.atUs);
    protocol::member(line, ",\"pane\":", qint64(frame.pane));
    protocol::member(line, ",\"name\":", paneName.toUtf8());
    protocol::member(line, ",\"kind\":", KindNames[size_t(frame.kind)]);
    protocol::member(line, ",\"userId\":", frame.userId);
    if (frame.isBinary)
        line += ",\"binary\":true";
    if (frame.isBinary || !protocol::isUtf8(frame.payload))
        protocol::member(line, ",\"base64\":", frame.payload.toBase64());
    else if (!frame.payload.isEmpty())
        protocol::member(line, ",\"payload\":", frame.payload);
    if (frame.kind == Kind::Ended)
        protocol::member(line, ",\"code\":", frame.code);
    if (frame.roundTripUs >= 0)
        protocol::member(line, ",\"roundTrip\":", frame.roundTripUs);
    return line + "}\n";
}

Result<NamedFrame> fromJsonLine(QByteArrayView text)
{
    const auto object = protocol::json::parse(text);
    if (!object)
        return Failure{tr("is not a JSON object")};
    const Line line = membersOf(*object);
    const auto kind = std::ranges::find(KindNames, QByteArrayView(line.kind.value_or("")));
    if (!line.at || *line.at < 0)
        return wrong("at");
    if (!line.pane || *line.pane < 0 || *line.pane >= MostPanes)
        return wrong("pane");
    if (kind == KindNames.end())
        return wrong("kind");
    if (line.userId.value_or(0) < 0 || line.userId.value_or(0) > MaxInteger)
        return wrong("userId");
    if (line.name.value_or(QByteArray()).size() > MostNameBytes)
        return wrong("name");
    auto payload = payloadOf(line);
    if (!payload)
        return payload.failure();
    NamedFrame named{frameOf(line, Kind(kind - KindNames.begin()), *payload),
        QString::fromUtf8(line.name.value_or(QByteArray()))};
    named.frame.roundTripUs = std::max<qint64>(-1, line.roundTrip.value_or(-1));
    return named;
}

// QIODevice makes room for the longest line before each.
QByteArray JsonlReader::readLine()
{
    m_buffer.resize(MostLineBytes);
    const qint64 size = m_device.readLine(m_buffer.data(), m_buffer.size());
    return QByteArray(m_buffer.constData(), std::max<qint64>(0, size));
}

Result<std::optional<NamedFrame>> JsonlReader::next()
{
    ++m_line;
    QByteArray line = readLine();
    if (line.size() >= MostLineBytes - 1 && !line.endsWith('\n')) {
        // The rest of it is read and forgotten.
        while (!m_device.atEnd() && !line.endsWith('\n'))
            line = readLine();
        return Failure{tr("is longer than %1 bytes").arg(MostLineBytes)};
    }
    line = line.trimmed();
    if (line.isEmpty())
        return std::optional<NamedFrame>();
    auto named = fromJsonLine(line);
    if (!named)
        return named.failure();
    return std::optional(std::move(*named));
}

} // namespace parley::frames
