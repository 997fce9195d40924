// SPDX-License-Identifier: MIT
#pragma once

#include "play/conversation.h"
#include "ui/pane/people.h"

#include <QListView>

namespace parley::ui {

class BubbleDelegate;

// The conversation of one player. Stays at its end unless somebody scrolled up.
class ConversationView : public QListView {
    Q_OBJECT

public:
    // Both must outlive it.
    ConversationView(play::Conversation &, const People &, QWidget *parent = nullptr);

    // What to do next, while nothing is here.
    void setHint(const QString &);
    const QString &hint() const { return m_hint; }
    void copySelected() const;
    // Those of the selected messages that are not confirmed.
    void confirmSelected();

Q_SIGNALS:
    void confirmWanted(const std::vector<parley::Seq> &);
    void confirmAllWanted();
    // Somebody wants to see the frames of this message.
    void framesWanted(parley::UserId sender, const QByteArray &clientId);

protected:
    void keyPressEvent(QKeyEvent *) override;
    void contextMenuEvent(QContextMenuEvent *) override;
    void paintEvent(QPaintEvent *) override;
    void resizeEvent(QResizeEvent *) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    QSize viewportSizeHint() const override { return {0, 0}; }

private:
    std::vector<int> selectedRows() const;
    std::vector<Seq> selectedUnconfirmed() const;
    void followLater();

    play::Conversation &m_conversation;
    BubbleDelegate *m_bubbles;
    QString m_hint;
    bool m_willFollow = false;
};

} // namespace parley::ui
