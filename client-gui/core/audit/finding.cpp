// SPDX-License-Identifier: MIT
#include "audit/finding.h"

#include <QCoreApplication>

namespace parley::audit {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(parley::audit::Finding)
};

} // namespace

QString name(Rule rule)
{
    switch (rule) {
    case Rule::Lost:
        return Texts::tr("LOST");
    case Rule::NotPushed:
        return Texts::tr("NOT PUSHED");
    case Rule::PushedTwice:
        return Texts::tr("PUSHED TWICE");
    case Rule::Disorder:
        return Texts::tr("OUT OF ORDER");
    case Rule::Changed:
        return Texts::tr("CHANGED");
    case Rule::Misrouted:
        return Texts::tr("MISROUTED");
    case Rule::SeqGivenTwice:
        return Texts::tr("SEQ GIVEN TWICE");
    case Rule::StoredTwice:
        return Texts::tr("STORED TWICE");
    case Rule::WentBack:
        return Texts::tr("MAILBOX WENT BACK");
    case Rule::CameBack:
        return Texts::tr("CAME BACK");
    case Rule::RemovedTooMuch:
        return Texts::tr("REMOVED TOO MUCH");
    case Rule::RemovedUnasked:
        return Texts::tr("REMOVED UNCONFIRMED");
    case Rule::RefusedYetDelivered:
        return Texts::tr("REFUSED BUT DELIVERED");
    case Rule::BeforeStored:
        return Texts::tr("BEFORE IT WAS STORED");
    }
    return {};
}

QString headline(const Finding &finding)
{
    if (finding.seq == Seq())
        return Texts::tr("%1, user %2").arg(name(finding.rule)).arg(finding.mailbox.value());
    return Texts::tr("%1 #%2 of user %3")
        .arg(name(finding.rule))
        .arg(finding.seq.value())
        .arg(finding.mailbox.value());
}

} // namespace parley::audit
