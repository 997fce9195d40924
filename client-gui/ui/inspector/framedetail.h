// SPDX-License-Identifier: MIT
#pragma once

#include "frames/frame.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace parley::frames {
class FrameLog;
}

namespace parley::ui {

// One frame in full: its facts, its payload, and what can be done with it.
class FrameDetail : public QWidget {
    Q_OBJECT

public:
    explicit FrameDetail(QWidget *parent = nullptr);

    // Null: nothing is selected.
    void show(const frames::FrameLog &, const frames::Frame *);
    QString text() const;

Q_SIGNALS:
    void followWanted(qint64 number);

private:
    void showNothing();
    QString titleOf(const frames::FrameLog &, const frames::Frame &) const;
    QString factsOf(const frames::Frame &) const;

    qint64 m_number = 0;
    QString m_shell; // as it would be copied
    QLabel *m_title;
    QLabel *m_facts;
    QPlainTextEdit *m_payload;
    QPushButton *m_copyJson;
    QPushButton *m_copyShell;
    QPushButton *m_follow;
};

} // namespace parley::ui
