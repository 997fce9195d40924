// SPDX-License-Identifier: MIT
#include "diagram/place.h"

#include "diagram/diagram.h"

#include <algorithm>
#include <array>
#include <deque>

namespace parley::diagram {
namespace {

// What is about a message is told apart by its numbers; what is about a user only by the time
// within which an answer can be expected.
constexpr qint64 AnswerWithinUs = 2'000'000;

enum class By { Message, User };

struct Order {
    Event first;
    Event then;
    By by;
};
constexpr std::array Orders{
    Order{Event::Ended, Event::Connect, By::User},
    Order{Event::Connect, Event::Online, By::User},
    Order{Event::Send, Event::Insert, By::Message},
    Order{Event::Insert, Event::Sent, By::Message},
    Order{Event::Insert, Event::Message, By::Message},
    Order{Event::Insert, Event::Messages, By::Message},
    Order{Event::Fetch, Event::Select, By::User},
    Order{Event::Select, Event::Messages, By::User},
    Order{Event::Confirm, Event::Delete, By::Message},
    Order{Event::Delete, Event::Confirmed, By::Message},
    Order{Event::Delete, Event::Receipt, By::Message},
    Order{Event::Heartbeat, Event::Beat, By::User},
    Order{Event::Beat, Event::HeartbeatAnswer, By::User},
    Order{Event::Status, Event::Query, By::User},
    Order{Event::Query, Event::StatusAnswer, By::User},
};

bool isSameMessage(const Arrow &a, const Arrow &b)
{
    const bool isSameSeq = a.receiver == b.receiver && a.seq != Seq() && b.seq != Seq()
        && a.firstSeq <= b.seq && b.firstSeq <= a.seq;
    return isSameSeq || (!a.clientId.isEmpty() && a.clientId == b.clientId);
}

bool isAbout(const Arrow &a, const Arrow &b, By by)
{
    if (by == By::Message)
        return isSameMessage(a, b);
    return a.user == b.user && std::abs(a.lastUs - b.lastUs) <= AnswerWithinUs;
}

// Behind the oldest cause that has not had this effect yet.
qsizetype afterCause(
    const Diagram &diagram, const Arrow &arrow, qsizetype floor, const Order &order)
{
    std::deque<qsizetype> open;
    for (qsizetype i = floor; i < diagram.size(); ++i) {
        const Arrow &other = diagram.at(i);
        if (other.event == order.first && isAbout(other, arrow, order.by))
            open.push_back(i);
        else if (other.event == arrow.event && !open.empty() && isAbout(other, arrow, order.by))
            open.pop_front();
    }
    return open.empty() ? floor : open.front() + 1;
}

// Of several in one, heartbeats' answers, most are older.
qsizetype beforeEffect(const Diagram &diagram, const Arrow &arrow, qsizetype lower)
{
    for (qsizetype i = lower; i < diagram.size(); ++i) {
        const Arrow &other = diagram.at(i);
        for (const Order &order : Orders)
            if (order.first == arrow.event && order.then == other.event && other.times == 1
                && isAbout(other, arrow, order.by))
                return i;
    }
    return diagram.size();
}

// Frames of a client stand in the order in which they went; only what was told about the server
// can have its effect before it. A connect is known when it is over, and is told of late, too.
bool mayBeLate(const Arrow &arrow)
{
    return arrow.frame == 0 || arrow.event == Event::Connect;
}

qsizetype byTime(const Diagram &diagram, const Arrow &arrow, qsizetype floor)
{
    qsizetype index = diagram.size();
    while (index > floor) {
        const qint64 ahead = diagram.at(index - 1).atUs - arrow.atUs;
        if (ahead <= 0 || ahead > Diagram::SortWindowUs)
            break;
        --index;
    }
    return index;
}

} // namespace

qsizetype placeOf(const Diagram &diagram, const Arrow &arrow)
{
    const qsizetype floor = std::max<qsizetype>(0, diagram.size() - MostLookedAt);
    const qsizetype time = byTime(diagram, arrow, floor);
    if (arrow.event == Event::Other)
        return time;
    qsizetype lower = floor;
    for (const Order &order : Orders)
        if (order.then == arrow.event)
            lower = std::max(lower, afterCause(diagram, arrow, floor, order));
    const qsizetype upper = mayBeLate(arrow) ? beforeEffect(diagram, arrow, lower) : diagram.size();
    return std::clamp(time, lower, upper);
}

} // namespace parley::diagram
