// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QLabel;

namespace parley::ui {

// One message within a pane, until it is dismissed or has become untrue.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Warning, Bad };

    explicit MessageBar(QWidget *parent = nullptr);

    // The same text again is counted. Plain text, whatever it holds.
    void tell(Kind, const QString &text);
    void dismiss();
    QString text() const { return m_said; }

protected:
    void paintEvent(QPaintEvent *) override;
    void changeEvent(QEvent *) override;
    void keyPressEvent(QKeyEvent *) override;

private:
    void showIcon();

    QLabel *m_icon;
    QLabel *m_text;
    Kind m_kind = Kind::Warning;
    QString m_said;
    int m_times = 0;
};

} // namespace parley::ui
