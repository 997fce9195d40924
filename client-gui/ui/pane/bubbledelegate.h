// SPDX-License-Identifier: MIT
#pragma once

#include "play/conversation.h"
#include "ui/pane/people.h"

#include <QCache>
#include <QFont>
#include <QStyledItemDelegate>

namespace parley::ui {

// Draws messages as bubbles: one's own at the right, the peer's at the left, each with its life.
// Bodies are plain text, and cut at MostChars.
class BubbleDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr qsizetype MostChars = 4000;

    BubbleDelegate(const play::Conversation &, const People &, QObject *parent = nullptr);

    void paint(QPainter *, const QStyleOptionViewItem &, const QModelIndex &) const override;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override;
    bool editorEvent(
        QEvent *, QAbstractItemModel *, const QStyleOptionViewItem &, const QModelIndex &) override;
    bool helpEvent(QHelpEvent *, QAbstractItemView *, const QStyleOptionViewItem &,
        const QModelIndex &) override;

    // Null where the message needs no confirmation.
    QRect confirmButton(const QStyleOptionViewItem &, const QModelIndex &) const;
    static bool needsConfirm(const play::Bubble &bubble)
    {
        return !bubble.isMine && bubble.life == play::Life::Delivered;
    }

Q_SIGNALS:
    void confirmClicked(parley::Seq);

private:
    struct Measure {
        QSize body; // of the text, wrapped
        QSize failure;
    };
    struct Boxes {
        QRect label; // who it is from or to; null where it goes without saying
        QRect bubble;
        QRect body;
        QRect failure;
        QRect meta;
        QRect confirm;
    };

    const play::Bubble &bubbleOf(const QModelIndex &index) const
    {
        return m_conversation.bubble(index.row());
    }
    bool hasLabel(int row) const;
    QString metaText(const play::Bubble &) const;
    Measure measure(const QString &body, const QString &failure, const QFont &, int width) const;
    Boxes boxes(const QStyleOptionViewItem &, int row) const;
    void paintMeta(
        QPainter &, const QStyleOptionViewItem &, const play::Bubble &, const QRect &) const;
    void paintConfirm(QPainter &, const QStyleOptionViewItem &, const QRect &) const;

    const play::Conversation &m_conversation;
    const People &m_people;
    mutable QCache<QString, Measure> m_measures;
    // A view asks for all of them at each new row. For this width and font, by the message's
    // number, and in two bits whether it has a label and has failed.
    mutable QHash<qint64, int> m_heights;
    mutable int m_width = 0;
    mutable QFont m_font;
};

} // namespace parley::ui
