// SPDX-License-Identifier: MIT
#include "play/draft.h"

#include "client/identity.h"
#include "protocol/codec.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace parley::play {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("parley::play", text);
}

Failure tooLong()
{
    return {tr("A frame of more than %1 bytes is not sent from here.").arg(MostDraftBytes)};
}

Result<QByteArray> hexBytes(const QString &text)
{
    QString digits = text;
    digits.remove(QRegularExpression(QStringLiteral("\\s")));
    static const QRegularExpression Hex(QStringLiteral("^(?:[0-9a-fA-F]{2})*$"));
    if (!Hex.match(digits).hasMatch())
        return Failure{tr("Write bytes as pairs of the digits 0-9 and a-f.")};
    if (digits.size() / 2 > MostDraftBytes)
        return tooLong();
    return QByteArray::fromHex(digits.toLatin1());
}

QByteArray filling(const QString &what, qsizetype count)
{
    if (what == QLatin1String("newId"))
        return client::newClientId();
    if (what == QLatin1String("x"))
        return QByteArray(count, 'x');
    return QByteArray(count, '[') + QByteArray(count, ']');
}

// What the connection ends with, or what is refused before it is looked into.
QString endFor(const QByteArray &frame, bool isBinary, const Limits &limits)
{
    if (frame.size() > limits.frameBytes)
        return tr("Closed with 1009: over %1 bytes").arg(limits.frameBytes);
    return isBinary ? tr("ERROR unsupported") : QString();
}

QString errorText(ErrorCode code, const QByteArray &field)
{
    const QString text = tr("ERROR %1").arg(QString::fromUtf8(name(code)));
    return field.isEmpty() ? text : text + QStringLiteral(": ") + QString::fromUtf8(field);
}

// By the command's place in the variant.
QString answerTo(const protocol::Request &request)
{
    if (const auto *confirm = std::get_if<protocol::Confirm>(&request.command); confirm)
        return request.ref.isNull() ? tr("No answer: a CONFIRM without a ref gets none")
                                    : tr("CONFIRMED");
    if (std::holds_alternative<protocol::Send>(request.command))
        return tr("SENT, unless the receiver is unknown or their mailbox is full");
    if (std::holds_alternative<protocol::Fetch>(request.command))
        return tr("MESSAGES");
    if (std::holds_alternative<protocol::Watch>(request.command))
        return tr("STATUS, now and at each change");
    return QString::fromUtf8(protocol::name(request.command));
}

} // namespace

Result<QByteArray> bytesOf(const Draft &draft)
{
    if (draft.isHex)
        return hexBytes(draft.text);
    static const QRegularExpression Fill(
        QStringLiteral("\\{\\{(?:(newId)|(x|nest) (\\d{1,8}))\\}\\}"));
    QByteArray bytes;
    qsizetype at = 0;
    for (auto fills = Fill.globalMatch(draft.text); fills.hasNext();) {
        const auto fill = fills.next();
        const qsizetype count = fill.captured(3).toLongLong();
        bytes += QStringView(draft.text).sliced(at, fill.capturedStart() - at).toUtf8();
        if (bytes.size() + 2 * count > 2 * MostDraftBytes)
            return tooLong();
        bytes += filling(fill.captured(1) + fill.captured(2), count);
        at = fill.capturedEnd();
    }
    bytes += QStringView(draft.text).sliced(at).toUtf8();
    if (bytes.size() > MostDraftBytes)
        return tooLong();
    return bytes;
}

Forecast forecast(const QByteArray &frame, bool isBinary, const Limits &limits)
{
    if (const QString end = endFor(frame, isBinary, limits); !end.isEmpty())
        return {false, end};
    if (!protocol::isUtf8(frame))
        return {false, tr("Closed with 1007: not UTF-8")};
    const auto decoded = protocol::decodeCommand(frame);
    if (const auto *bad = std::get_if<protocol::BadFrame>(&decoded))
        return {false, errorText(bad->code, bad->field)};
    const auto &request = std::get<protocol::Request>(decoded);
    const auto *send = std::get_if<protocol::Send>(&request.command);
    if (send && send->body.size() > limits.bodyBytes)
        return {false, errorText(ErrorCode::TooLarge, "body")};
    return {true, answerTo(request)};
}

} // namespace parley::play
