// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/scenario.h"
#include "scenario/run/verdict.h"

#include <QAbstractListModel>

namespace parley::ui {

// The steps of one scenario, and what came of each. With the roles of MarkDelegate.
class StepList : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    // `running`: the step that is under way; -1: none is.
    void show(const scenario::Scenario &, const scenario::Verdict &, int running = -1);
    void clear();
    void begin(int step);
    void end(int step, const scenario::StepResult &);
    // What shows the outcome; 0: nothing does.
    qint64 frame(int step) const { return m_results[size_t(step)].outcome.frame; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &, int role = Qt::DisplayRole) const override;

private:
    std::vector<scenario::Step> m_steps;
    std::vector<scenario::StepResult> m_results;
    int m_running = -1;
};

} // namespace parley::ui
