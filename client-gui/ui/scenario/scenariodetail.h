// SPDX-License-Identifier: MIT
#pragma once

#include "ui/look/statuslight.h"
#include "ui/scenario/scenariolist.h"
#include "ui/scenario/steplist.h"

namespace parley::ui {

class MarkView;
class WrappingLabel;

// One scenario: what it is about, what it has come to, and its steps.
class ScenarioDetail : public QWidget {
    Q_OBJECT

public:
    explicit ScenarioDetail(QWidget *parent = nullptr);

    // `running`: the step that is under way; -1: none is.
    void show(const QString &title, const ScenarioList::Entry &, const scenario::Verdict &,
        int running = -1);
    void beginStep(int);
    void endStep(int, const scenario::StepResult &);
    // Brings the step into sight, and says which frame shows its outcome; 0: none does.
    qint64 select(int step);

    // What it has come to.
    void tell(StatusLight::Shows, const QString &);
    void tell(const scenario::Verdict &, const scenario::Scenario &);
    QString told() const;

Q_SIGNALS:
    void stepChosen(int step); // by a click or a key

private:
    StepList m_steps;
    WrappingLabel *m_title;
    WrappingLabel *m_about;
    StatusLight *m_light;
    WrappingLabel *m_state;
    MarkView *m_view;
};

} // namespace parley::ui
