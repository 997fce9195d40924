// SPDX-License-Identifier: MIT
#include "audit/auditor.h"

#include "audit/judge.h"

using namespace std::chrono_literals;

namespace parley::audit {
namespace {

constexpr auto TellInterval = 34ms;

} // namespace

Auditor::Auditor(QObject *parent)
    : QObject(parent)
    , m_judge(std::make_unique<Judge>([this](const Finding &finding) {
        if (m_findings.size() >= MostFindings)
            return;
        m_findings.push_back(finding);
        Q_EMIT findingAdded(finding);
    }))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(TellInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_toldNumbers = numbers();
        Q_EMIT numbersChanged(m_toldNumbers);
    });
}

Auditor::~Auditor() = default;

void Auditor::follow(const frames::FrameLog &log)
{
    connect(&log, &frames::FrameLog::appended, this,
        [this](const frames::Frame &frame) { read(frame); });
}

void Auditor::read(const frames::Frame &frame)
{
    m_judge->read(frame);
    looked();
}

void Auditor::read(const protocol::TraceEvent &event)
{
    m_judge->read(event);
    looked();
}

void Auditor::attempting(int pane)
{
    m_judge->attempting(pane);
}

void Auditor::setForeign(UserId user)
{
    m_judge->setForeign(user);
}

void Auditor::conclude()
{
    m_judge->conclude();
    looked();
}

void Auditor::reset()
{
    m_judge->reset();
    m_findings.clear();
    Q_EMIT wasReset();
    looked();
}

Verdict Auditor::verdict() const
{
    if (!m_findings.empty())
        return Verdict::Bad;
    return numbers().accepted > 0 ? Verdict::Good : Verdict::Idle;
}

const Numbers &Auditor::numbers() const
{
    return m_judge->numbers();
}

void Auditor::looked()
{
    if (!(numbers() == m_toldNumbers) && !m_timer.isActive())
        m_timer.start();
    tellVerdict();
}

void Auditor::tellVerdict()
{
    const Verdict now = verdict();
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT verdictChanged(now);
}

} // namespace parley::audit
