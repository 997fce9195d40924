// SPDX-License-Identifier: MIT
#include "ui/pane/messagecomposer.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

constexpr int MostLines = 6; // seen at once
constexpr int PadX = 6;
constexpr int PadY = 4;

} // namespace

MessageText::MessageText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(PadX, PadY, PadX, PadY);
    viewport()->setAutoFillBackground(false);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        [this] {
            const bool isLong = document()->size().height() > MostLines;
            setVerticalScrollBarPolicy(isLong ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
            updateGeometry();
        });
}

QSize MessageText::sizeHint() const
{
    // QPlainTextDocumentLayout counts in lines.
    const int lines = std::clamp(int(document()->size().height()), 1, MostLines);
    const int frame = int(document()->documentMargin()) * 2 + 2 * PadY;
    return {80, lines * fontMetrics().lineSpacing() + frame};
}

void MessageText::setHint(const QString &hint)
{
    m_hint = hint;
    const int room = viewport()->width() - 2 * int(document()->documentMargin());
    setPlaceholderText(fontMetrics().elidedText(hint, Qt::ElideRight, room));
}

void MessageText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    setHint(m_hint);
}

void MessageText::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->modifiers().testFlag(Qt::ShiftModifier))
        Q_EMIT submitted();
    else
        QPlainTextEdit::keyPressEvent(event);
}

// The composer draws the field around it.
void MessageText::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    parentWidget()->update();
}

void MessageText::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    parentWidget()->update();
}

MessageComposer::MessageComposer(play::Player &player, QWidget *parent)
    : QWidget(parent)
    , m_player(player)
    , m_text(new MessageText)
    , m_size(new QLabel)
    , m_send(withIcon(new QPushButton(tr("Sen&d")), "send"))
{
    m_text->setObjectName(QStringLiteral("message"));
    m_text->setAccessibleName(tr("Message"));
    m_text->setAccessibleDescription(tr("Enter sends, Shift+Enter begins a new line."));
    m_send->setObjectName(QStringLiteral("send"));
    m_size->setForegroundRole(QPalette::PlaceholderText);
    m_size->hide();
    auto *side = new QVBoxLayout;
    side->setSpacing(4);
    side->addStretch();
    side->addWidget(m_size, 0, Qt::AlignRight);
    side->addWidget(m_send);
    m_send->setMinimumHeight(m_text->sizeHint().height());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 12, 10);
    row->setSpacing(10);
    row->addWidget(m_text, 1, Qt::AlignBottom);
    row->addLayout(side);
    connect(m_text, &MessageText::submitted, this, &MessageComposer::submit);
    connect(m_send, &QPushButton::clicked, this, &MessageComposer::submit);
    connect(m_text, &QPlainTextEdit::textChanged, this, &MessageComposer::count);
    connect(&player, &play::Player::stateChanged, this, [this] { refresh(); });
    setFocusProxy(m_text);
    refresh();
}

void MessageComposer::setPeer(UserId peer, const QString &name)
{
    m_peer = peer;
    m_peerName = name;
    refresh();
}

void MessageComposer::refresh()
{
    QString hint = tr("Write to %1").arg(m_peerName);
    if (!m_player.takesMessages())
        hint = tr("Connect first, then write here");
    else if (m_peer == UserId())
        hint = tr("Choose a receiver first");
    else if (!m_player.isOnline())
        hint = tr("Write to %1: sent once online").arg(m_peerName);
    const bool canSend = m_player.takesMessages() && m_peer != UserId();
    m_text->setHint(hint);
    m_text->setEnabled(canSend);
    m_send->setEnabled(canSend);
    m_send->setToolTip(canSend ? tr("Send (Enter)") : hint);
    update();
}

void MessageComposer::count()
{
    const auto limit = m_player.serverLimits().bodyBytes;
    const auto bytes = m_text->toPlainText().toUtf8().size();
    m_size->setVisible(bytes * 4 > qint64(limit) * 3);
    m_size->setText(tr("%1 of %2 bytes").arg(locale().toString(bytes), locale().toString(limit)));
    // It can be sent all the same: the refusal may be what is wanted.
    m_size->setForegroundRole(bytes > limit ? QPalette::BrightText : QPalette::PlaceholderText);
}

void MessageComposer::submit()
{
    const QString text = m_text->toPlainText();
    if (!m_send->isEnabled() || text.isEmpty())
        return;
    if (m_player.send(m_peer, text).isEmpty())
        Q_EMIT refused(tr(
            "Too many messages are waiting to be sent. Wait until they are sent, then try again."));
    else
        m_text->clear();
}

void MessageComposer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours c = coloursOf(palette());
    painter.fillRect(0, 0, width(), 1, c.line);
    const QRect field = m_text->geometry();
    const bool hasFocus = m_text->hasFocus();
    drawCard(painter, field, m_text->isEnabled() ? c.surface : c.window,
        hasFocus ? c.accent : c.line, 6);
    if (hasFocus)
        drawRing(painter, field, c.accent, 6);
}

} // namespace parley::ui
