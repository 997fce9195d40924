// SPDX-License-Identifier: MIT
#pragma once

#include "audit/auditor.h"

#include <QPointer>
#include <QToolButton>

class QLabel;
class QListWidget;

namespace parley::ui {

// The auditor's verdict, for a status bar. A click, or Space, opens the list of what it found.
class AuditBadge : public QToolButton {
    Q_OBJECT

public:
    // The auditor must outlive the badge.
    explicit AuditBadge(const audit::Auditor &, QWidget *parent = nullptr);

    // The list that a click opens; also for tests and screenshots.
    QWidget *popup() const { return m_popup; }
    void openPopup();

Q_SIGNALS:
    // Somebody wants to see this frame: its number in the FrameLog.
    void frameSelected(qint64 number);

protected:
    void changeEvent(QEvent *) override;

private:
    void refresh();
    void refreshList();
    void add(const audit::Finding &);
    void choose(int row);
    QString wording() const;
    QString summary() const;

    const audit::Auditor &m_auditor;
    QWidget *m_popup = nullptr;
    QLabel *m_summary = nullptr;
    QListWidget *m_list = nullptr;
    QLabel *m_hint = nullptr;
};

} // namespace parley::ui
