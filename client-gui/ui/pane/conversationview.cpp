// SPDX-License-Identifier: MIT
#include "ui/pane/conversationview.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/pane/bubbledelegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>

namespace parley::ui {

ConversationView::ConversationView(
    play::Conversation &conversation, const People &people, QWidget *parent)
    : QListView(parent)
    , m_conversation(conversation)
    , m_bubbles(new BubbleDelegate(conversation, people, this))
{
    setObjectName(QStringLiteral("conversation"));
    setAccessibleName(tr("Conversation"));
    setAccessibleDescription(tr("C confirms the selected messages, Ctrl+C copies them."));
    setFrameShape(QFrame::NoFrame);
    viewport()->setBackgroundRole(QPalette::Window);
    setItemDelegate(m_bubbles);
    setModel(&conversation);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setResizeMode(QListView::Adjust);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    connect(m_bubbles, &BubbleDelegate::confirmClicked, this,
        [this](Seq seq) { Q_EMIT confirmWanted({seq}); });
    connect(&people, &People::changed, viewport(), [this] { viewport()->update(); });
}

void ConversationView::setHint(const QString &hint)
{
    m_hint = hint;
    viewport()->update();
}

void ConversationView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    const QScrollBar *bar = verticalScrollBar();
    if (bar->value() >= bar->maximum() - fontMetrics().height() * 2)
        followLater();
    QListView::rowsInserted(parent, first, last);
}

// Once, however many messages come at the same time.
void ConversationView::followLater()
{
    if (std::exchange(m_willFollow, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_willFollow = false;
        scrollToBottom();
    });
}

void ConversationView::resizeEvent(QResizeEvent *event)
{
    const QScrollBar *bar = verticalScrollBar();
    if (bar->value() == bar->maximum())
        followLater();
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

std::vector<int> ConversationView::selectedRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedIndexes())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

std::vector<Seq> ConversationView::selectedUnconfirmed() const
{
    std::vector<Seq> seqs;
    for (const int row : selectedRows()) {
        const play::Bubble &bubble = m_conversation.bubble(row);
        if (BubbleDelegate::needsConfirm(bubble))
            seqs.push_back(bubble.seq);
    }
    return seqs;
}

void ConversationView::copySelected() const
{
    QStringList bodies;
    for (const int row : selectedRows())
        bodies += m_conversation.bubble(row).body;
    if (!bodies.isEmpty())
        QGuiApplication::clipboard()->setText(bodies.join(u'\n'));
}

void ConversationView::confirmSelected()
{
    if (const auto seqs = selectedUnconfirmed(); !seqs.empty())
        Q_EMIT confirmWanted(seqs);
}

void ConversationView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelected();
    else if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier)
        confirmSelected();
    else
        QListView::keyPressEvent(event);
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event)
{
    const auto rows = selectedRows();
    const bool hasUnconfirmed = !selectedUnconfirmed().empty();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char *name, const QString &text, bool isPossible, auto act) {
        QAction *action = withIcon(menu->addAction(text), name);
        action->setEnabled(isPossible);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    add("copy", tr("&Copy text"), !rows.empty(), [this] {
        copySelected();
    })->setShortcut(QKeySequence::Copy);
    add("confirm", tr("C&onfirm"), hasUnconfirmed, [this] {
        confirmSelected();
    })->setShortcut(Qt::Key_C);
    add("confirm-all", tr("Confirm &all"), !m_conversation.unconfirmed().empty(),
        [this] { Q_EMIT confirmAllWanted(); });
    menu->addSeparator();
    // The menu may be open when the bubble is gone.
    const bool isOne = rows.size() == 1;
    const play::Bubble one = isOne ? m_conversation.bubble(rows.front()) : play::Bubble();
    add("inspector", tr("Follow in the &inspector"), isOne,
        [this, sender = one.isMine ? UserId() : one.peer, clientId = one.clientId] {
            Q_EMIT framesWanted(sender, clientId);
        });
    dress(menu);
    menu->popup(event->globalPos());
}

void ConversationView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_conversation.rowCount() > 0 || m_hint.isEmpty())
        return;
    QPainter painter(viewport());
    const Colours c = coloursOf(palette());
    const int size = fontMetrics().height() * 5 / 2;
    const int width = std::min(viewport()->width() - 32, fontMetrics().averageCharWidth() * 44);
    const QRect text = fontMetrics().boundingRect(
        QRect(0, 0, width, 10'000), Qt::AlignHCenter | Qt::TextWordWrap, m_hint);
    const int top = (viewport()->height() - size - 12 - text.height()) / 2;
    icon(QStringLiteral("send"), c.line)
        .paint(&painter, QRect((viewport()->width() - size) / 2, top, size, size));
    painter.setPen(c.muted);
    painter.drawText(
        QRect((viewport()->width() - width) / 2, top + size + 12, width, text.height() + 4),
        Qt::AlignHCenter | Qt::TextWordWrap, m_hint);
}

} // namespace parley::ui
