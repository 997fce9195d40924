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
    Step first;
    Step then;
    By by;
};
constexpr std::array Orders{
    Order{Step::Ended, Step::Connect, By::User},
    Order{Step::Connect, Step::Online, By::User},
    Order{Step::Send, Step::Insert, By::Message},
    Order{Step::Insert, Step::Sent, By::Message},
    Order{Step::Insert, Step::Message, By::Message},
    Order{Step::Insert, Step::Messages, By::Message},
    Order{Step::Fetch, Step::Select, By::User},
    Order{Step::Select, Step::Messages, By::User},
    Order{Step::Confirm, Step::Delete, By::Message},
    Order{Step::Delete, Step::Confirmed, By::Message},
    Order{Step::Delete, Step::Receipt, By::Message},
    Order{Step::Heartbeat, Step::Beat, By::User},
    Order{Step::Beat, Step::HeartbeatAnswer, By::User},
    Order{Step::Status, Step::Query, By::User},
    Order{Step::Query, Step::StatusAnswer, By::User},
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
        if (other.step == order.first && isAbout(other, arrow, order.by))
            open.push_back(i);
        else if (other.step == arrow.step && !open.empty() && isAbout(other, arrow, order.by))
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
            if (order.first == arrow.step && order.then == other.step && other.times == 1
                && isAbout(other, arrow, order.by))
                return i;
    }
    return diagram.size();
}

// Frames of a client stand in the order in which they went; only what was told about the server
// can have its effect before it. A connect is known when it is over, and is told of late, too.
bool mayBeLate(const Arrow &arrow)
{
    return arrow.frame == 0 || arrow.step == Step::Connect;
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
    if (arrow.step == Step::Other)
        return time;
    qsizetype lower = floor;
    for (const Order &order : Orders)
        if (order.then == arrow.step)
            lower = std::max(lower, afterCause(diagram, arrow, floor, order));
    const qsizetype upper = mayBeLate(arrow) ? beforeEffect(diagram, arrow, lower) : diagram.size();
    return std::clamp(time, lower, upper);
}

} // namespace parley::diagram
