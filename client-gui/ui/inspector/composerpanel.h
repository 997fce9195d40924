// SPDX-License-Identifier: MIT
#pragma once

#include "play/draft.h"
#include "ui/look/statuslight.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace parley::play {
class Player;
class Players;
} // namespace parley::play

namespace parley::ui {

// Any frame, right or wrong, sent by any pane.
class ComposerPanel : public QWidget {
    Q_OBJECT

public:
    static constexpr qsizetype MostHistory = 50;

    // The players must outlive it.
    explicit ComposerPanel(play::Players &, QWidget *parent = nullptr);

    play::Draft draft() const;
    void setDraft(const play::Draft &);
    void setPane(int pane);
    // Newest first.
    const QList<play::Draft> &history() const { return m_history; }
    QString hint() const;

public Q_SLOTS:
    void send();

Q_SIGNALS:
    void frameSent(int pane);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPane(play::Player *);
    void buildTemplateMenu();
    void buildHistoryMenu();
    void build();
    play::Player *player() const;
    void tellForecast();
    void tell(const QString &text, StatusLight::Shows);
    void remember(const play::Draft &);
    void recall(qsizetype at);

    play::Players &m_players;
    QComboBox *m_pane;
    QComboBox *m_form;
    QToolButton *m_templates;
    QToolButton *m_earlier;
    QPlainTextEdit *m_editor;
    StatusLight *m_light;
    QLabel *m_hint;
    QPushButton *m_send;
    QTimer m_later;
    QList<play::Draft> m_history;
    qsizetype m_recalled = -1;
};

} // namespace parley::ui
