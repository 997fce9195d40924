// SPDX-License-Identifier: MIT
#include "ui/diagram/arrowdetails.h"

#include "diagram/export.h"

#include <QCoreApplication>
#include <QStringList>

namespace parley::ui {
namespace {

constexpr qsizetype MostDetails = 2048; // bytes of a frame
constexpr qsizetype DetailsWidth = 96; // characters

struct Details {
    Q_DECLARE_TR_FUNCTIONS(parley::ui::ArrowDetails)
};

// A tip does not wrap what is plain, and frames are one line.
QString wrapped(const QString &text)
{
    QStringList lines;
    for (qsizetype at = 0; at < text.size(); at += DetailsWidth)
        lines.append(text.mid(at, DetailsWidth));
    return lines.join(u'\n');
}

QString payloadText(const frames::Frame &frame)
{
    const QByteArray head = frame.payload.left(MostDetails);
    QString text = frame.isBinary ? QString::fromLatin1(head.toHex(' ')).left(MostDetails)
                                  : QString::fromUtf8(head);
    for (QChar &c : text)
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    return wrapped(text) + (frame.payload.size() > MostDetails ? QStringLiteral("…") : QString());
}

} // namespace

// The first line is only a time: so nothing that follows makes a tip take it for rich text.
QString detailsOf(
    const diagram::Arrow &arrow, const diagram::Diagram &diagram, const frames::FrameLog &log)
{
    const QString ends = arrow.isNote()
        ? diagram.nameOf(arrow.from)
        : diagram.nameOf(arrow.from) + QStringLiteral(" → ") + diagram.nameOf(arrow.to);
    QStringList lines{diagram::timeText(arrow.atUs), ends + QStringLiteral(": ") + arrow.text()};
    if (arrow.times > 1)
        lines.append(Details::tr("%1 times, last at %2")
                         .arg(arrow.times)
                         .arg(diagram::timeText(arrow.lastUs)));
    if (arrow.isInferred)
        lines.append(Details::tr("Inferred: proven by what the clients saw"));
    else if (arrow.frame == 0)
        lines.append(Details::tr("Reported by the server's trace"));
    if (const frames::Frame *frame = log.frame(arrow.frame); frame && !frame->payload.isEmpty())
        lines.append(payloadText(*frame));
    return lines.join(u'\n');
}

} // namespace parley::ui
