// SPDX-License-Identifier: MIT
#include "ui/look/messagebar.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace parley::ui {
namespace {

constexpr int Below = 8; // to what comes under it, while it is there
constexpr int MostChars = 500; // of a text that a server may have written

QColor colourOf(MessageBar::Kind kind, const QPalette &palette)
{
    const Colours c = coloursOf(palette);
    return kind == MessageBar::Kind::Bad ? c.bad : c.warning;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *close = withIcon(new QToolButton, "close");
    close->setAutoRaise(true);
    close->setToolTip(tr("Dismiss (Esc)"));
    close->setAccessibleName(tr("Dismiss the message"));
    connect(close, &QToolButton::clicked, this, &MessageBar::dismiss);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8 + Below);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::tell(Kind kind, const QString &text)
{
    m_times = isHidden() || text != m_said ? 1 : m_times + 1;
    m_kind = kind;
    m_said = text;
    QString shown = text.left(MostChars);
    if (m_times > 1)
        shown = tr("%1 (%2 times)").arg(shown).arg(m_times);
    m_text->setText(shown);
    setAccessibleName(shown);
    showIcon();
    update();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::dismiss()
{
    m_said.clear();
    m_text->clear();
    hide();
}

void MessageBar::showIcon()
{
    const int size = fontMetrics().height();
    const QString name = m_kind == Kind::Bad ? QStringLiteral("failed") : QStringLiteral("warning");
    m_icon->setPixmap(
        icon(name, colourOf(m_kind, palette())).pixmap(QSize(size, size), devicePixelRatioF()));
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor colour = colourOf(m_kind, palette());
    const QColor window = palette().color(QPalette::Window);
    drawCard(painter, rect().adjusted(0, 0, 0, -Below), mixed(window, colour, 0.1),
        mixed(window, colour, 0.45), 6);
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace parley::ui
