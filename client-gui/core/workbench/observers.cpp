// SPDX-License-Identifier: MIT
#include "workbench/observers.h"

#include "load/plan.h"

#include <QHostAddress>

namespace parley::workbench {

using client::State;
using client::TraceClient;
using frames::nowUs;
using play::isSameServer;
using play::Player;
using protocol::TraceEvent;

bool Observers::isThisMachine(const QUrl &server)
{
    return server.host() == QLatin1String("localhost") || QHostAddress(server.host()).isLoopback();
}

Observers::Observers(play::Players &players, const Token &token, QObject *parent)
    : QObject(parent)
    , m_players(players)
    , m_token(token)
    , m_builder(players.log(), m_diagram)
{
    connect(&players.log(), &frames::FrameLog::appended, this, [this](const frames::Frame &frame) {
        if (frame.kind == frames::Kind::Received && frame.cmd == "HELLO")
            audit(frame.pane);
        if (isAudited(frame.pane))
            m_auditor.read(frame);
    });
    connect(&players, &play::Players::playerAdded, this, &Observers::follow);
    for (const auto &player : players.all())
        follow(player.get());
    connect(&m_auditor, &audit::Auditor::wasReset, this, &Observers::tellAllForeign);
    connect(&players, &play::Players::playerLeaves, this,
        [this](const Player *player) { m_diagram.removePane(player->pane()); });
    connect(&m_trace, &TraceClient::stateChanged, this, &Observers::tellTrace);
    connect(&m_trace, &TraceClient::stepsReceived, &players, &play::Players::takeTrace);
    connect(&players, &play::Players::traced, this, [this](const std::vector<TraceEvent> &steps) {
        for (const TraceEvent &step : steps) {
            m_builder.addTrace(step);
            if (m_isTraceWhole)
                m_auditor.read(step);
        }
    });
}

void Observers::follow(Player *player)
{
    connect(player, &Player::stateChanged, this, [this, player](State state) {
        if (state == State::LoggingIn || state == State::Connecting) {
            if (!m_isVisiting && std::exchange(m_wasVisiting, false))
                m_auditor.reset();
            m_auditor.attempting(player->pane());
            openTrace(player->account().server);
        } else if (state == State::Online) {
            tellForeign(*player);
        }
    });
    followLogins(player);
}

// The same user has another mailbox on another server: one at a time is judged, to which somebody
// connected last.
bool Observers::isAudited(int pane) const
{
    const Player *player = m_players.player(pane);
    return m_isVisiting || !player || isSameServer(player->account().server, m_audited);
}

void Observers::audit(int pane)
{
    const Player *player = m_players.player(pane);
    if (m_isVisiting || isAudited(pane) || !player)
        return;
    m_audited = player->account().server;
    // Whose frames are no longer read is connected no longer, as far as the auditor knows.
    for (const auto &other : m_players.all()) {
        if (!isAudited(other->pane()))
            m_auditor.attempting(other->pane());
    }
    m_auditor.reset();
}

void Observers::followLogins(Player *player)
{
    const auto answered = [this, player](int httpStatus) {
        const qint64 askedUs = m_askedUs.take(player->pane());
        if (askedUs != 0 && httpStatus != 0) {
            m_builder.addLogin(
                player->pane(), player->account().username, httpStatus, askedUs, nowUs());
        }
    };
    connect(player, &Player::ended, this,
        [answered](const client::End &end) { answered(end.httpStatus); });
    connect(player, &Player::stateChanged, this, [this, player, answered](State state) {
        if (state == State::LoggingIn) {
            m_askedUs.insert(player->pane(), nowUs());
            m_builder.beginLogin(player->pane());
        } else if (state == State::Connecting) {
            answered(200);
        }
    });
}

// The token opens a server's whole trace: nobody else is told it, on this machine neither.
bool Observers::mayTrace(const QUrl &server) const
{
    const bool areHere = isThisMachine(server) && isThisMachine(m_token.server);
    return isSameServer(server, m_token.server)
        || (areHere && server.scheme() == m_token.server.scheme()
            && server.port() == m_token.server.port());
}

void Observers::openTrace(const QUrl &server)
{
    // It comes back by itself, unless it was refused.
    if (m_isVisiting || (isSameServer(m_traced, server) && m_trace.isWanted()))
        return;
    if (m_token.text.isEmpty()) {
        Q_EMIT traceChanged(Trace::Off, m_token.problem);
        return;
    }
    if (!mayTrace(server)) {
        if (!m_trace.isWanted())
            Q_EMIT traceChanged(Trace::Off, tr("the token is for another server"));
        return;
    }
    m_traced = server;
    m_trace.open(server, m_token.text);
}

void Observers::visit(bool isWhole)
{
    m_isVisiting = true;
    m_wasVisiting = true;
    m_isTraceWhole = isWhole;
    m_trace.close();
    m_traced.clear();
}

void Observers::tellVisited(bool isTraced)
{
    m_builder.setTraced(isTraced);
    Q_EMIT traceChanged(isTraced ? Trace::On : Trace::Waiting, {});
}

void Observers::endVisit()
{
    if (!std::exchange(m_isVisiting, false))
        return;
    m_isTraceWhole = true;
    m_builder.setTraced(false);
    Q_EMIT traceChanged(Trace::Off, {});
}

void Observers::tellTrace(bool isConnected, const QString &why)
{
    m_builder.setTraced(isConnected);
    if (isConnected)
        Q_EMIT traceChanged(Trace::On, {});
    else
        Q_EMIT traceChanged(m_trace.isWanted() ? Trace::Waiting : Trace::Off, why);
}

void Observers::noteLoad(const load::Plan &plan)
{
    const auto *many = std::get_if<load::ManyUsers>(&plan.users);
    m_isLoadOfMany = many != nullptr;
    m_firstLoaded = many ? many->first : UserId();
    m_loaded = 2 * qint64(plan.pairs);
    tellAllForeign();
}

void Observers::tellAllForeign()
{
    for (const auto &player : m_players.all())
        tellForeign(*player);
}

// Also of who comes later.
void Observers::tellForeign(const Player &player)
{
    const qint64 at = m_isLoadOfMany ? player.userId().value() - m_firstLoaded.value() : 0;
    if (player.userId() != UserId() && at >= 0 && at < m_loaded)
        m_auditor.setForeign(player.userId());
}

void Observers::clear()
{
    m_players.clear();
    m_diagram.clear();
    m_auditor.reset();
}

} // namespace parley::workbench
