// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/scenario.h"
#include "scenario/run/verdict.h"

#include <QAbstractListModel>

namespace parley::ui {

// Scenarios, and what came of them when they were run last: those that are shipped, then those that
// were opened. With the roles of MarkDelegate.
class ScenarioList : public QAbstractListModel {
    Q_OBJECT

public:
    struct Entry {
        QString file; // empty: it is in no file
        scenario::Scenario scenario;
        QString problem = {}; // why the file is no scenario; then there is none
        std::optional<scenario::Verdict> verdict = {}; // of the last run
        bool isRunning = false;
    };

    // With the shipped ones.
    explicit ScenarioList(QObject *parent = nullptr);

    // Its row; a file that is there already is read again.
    int add(const QString &file);
    int add(const scenario::Scenario &);
    // A file may have been changed since.
    void reread(int row);
    const Entry &entry(int row) const { return m_entries[size_t(row)]; }
    void setRunning(int row);
    void setVerdict(int row, const scenario::Verdict &);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &, int role = Qt::DisplayRole) const override;

private:
    int append(Entry);
    void changed(int row);

    std::vector<Entry> m_entries;
};

} // namespace parley::ui
