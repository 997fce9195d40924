// SPDX-License-Identifier: MIT
#pragma once

#include "load/loadrun.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace parley::ui {

class Chart;

// Simulated pairs against the server: what to run, and how it goes.
class LoadTab : public QWidget {
    Q_OBJECT

public:
    explicit LoadTab(QWidget *parent = nullptr);

    // What the next run is against. An empty key: it is asked for in the form.
    void setServer(const QUrl &, const QByteArray &secretKey);
    // Two who log in, for a server whose key nobody has here; few pairs, since they may be
    // connected elsewhere, too.
    void proposeUsers(const std::array<protocol::Credentials, 2> &);
    bool isRunning() const { return m_run.isRunning(); }

public Q_SLOTS:
    void start();
    void stop() { m_run.stop(); }

Q_SIGNALS:
    // So that an auditor can be told that these users are connected elsewhere, too.
    void runStarted(const parley::load::Plan &);
    void runFinished(const parley::load::Summary &);

protected:
    void changeEvent(QEvent *) override;

private:
    enum class Tone { Plain, Good, Bad };
    QWidget *makeForm();
    QWidget *makeIdentities();
    QWidget *makeFigures();
    void watchForm();
    QSpinBox *number(const QString &name, int least, int most, int value);
    QLineEdit *secret(const QString &name, const QString &placeholder);
    load::Plan plan() const;
    void tell(const load::Sample &);
    void tell(const load::Summary &);
    void say(const QString &, Tone);
    void refresh();
    void applyColours();

    load::LoadRun m_run;
    QUrl m_server;
    QComboBox *m_identity = nullptr;
    QWidget *m_identities = nullptr; // one of these two is shown
    QWidget *m_many = nullptr;
    QWidget *m_two = nullptr;
    QLineEdit *m_key = nullptr;
    QSpinBox *m_first = nullptr;
    QLineEdit *m_names[2] = {};
    QLineEdit *m_passwords[2] = {};
    QSpinBox *m_pairs = nullptr;
    QSpinBox *m_window = nullptr;
    QSpinBox *m_body = nullptr;
    QSpinBox *m_seconds = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_stop = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_target = nullptr;
    QList<QLabel *> m_figures; // the values: rate, p50, p99, connected
    QList<QLabel *> m_captions;
    Chart *m_rates = nullptr;
    Chart *m_latencies = nullptr;
    Tone m_tone = Tone::Plain;
    bool m_isStopping = false;
};

} // namespace parley::ui
