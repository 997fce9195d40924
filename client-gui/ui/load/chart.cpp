// SPDX-License-Identifier: MIT
#include "ui/load/chart.h"

#include "ui/look/theme.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QValueAxis>
#include <QVBoxLayout>

#include <algorithm>

namespace parley::ui {
namespace {

constexpr double LeastSeconds = 10; // shown at least
constexpr int MostPoints = 4 * int(Chart::MostSeconds) + 8;

QColor colourOf(Chart::Ink ink, const Colours &colours)
{
    switch (ink) {
    case Chart::Ink::Accent:
        return colours.accent;
    case Chart::Ink::Store:
        return colours.store;
    case Chart::Ink::Deliver:
        return colours.deliver;
    case Chart::Ink::Confirm:
        return colours.confirm;
    }
    return {};
}

// The least of 1, 2, 5, 10, 20 … that is not below it.
double roundUp(double value)
{
    double unit = 1;
    while (unit * 10 < value)
        unit *= 10;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (unit * factor >= value)
            return unit * factor;
    }
    return unit * 10;
}

} // namespace

struct Chart::Parts {
    QList<Series> inks;
    QChart *chart = nullptr; // the view's
    QList<QLineSeries *> lines; // the chart's
    QValueAxis *seconds = nullptr; // likewise
    QValueAxis *values = nullptr;
};

Chart::Chart(const QString &title, const QList<Series> &series, QWidget *parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>())
{
    m_parts->inks = series;
    auto *chart = new QChart;
    m_parts->chart = chart;
    chart->setTitle(title);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setBackgroundRoundness(4);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setMargins(QMargins(8, 4, 8, 4));
    chart->legend()->setAlignment(Qt::AlignTop);
    chart->legend()->setMarkerShape(QLegend::MarkerShapeCircle);
    m_parts->seconds = new QValueAxis;
    m_parts->values = new QValueAxis;
    m_parts->seconds->setLabelFormat(QStringLiteral("%d s"));
    m_parts->values->setLabelFormat(QStringLiteral("%g"));
    m_parts->seconds->setTickCount(6);
    chart->addAxis(m_parts->seconds, Qt::AlignBottom);
    chart->addAxis(m_parts->values, Qt::AlignLeft);
    for (const Series &one : series) {
        auto *line = new QLineSeries;
        line->setName(one.name);
        chart->addSeries(line);
        line->attachAxis(m_parts->seconds);
        line->attachAxis(m_parts->values);
        m_parts->lines.append(line);
    }
    auto *view = new QChartView(chart, this);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setFocusPolicy(Qt::NoFocus);
    view->setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
    setMinimumHeight(160);
    fitAxes(0);
    applyColours();
}

Chart::~Chart() = default;

void Chart::append(double seconds, const QList<double> &values)
{
    for (qsizetype i = 0; i < std::min(values.size(), m_parts->lines.size()); ++i) {
        QLineSeries *line = m_parts->lines[i];
        line->append(seconds, values[i]);
        int old = 0;
        while (old < line->count()
            && (line->at(old).x() < seconds - MostSeconds || line->count() - old > MostPoints))
            ++old;
        if (old > 0)
            line->removePoints(0, old);
    }
    fitAxes(seconds);
}

void Chart::clear()
{
    for (QLineSeries *line : m_parts->lines)
        line->clear();
    fitAxes(0);
}

int Chart::points() const
{
    return m_parts->lines.isEmpty() ? 0 : m_parts->lines[0]->count();
}

void Chart::fitAxes(double seconds)
{
    m_parts->seconds->setRange(
        std::max(0.0, seconds - MostSeconds), std::max(LeastSeconds, seconds));
    double most = 1;
    for (const QLineSeries *line : m_parts->lines) {
        for (const QPointF &point : line->points())
            most = std::max(most, point.y());
    }
    m_parts->values->setRange(0, roundUp(most * 1.05));
}

void Chart::applyColours()
{
    const Colours colours = coloursOf(palette());
    QChart &chart = *m_parts->chart;
    chart.setBackgroundBrush(colours.surface);
    chart.setBackgroundPen(QPen(colours.line, 1));
    chart.setTitleBrush(colours.text);
    QFont face = font();
    face.setBold(true);
    chart.setTitleFont(face);
    chart.legend()->setLabelColor(colours.muted);
    for (QValueAxis *axis : {m_parts->seconds, m_parts->values}) {
        axis->setLabelsColor(colours.muted);
        axis->setLinePenColor(colours.line);
        axis->setGridLineColor(colours.line);
    }
    m_parts->seconds->setGridLineVisible(false);
    for (qsizetype i = 0; i < m_parts->lines.size(); ++i)
        m_parts->lines[i]->setPen(QPen(colourOf(m_parts->inks[i].ink, colours),
            m_parts->inks[i].width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (auto *view = findChild<QChartView *>())
        view->setBackgroundBrush(colours.window);
}

void Chart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (m_parts && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange))
        applyColours();
}

} // namespace parley::ui
