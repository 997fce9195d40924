// SPDX-License-Identifier: MIT
#include "ui/window/tracestatus.h"

#include <QHBoxLayout>
#include <QLabel>

namespace parley::ui {
namespace {

constexpr int MostChars = 120; // of a reason, which a server may have written

} // namespace

TraceStatus::TraceStatus(QWidget *parent)
    : QWidget(parent)
    , m_light(new StatusLight)
    , m_words(new QLabel)
{
    m_words->setObjectName(QStringLiteral("trace"));
    m_words->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 2, 8, 2);
    row->setSpacing(6);
    row->addWidget(m_light);
    row->addWidget(m_words);
    setToolTip(tr("The server's trace shows what it does inside: stored, routed, removed. It needs "
                  "a server started with --trace, and its admin token."));
    tell(workbench::Observers::Trace::Off, {});
}

void TraceStatus::tell(workbench::Observers::Trace trace, const QString &why)
{
    const QString states[] = {tr("off"), tr("trying again"), tr("on")};
    const StatusLight::Shows lights[] = {
        StatusLight::Shows::Off, StatusLight::Shows::Warning, StatusLight::Shows::Good};
    m_light->setShows(lights[size_t(trace)]);
    const QString state = states[size_t(trace)];
    m_words->setText(why.isEmpty() ? tr("Trace: %1").arg(state)
                                   : tr("Trace: %1 (%2)").arg(state, why.left(MostChars)));
}

} // namespace parley::ui
