// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/stepunderway.h"
#include "scenario/run/target.h"

#include <QNetworkAccessManager>

namespace parley::scenario {

// Steps beside all connections: the server is stopped, killed and started, and asked by HTTP.
class ServerSteps : public QObject {
    Q_OBJECT

public:
    ServerSteps(const Target &, Values &);

    StepUnderWay begin(const Server &);
    StepUnderWay begin(const Http &);

Q_SIGNALS:
    void happened(); // something that a step may wait for

private:
    Result<QNetworkReply *> ask(const Http &);

    const Target &m_target;
    Values &m_values;
    QNetworkAccessManager m_network;
};

} // namespace parley::scenario
