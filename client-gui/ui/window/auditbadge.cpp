// SPDX-License-Identifier: MIT
#include "ui/window/auditbadge.h"

#include "ui/look/theme.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

using audit::Verdict;

constexpr int Dot = 12;
constexpr int Margin = 12;
constexpr int PopupWidth = 460;
constexpr int ListHeight = 200;

QColor colourOf(Verdict verdict, const Colours &colours)
{
    switch (verdict) {
    case Verdict::Idle:
        return colours.muted;
    case Verdict::Good:
        return colours.good;
    case Verdict::Bad:
        return colours.bad;
    }
    return {};
}

QIcon dot(const QColor &colour, qreal ratio)
{
    QPixmap pixmap(QSize(Dot, Dot) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(1, 1, Dot - 2, Dot - 2));
    return QIcon(pixmap);
}

} // namespace

AuditBadge::AuditBadge(const audit::Auditor &auditor, QWidget *parent)
    : QToolButton(parent)
    , m_auditor(auditor)
    , m_popup(new QFrame(this, Qt::Popup))
    , m_summary(new QLabel(m_popup))
    , m_list(new QListWidget(m_popup))
    , m_hint(new QLabel(m_popup))
{
    setObjectName(QStringLiteral("auditBadge"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setIconSize(QSize(Dot, Dot));
    setAccessibleName(tr("No-loss auditor"));

    static_cast<QFrame *>(m_popup)->setFrameShape(QFrame::StyledPanel);
    m_popup->setAccessibleName(tr("What the auditor found"));
    for (QLabel *label : {m_summary, m_hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_list->setAccessibleName(tr("Findings"));
    m_list->setWordWrap(true);
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(ListHeight);
    m_list->setSpacing(2);
    auto *layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(Margin - 4);
    layout->addWidget(m_summary);
    layout->addWidget(m_list);
    layout->addWidget(m_hint);

    connect(this, &QToolButton::clicked, this, &AuditBadge::openPopup);
    connect(m_list, &QListWidget::itemActivated, this,
        [this](QListWidgetItem *item) { choose(m_list->row(item)); });
    connect(m_list, &QListWidget::itemClicked, this,
        [this](QListWidgetItem *item) { choose(m_list->row(item)); });
    connect(&auditor, &audit::Auditor::verdictChanged, this, &AuditBadge::refresh);
    connect(&auditor, &audit::Auditor::numbersChanged, this, &AuditBadge::refresh);
    connect(&auditor, &audit::Auditor::findingAdded, this, &AuditBadge::add);
    connect(&auditor, &audit::Auditor::wasReset, this, &AuditBadge::refreshList);
    refreshList();
}

QString AuditBadge::wording() const
{
    const QLocale locale;
    const audit::Numbers &numbers = m_auditor.numbers();
    switch (m_auditor.verdict()) {
    case Verdict::Idle:
        return tr("Auditor: nothing yet");
    case Verdict::Good:
        return tr("No loss · %1 accepted = %2 delivered ∪ %3 unread")
            .arg(locale.toString(numbers.accepted), locale.toString(numbers.delivered),
                locale.toString(numbers.unread));
    case Verdict::Bad:
        break;
    }
    const auto &findings = m_auditor.findings();
    const QString first = audit::headline(findings.front());
    return findings.size() == 1
        ? first
        : tr("%1 and %n more", nullptr, int(findings.size()) - 1).arg(first);
}

QString AuditBadge::summary() const
{
    const QLocale locale;
    const audit::Numbers &numbers = m_auditor.numbers();
    switch (m_auditor.verdict()) {
    case Verdict::Idle:
        return tr("Send a message: from then on every message is followed from its SEND to its "
                  "CONFIRM.");
    case Verdict::Good:
        return tr("Every accepted message was delivered or is unread; nothing was duplicated, "
                  "changed or out of order. Accepted %1, delivered %2, confirmed %3, unread %4.")
            .arg(locale.toString(numbers.accepted), locale.toString(numbers.delivered),
                locale.toString(numbers.confirmed), locale.toString(numbers.unread));
    case Verdict::Bad:
        break;
    }
    return tr("The server broke a promise. Accepted %1, delivered %2, confirmed %3.")
        .arg(locale.toString(numbers.accepted), locale.toString(numbers.delivered),
            locale.toString(numbers.confirmed));
}

void AuditBadge::refresh()
{
    const Colours colours = coloursOf(palette());
    const Verdict verdict = m_auditor.verdict();
    const QColor colour = colourOf(verdict, colours);
    setIcon(dot(colour, devicePixelRatioF()));
    setText(wording());
    setToolTip(tr("Whether every accepted message was delivered or is unread; click for more"));
    setAccessibleDescription(wording());
    QPalette own = palette();
    const QColor ink = verdict == Verdict::Good ? colours.text : colour;
    if (own.color(QPalette::ButtonText) != ink) { // it comes back as a change of the palette
        own.setColor(QPalette::ButtonText, ink);
        setPalette(own);
    }
    QFont face = font();
    if (face.bold() != (verdict == Verdict::Bad)) {
        face.setBold(verdict == Verdict::Bad);
        setFont(face);
    }
    const bool isBad = verdict == Verdict::Bad;
    m_summary->setText(summary());
    m_list->setVisible(isBad);
    m_hint->setVisible(isBad);
    m_hint->setText(tr("Enter or a click shows the frame that proves it."));
}

void AuditBadge::refreshList()
{
    m_list->clear();
    for (const audit::Finding &finding : m_auditor.findings())
        add(finding);
    refresh();
}

void AuditBadge::add(const audit::Finding &finding)
{
    auto *item =
        new QListWidgetItem(tr("%1 — %2").arg(audit::name(finding.rule), finding.text), m_list);
    item->setToolTip(finding.frame > 0 ? tr("Frame %1").arg(finding.frame) : tr("From the trace"));
    item->setData(Qt::UserRole, finding.frame);
    refresh();
}

void AuditBadge::choose(int row)
{
    const QListWidgetItem *item = m_list->item(row);
    const qint64 frame = item ? item->data(Qt::UserRole).toLongLong() : 0;
    if (frame <= 0)
        return;
    m_popup->hide();
    Q_EMIT frameSelected(frame);
}

// Above the badge, since that is at the bottom of the window.
void AuditBadge::openPopup()
{
    refresh();
    m_popup->setFixedWidth(PopupWidth);
    m_popup->adjustSize();
    const QRect available = screen()->availableGeometry();
    QPoint at = mapToGlobal(QPoint(width() - m_popup->width(), -m_popup->height() - 4));
    if (at.y() < available.top())
        at.setY(mapToGlobal(QPoint(0, height() + 4)).y());
    at.setX(std::max(at.x(), available.left() + 4));
    m_popup->move(at);
    m_popup->show();
    if (m_list->count() > 0 && m_list->currentRow() < 0)
        m_list->setCurrentRow(0);
    m_list->setFocus();
}

void AuditBadge::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_hint)
        refresh();
}

} // namespace parley::ui
