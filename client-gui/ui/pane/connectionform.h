// SPDX-License-Identifier: MIT
#pragma once

#include "play/account.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace parley::ui {

// Where a pane connects to, and as whom. Secrets are shown as dots and kept nowhere else.
class ConnectionForm : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionForm(QWidget *parent = nullptr);

    play::Account account() const;
    void setAccount(const play::Account &);
    // Into the first field that still wants something.
    void focusMissing();

Q_SIGNALS:
    // Enter was pressed.
    void submitted();
    // A field was left with another text, or another way was chosen.
    void edited();

protected:
    void paintEvent(QPaintEvent *) override;

private:
    QLineEdit *addField(const QString &label, const char *objectName);
    void showWay();
    void offerKeyFile();
    void readKeyFile(const QString &path);

    QFormLayout *m_rows;
    QLineEdit *m_server;
    QComboBox *m_way;
    QLineEdit *m_username;
    QLineEdit *m_userId;
    QLineEdit *m_password;
    QLineEdit *m_secretKey;
    QLineEdit *m_session;
};

} // namespace parley::ui
