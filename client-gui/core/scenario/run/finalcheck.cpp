// SPDX-License-Identifier: MIT
#include "scenario/run/finalcheck.h"

#include <QCoreApplication>

namespace parley::scenario {
namespace {

QString numbersText(const audit::Numbers &numbers)
{
    return QCoreApplication::translate("parley::scenario::FinalCheck",
        "accepted %1, delivered %2, confirmed %3, unread %4: nothing lost, duplicated or out of "
        "order")
        .arg(numbers.accepted)
        .arg(numbers.delivered)
        .arg(numbers.confirmed)
        .arg(numbers.unread);
}

Outcome outcomeOf(audit::Auditor &auditor)
{
    auditor.conclude();
    switch (auditor.verdict()) {
    case audit::Verdict::Idle:
        return {true,
            QCoreApplication::translate("parley::scenario::FinalCheck", "no messages to audit"), 0};
    case audit::Verdict::Good:
        return {true, numbersText(auditor.numbers()), 0};
    case audit::Verdict::Bad:
        break;
    }
    const audit::Finding &first = auditor.findings().front();
    return {false, audit::headline(first) + QStringLiteral(": ") + first.text, first.frame};
}

void announce(audit::Auditor &auditor, play::Player *player)
{
    QObject::connect(player, &play::Player::stateChanged, &auditor,
        [&auditor, pane = player->pane()](client::State state) {
            if (state == client::State::Connecting)
                auditor.attempting(pane);
        });
}

} // namespace

FinalCheck finalCheckOf(audit::Auditor &auditor, play::Players &players)
{
    for (const auto &player : players.all())
        announce(auditor, player.get());
    QObject::connect(&players, &play::Players::playerAdded, &auditor,
        [&auditor](play::Player *player) { announce(auditor, player); });
    return {[&auditor] { auditor.reset(); }, [&auditor] { return outcomeOf(auditor); }};
}

} // namespace parley::scenario
