// SPDX-License-Identifier: MIT
#pragma once

#include "play/player.h"

#include <QPlainTextEdit>

class QLabel;
class QPushButton;

namespace parley::ui {

// A text of several lines: Enter sends it, Shift+Enter begins a line.
class MessageText : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit MessageText(QWidget *parent = nullptr);

    // What to do here, as much of it as there is room for.
    void setHint(const QString &);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void submitted();

protected:
    void keyPressEvent(QKeyEvent *) override;
    void focusInEvent(QFocusEvent *) override;
    void focusOutEvent(QFocusEvent *) override;
    void resizeEvent(QResizeEvent *) override;

private:
    QString m_hint;
};

// Where a message is written. Says why when nothing can be sent.
class MessageComposer : public QWidget {
    Q_OBJECT

public:
    explicit MessageComposer(play::Player &, QWidget *parent = nullptr);

    void setPeer(UserId, const QString &name);
    void submit();

Q_SIGNALS:
    void refused(const QString &why);

protected:
    void paintEvent(QPaintEvent *) override;

private:
    void refresh();
    void count();

    play::Player &m_player;
    MessageText *m_text;
    QLabel *m_size;
    QPushButton *m_send;
    UserId m_peer;
    QString m_peerName;
};

} // namespace parley::ui
