// SPDX-License-Identifier: MIT
#include "ui/faults/faultspanel.h"

#include "play/players.h"
#include "ui/faults/faultrow.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <map>

namespace parley::ui {

using play::FaultCheck;
using play::FaultKind;

struct FaultsPanel::PaneState {
    std::map<FaultKind, FaultCheck::Outcome> outcomes;
    FaultCheck *check = nullptr; // that runs; a child of the panel
    FaultKind running = {};
};

FaultsPanel::FaultsPanel(
    play::Players &players, const FaultCheck::Patience &patience, QWidget *parent)
    : QWidget(parent)
    , m_players(players)
    , m_patience(patience)
    , m_pane(new QComboBox(this))
    , m_note(new QLabel(this))
{
    build();
    connect(m_pane, &QComboBox::currentIndexChanged, this, &FaultsPanel::tell);
    connect(&players, &play::Players::playerAdded, this, &FaultsPanel::addPane);
    connect(&players, &play::Players::playerLeaves, this, &FaultsPanel::removePane);
    for (const auto &player : players.all())
        addPane(player.get());
    tell();
}

FaultsPanel::~FaultsPanel()
{
    for (const auto &state : m_states)
        end(*state);
}

// What runs has changed its player's habits.
void FaultsPanel::end(PaneState &state)
{
    if (!state.check)
        return;
    state.check->disconnect(this);
    state.check->stop();
    delete std::exchange(state.check, nullptr);
}

void FaultsPanel::build()
{
    m_pane->setAccessibleName(tr("Pane"));
    m_pane->setToolTip(tr("The pane whose client misbehaves"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    auto *scroll = new QScrollArea(this);
    auto *list = new QWidget(scroll);
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const play::Fault &fault : play::faults()) {
        auto *row = new FaultRow(fault, list);
        connect(row, &FaultRow::runWanted, this, [this, kind = fault.kind] { run(kind); });
        connect(row, &FaultRow::stopWanted, this, &FaultsPanel::stop);
        connect(row, &FaultRow::frameWanted, this, &FaultsPanel::frameSelected);
        if (!m_rows.empty()) {
            auto *line = new QFrame(list);
            line->setFrameShape(QFrame::HLine);
            line->setFrameShadow(QFrame::Plain);
            line->setForegroundRole(QPalette::Mid);
            rows->addWidget(line);
        }
        rows->addWidget(row);
        m_rows.push_back(row);
    }
    rows->addStretch();
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(list);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->setSpacing(8);
    head->addWidget(m_pane);
    head->addWidget(m_note, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
}

void FaultsPanel::addPane(play::Player *player)
{
    m_states.push_back(std::make_unique<PaneState>());
    m_pane->addItem(player->name(), player->pane());
    connect(player, &play::Player::stateChanged, this, &FaultsPanel::tell);
}

void FaultsPanel::removePane(const play::Player *player)
{
    m_pane->removeItem(m_pane->findData(player->pane()));
    end(*m_states.back());
    m_states.pop_back();
}

int FaultsPanel::pane() const
{
    return m_pane->count() > 0 ? m_pane->currentData().toInt() : -1;
}

void FaultsPanel::setPane(int pane)
{
    m_pane->setCurrentIndex(m_pane->findData(pane));
}

void FaultsPanel::run(FaultKind kind)
{
    auto *player = m_players.player(pane());
    if (!player || m_states[size_t(pane())]->check)
        return;
    PaneState &state = *m_states[size_t(pane())];
    state.running = kind;
    state.check = play::makeFaultCheck(kind, m_players, *player, m_patience).release();
    state.check->setParent(this);
    connect(state.check, &FaultCheck::progressed, this, &FaultsPanel::tell);
    connect(state.check, &FaultCheck::finished, this,
        [this, pane = pane(), kind] { finished(pane, kind); });
    state.check->start();
    tell();
}

void FaultsPanel::stopAll()
{
    for (const auto &state : m_states) {
        if (state->check)
            state->check->stop();
    }
}

void FaultsPanel::stop()
{
    if (pane() >= 0 && m_states[size_t(pane())]->check)
        m_states[size_t(pane())]->check->stop();
}

void FaultsPanel::finished(int pane, FaultKind kind)
{
    PaneState &state = *m_states[size_t(pane)];
    const FaultCheck::Outcome outcome = state.check->outcome();
    state.outcomes[kind] = outcome;
    std::exchange(state.check, nullptr)->deleteLater();
    tell();
    Q_EMIT faultFinished(kind, outcome);
}

FaultCheck::Outcome FaultsPanel::outcome(FaultKind kind) const
{
    if (pane() < 0)
        return {};
    const PaneState &state = *m_states[size_t(pane())];
    if (state.check && state.running == kind)
        return state.check->outcome();
    const auto known = state.outcomes.find(kind);
    return known == state.outcomes.end() ? FaultCheck::Outcome() : known->second;
}

void FaultsPanel::tell()
{
    const auto *player = m_players.player(pane());
    if (!player) {
        m_note->setText(tr("There is no pane yet."));
        for (FaultRow *row : m_rows)
            row->show({}, false, true);
        return;
    }
    const PaneState &state = *m_states[size_t(pane())];
    m_note->setText(player->isOnline()
            ? QString()
            : tr("Connect this pane to try the faults that need a connection."));
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const auto kind = FaultKind(i);
        const bool runs = state.check && state.running == kind;
        m_rows[i]->show(
            outcome(kind), runs || state.outcomes.contains(kind), state.check != nullptr);
    }
}

} // namespace parley::ui
