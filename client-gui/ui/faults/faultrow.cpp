// SPDX-License-Identifier: MIT
#include "ui/faults/faultrow.h"

#include "ui/look/statuslight.h"
#include "ui/look/wrappinglabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace parley::ui {
namespace {

using State = play::FaultCheck::State;

// As high as its width makes it.
QLabel *words(const QString &text, QWidget *parent)
{
    auto *label = new WrappingLabel(text, parent);
    QSizePolicy policy = label->sizePolicy();
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    return label;
}

StatusLight::Shows lightOf(State state)
{
    switch (state) {
    case State::Running:
        return StatusLight::Shows::Working;
    case State::Met:
        return StatusLight::Shows::Good;
    case State::NotMet:
        return StatusLight::Shows::Bad;
    case State::NotTried:
        return StatusLight::Shows::Warning;
    }
    return StatusLight::Shows::Off;
}

} // namespace

FaultRow::FaultRow(const play::Fault &fault, QWidget *parent)
    : QWidget(parent)
    , m_light(new StatusLight(this))
    , m_result(words({}, this))
    , m_frame(new QPushButton(this))
    , m_run(new QPushButton(this))
{
    auto *title = words(fault.title, this);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    auto *does = words(fault.whatItDoes, this);
    auto *should = words(tr("Server: %1").arg(fault.whatTheServerShouldDo), this);
    should->setForegroundRole(QPalette::PlaceholderText);
    m_frame->setFlat(true);
    m_frame->setAccessibleName(tr("Frame that shows it: %1").arg(fault.title));
    m_run->setAccessibleDescription(fault.title);
    setAccessibleName(fault.title);

    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title, 1);
    head->addWidget(m_run);
    auto *result = new QHBoxLayout;
    result->setSpacing(4);
    result->addWidget(m_light, 0, Qt::AlignVCenter);
    result->addWidget(m_result, 1);
    result->addWidget(m_frame, 0, Qt::AlignVCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(does);
    layout->addWidget(should);
    layout->addLayout(result);
    connect(m_run, &QPushButton::clicked, this,
        [this] { m_isRunning ? Q_EMIT stopWanted() : Q_EMIT runWanted(); });
    connect(m_frame, &QPushButton::clicked, this, [this] { Q_EMIT frameWanted(m_number); });
    show({}, false, false);
}

void FaultRow::show(const play::FaultCheck::Outcome &outcome, bool wasTried, bool isBlocked)
{
    m_isRunning = outcome.state == State::Running;
    m_number = outcome.frame;
    m_light->setVisible(wasTried);
    m_light->setShows(lightOf(outcome.state));
    m_result->setVisible(wasTried);
    m_result->setText(outcome.state == State::NotMet ? tr("Not as expected: %1").arg(outcome.text)
            : outcome.state == State::NotTried ? tr("Could not be tried: %1").arg(outcome.text)
                                               : outcome.text);
    m_frame->setVisible(m_number > 0);
    m_frame->setText(tr("No. %1").arg(m_number));
    m_run->setText(m_isRunning ? tr("Stop") : tr("Run"));
    m_run->setEnabled(m_isRunning || !isBlocked);
}

} // namespace parley::ui
