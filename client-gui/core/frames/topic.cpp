// SPDX-License-Identifier: MIT
#include "frames/topic.h"

#include <algorithm>

namespace parley::frames {

Topic topicOf(const Frame &frame)
{
    struct Row {
        QByteArrayView cmd;
        Topic topic;
    };
    static constexpr Row Rows[] = {{"SEND", Topic::Message}, {"SENT", Topic::Message},
        {"MESSAGE", Topic::Message}, {"FETCH", Topic::Fetch}, {"MESSAGES", Topic::Fetch},
        {"BEHIND", Topic::Fetch}, {"CONFIRM", Topic::Confirm}, {"CONFIRMED", Topic::Confirm},
        {"RECEIPT", Topic::Confirm}, {"TRACK", Topic::Confirm}, {"HEARTBEAT", Topic::Heartbeat},
        {"STATUS", Topic::Presence}, {"WATCH", Topic::Presence}, {"ERROR", Topic::Error},
        {"HELLO", Topic::Connection}, {"GOAWAY", Topic::Connection}};
    if (frame.kind == Kind::Opened)
        return Topic::Connection;
    if (frame.kind == Kind::Ended)
        return frame.code == "1000" ? Topic::Connection : Topic::Error;
    const auto row =
        std::ranges::find_if(Rows, [&](const Row &row) { return frame.cmd == row.cmd; });
    return row == std::end(Rows) ? Topic::Other : row->topic;
}

} // namespace parley::frames
