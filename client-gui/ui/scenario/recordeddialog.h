// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace parley::ui {

// A scenario that was recorded: named, read, saved, run.
class RecordedDialog : public QDialog {
    Q_OBJECT

public:
    // `text`: the scenario under a name; asked as long as the dialog is there.
    RecordedDialog(std::function<QByteArray(const QString &name)> text, const QString &name,
        QWidget *parent = nullptr);

    const QByteArray &text() const { return m_written; }
    // Without asking for a name.
    void saveTo(const QString &path);
    // And closes.
    void run();

Q_SIGNALS:
    void saved(const QString &path);
    // `file`: as which it was saved; empty: it was not.
    void runWanted(const QByteArray &text, const QString &file);

private:
    void write();
    void askForPath();

    const std::function<QByteArray(const QString &)> m_make;
    QLineEdit *m_name;
    QPlainTextEdit *m_preview;
    QLabel *m_note;
    QPushButton *m_run = nullptr;
    QByteArray m_written;
    QString m_file;
};

} // namespace parley::ui
