// SPDX-License-Identifier: MIT
// What a diagram's view gives away: the words of a step, and a picture of all of them.
#include "ui/diagram/diagramview.h"

#include <QImage>
#include <QPainter>
#include <QStringList>

#include <cmath>

namespace parley::ui {
namespace {

constexpr qsizetype MostDetails = 2048; // bytes of a frame
constexpr qsizetype DetailsWidth = 96; // characters
// The painter's own coordinates end there.
constexpr double LongestSide = 32'000;
constexpr double MostPixels = 64e6; // a quarter of a gigabyte

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
QString DiagramView::detailsOf(qsizetype row) const
{
    const diagram::Arrow &arrow = m_rows.at(row);
    const QString ends = arrow.isNote()
        ? m_diagram.nameOf(arrow.from)
        : m_diagram.nameOf(arrow.from) + QStringLiteral(" → ") + m_diagram.nameOf(arrow.to);
    QStringList lines{diagram::timeText(arrow.atUs), ends + QStringLiteral(": ") + arrow.text()};
    if (arrow.times > 1)
        lines.append(
            tr("%1 times, last at %2").arg(arrow.times).arg(diagram::timeText(arrow.lastUs)));
    if (arrow.isInferred)
        lines.append(tr("Inferred: proven by what the clients saw"));
    else if (arrow.frame == 0)
        lines.append(tr("Reported by the server's trace"));
    if (const frames::Frame *frame = m_log.frame(arrow.frame); frame && !frame->payload.isEmpty())
        lines.append(payloadText(*frame));
    return lines.join(u'\n');
}

QImage DiagramView::toImage() const
{
    const diagram::Layout layout(
        metricsFor(font()), int(m_diagram.lifelines().size()), m_rows.size());
    const double width = std::ceil(layout.width());
    const double height = std::ceil(layout.headerHeight() + layout.rowsHeight());
    double ratio = 2;
    while (height * ratio > LongestSide || width * ratio > LongestSide
        || width * height * ratio * ratio > MostPixels) {
        if (ratio == 1)
            return {};
        ratio = 1;
    }
    QImage image(QSizeF(width * ratio, height * ratio).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    const Colours colours = coloursOf(palette());
    const DiagramPainter diagramPainter(m_diagram, m_rows, layout, colours, font());
    painter.save();
    painter.translate(0, layout.headerHeight());
    diagramPainter.paintRows(painter, 0, height - layout.headerHeight(), width, {});
    painter.restore();
    diagramPainter.paintHeader(painter, width);
    return image;
}

} // namespace parley::ui
