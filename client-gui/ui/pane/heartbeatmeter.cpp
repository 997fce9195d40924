// SPDX-License-Identifier: MIT
#include "ui/pane/heartbeatmeter.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QPainter>

namespace parley::ui {
namespace {

constexpr milliseconds Tick{100};

} // namespace

HeartbeatMeter::HeartbeatMeter(play::Player &player, QWidget *parent)
    : QAbstractButton(parent)
    , m_player(player)
{
    setObjectName(QStringLiteral("heartbeat"));
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("Heartbeat: on or off, the time until the next, the last round trip"));
    m_tick.setInterval(Tick);
    connect(&m_tick, &QTimer::timeout, this, [this] { refresh(); });
    connect(
        this, &QAbstractButton::clicked, this, [this](bool isOn) { m_player.setHeartbeat(isOn); });
    connect(&player, &play::Player::habitsChanged, this, [this] { refresh(); });
    connect(&player, &play::Player::stateChanged, this, [this] {
        if (!m_player.isOnline())
            m_roundTrip = milliseconds(-1);
        refresh();
    });
    connect(&player, &play::Player::heartbeatAnswered, this, [this](milliseconds roundTrip) {
        m_roundTrip = roundTrip;
        refresh();
    });
    refresh();
}

// The longest that can be said first.
QStringList HeartbeatMeter::words() const
{
    if (!m_player.heartbeat())
        return {tr("heartbeat off"), tr("off")};
    if (!m_player.isOnline())
        return {tr("heartbeat on"), tr("on")};
    const double seconds = double(m_player.untilHeartbeat().count()) / 1000;
    const QString next = tr("%1 s").arg(locale().toString(seconds, 'f', 1));
    if (m_roundTrip < milliseconds(0))
        return {next};
    const QString trip =
        m_roundTrip < milliseconds(1) ? tr("<1 ms") : tr("%1 ms").arg(m_roundTrip.count());
    return {QStringLiteral("%1 · %2").arg(next, trip), next};
}

void HeartbeatMeter::refresh()
{
    const bool isBeating = m_player.isOnline() && m_player.heartbeat();
    if (isBeating != m_tick.isActive())
        isBeating ? m_tick.start() : m_tick.stop();
    if (isChecked() != m_player.heartbeat())
        setChecked(m_player.heartbeat());
    // The countdown is for the eye; a screen reader is told what lasts.
    const QString name = m_player.heartbeat() ? tr("Heartbeat, on") : tr("Heartbeat, off");
    if (name != accessibleName())
        setAccessibleName(name);
    update();
}

QSize HeartbeatMeter::sizeHint() const
{
    const int height = fontMetrics().height() + 10;
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("00.0 s · 000 ms"));
    return {height + 6 + text + 6, height};
}

void HeartbeatMeter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours c = coloursOf(palette());
    if (underMouse() || isDown())
        drawCard(painter, rect(), withAlpha(c.text, isDown() ? 0.14 : 0.07), Qt::transparent, 5);
    const int size = height() - 6;
    const QRect dial(4, 3, size, size);
    const QRectF ring = QRectF(dial).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(QPen(c.line, 2));
    painter.drawEllipse(ring);
    const QColor colour = !isChecked() ? c.warning : m_player.isOnline() ? c.good : c.muted;
    if (m_tick.isActive()) {
        const double whole = double(m_player.serverLimits().heartbeatInterval.count());
        const double left = std::clamp(double(m_player.untilHeartbeat().count()) / whole, 0.0, 1.0);
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, 90 * 16, int(left * 360 * 16));
    }
    const int inset = size / 4;
    ui::icon(QStringLiteral("heartbeat"), colour)
        .paint(&painter, dial.adjusted(inset - 1, inset - 1, 1 - inset, 1 - inset));
    painter.setPen(c.muted);
    const QRect text = rect().adjusted(dial.right() + 7, 0, -4, 0);
    // Half a number would be a wrong one.
    for (const QString &shown : words()) {
        if (fontMetrics().horizontalAdvance(shown) > text.width())
            continue;
        painter.drawText(text, Qt::AlignVCenter, shown);
        break;
    }
    if (hasFocus())
        drawRing(painter, rect(), c.accent, 5);
}

} // namespace parley::ui
